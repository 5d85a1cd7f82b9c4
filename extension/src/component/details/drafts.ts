/** What has been typed and is not in the map yet. Nothing but its author takes it away. */
import { same } from '../../map/json';
import { Place, at } from '../../map/place';
import { Field } from '../../map/shape';
import type { Host } from '../host';
import { Reading, read, written } from './reading';
import { label } from './words';

interface Draft {
  text: string;
  field: Field;
  reading: (text: string) => Reading;
  keep: Keep;
  wrong?: string;
}

/** Asks for the edit that puts a value into the map. */
export type Keep = (value: Extract<Reading, { value: unknown }>['value']) => void;

export class Drafts {
  private readonly drafts = new Map<Place, Draft>();

  constructor(private readonly host: Host) {}

  textAt(place: Place, otherwise: string): string {
    return this.drafts.get(place)?.text ?? otherwise;
  }

  wrongAt(place: Place): string | undefined {
    return this.drafts.get(place)?.wrong;
  }

  type(place: Place, text: string, field: Field, keep?: Keep, reading?: (text: string) => Reading): void {
    const wrong = this.wrongAt(place);
    this.drafts.set(place, {
      text,
      field,
      wrong,
      keep:
        keep ??
        (value =>
          this.host.edit(`Change ${label(field.name).toLowerCase()}`, { op: 'set', at: place, value })),
      reading: reading ?? (typed => read(field, typed))
    });
    this.host.requestUpdate();
  }

  /** Puts what was typed at `place` into the map, or says why it cannot be. */
  keep(place: Place): void {
    const draft = this.drafts.get(place);
    if (!draft) {
      return;
    }
    const value = at(this.host.journeyMap, place);
    const reading =
      draft.text === written(draft.field, value) ? { value: value ?? null } : draft.reading(draft.text);
    if ('wrong' in reading) {
      this.drafts.set(place, { ...draft, wrong: reading.wrong });
      this.host.announce(reading.wrong);
    } else {
      this.drafts.delete(place);
      if (!same(reading.value, value ?? null)) {
        draft.keep(reading.value);
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

  /** Keeps everything typed below `owner`, since its fields leave the screen. */
  settle(owner: Place): void {
    for (const place of [...this.drafts.keys()]) {
      if (owner === '' || place === owner || place.startsWith(`${owner}/`)) {
        this.keep(place);
      }
    }
  }
}
