/** What has been typed and is not in the map yet. Nothing but its author takes it away. */
import type { JourneyMap } from '../../map/generated/journey-map';
import { Json, same } from '../../map/json';
import { Place, at, join } from '../../map/place';
import { Field } from '../../map/shape';
import type { Host } from '../host';
import { Reading, read, written } from './reading';
import { label } from './words';

/** Asks for the edit that puts a value into the map. */
export type Keep = (value: Json) => void;

interface Draft {
  text: string;
  field: Field;
  reading: (text: string) => Reading;
  keep?: Keep;
  wrong?: string;
  /** The entry without an id that it is in, and how many there were. */
  entry?: { list: Place; rest: Place; value: Json | undefined; length: number };
}

export class Drafts {
  private drafts = new Map<Place, Draft>();
  private seen: JourneyMap | null = null;

  /** `moved` hears when an entry, and what is being typed in it, has got another position. */
  constructor(
    private readonly host: Host,
    private readonly moved: (from: Place, to: Place) => void
  ) {}

  textAt(place: Place, otherwise: string): string {
    this.followEntries();
    return this.drafts.get(place)?.text ?? otherwise;
  }

  wrongAt(place: Place): string | undefined {
    this.followEntries();
    return this.drafts.get(place)?.wrong;
  }

  type(place: Place, text: string, field: Field, keep?: Keep, reading?: (text: string) => Reading): void {
    const { wrong } = this.drafts.get(place) ?? {};
    const entry = entryAround(this.host.journeyMap, place);
    this.drafts.set(place, {
      text,
      field,
      wrong,
      keep,
      entry,
      reading: reading ?? (typed => read(field, typed))
    });
    this.host.requestUpdate();
  }

  /** Puts what was typed at `place` into the map, or says why it cannot be. */
  keep(place: Place): void {
    this.followEntries();
    const draft = this.drafts.get(place);
    if (!draft) {
      return;
    }
    const value = at(this.host.journeyMap, place) ?? null;
    const untouched = draft.text === written(draft.field, value);
    const reading = untouched ? { value } : draft.reading(draft.text);
    if ('wrong' in reading) {
      this.drafts.set(place, { ...draft, wrong: reading.wrong });
      this.host.announce(reading.wrong);
    } else {
      this.drafts.delete(place);
      if (draft.keep && !untouched) {
        draft.keep(reading.value);
      } else if (!same(reading.value, value)) {
        const words = `Change ${label(draft.field.name).toLowerCase()}`;
        this.host.edit(words, { op: 'set', at: place, value: reading.value });
      }
    }
    this.host.requestUpdate();
  }

  /** Whether there was something to give up. */
  giveUp(place: Place): boolean {
    const had = this.drafts.delete(place);
    if (had) {
      this.host.requestUpdate();
    }
    return had;
  }

  /** Keeps everything typed below `owner`, since its fields move or leave the screen. */
  settle(owner: Place): void {
    for (const place of [...this.drafts.keys()]) {
      if (place === owner || place.startsWith(`${owner}/`)) {
        this.keep(place);
      }
    }
  }

  /** What is typed in an entry goes with it, whoever moves it; only with the entry itself it goes away. */
  private followEntries(): void {
    const map = this.host.journeyMap;
    if (this.seen === map) {
      return;
    }
    this.seen = map;
    const before = this.drafts;
    this.drafts = new Map();
    for (const [place, draft] of before) {
      const next = placeNow(map, place, draft);
      if (next !== null) {
        this.drafts.set(next, { ...draft, entry: entryAround(map, next) });
      }
      if (next !== null && next !== place) {
        this.moved(place, next);
      }
    }
  }
}

function entryAround(map: JourneyMap, place: Place): Draft['entry'] {
  const steps = place.split('/');
  const index = steps.findLastIndex(step => /^\d+$/.test(step));
  const list = join(...steps.slice(0, index));
  const entries = index > 0 ? at(map, list) : undefined;
  if (!Array.isArray(entries)) {
    return undefined;
  }
  return {
    list,
    rest: join(...steps.slice(index + 1)),
    value: entries[Number(steps[index])],
    length: entries.length
  };
}

function placeNow(map: JourneyMap, place: Place, { entry }: Draft): Place | null {
  const entries = entry && at(map, entry.list);
  if (!entry || same(entryAround(map, place)?.value, entry.value)) {
    return place;
  }
  const found = Array.isArray(entries) ? entries.findIndex(one => same(one, entry.value)) : -1;
  if (found >= 0) {
    return join(entry.list, found, entry.rest);
  }
  return Array.isArray(entries) && entries.length >= entry.length ? place : null;
}
