/** Writing a map into a shared document: only what differs, so that edits of others stay. */
import * as Y from 'yjs';
import type { JourneyMap } from '../map/generated/journey-map';
import { Json, JsonObject, isObject, same } from '../map/json';
import { isOwnField } from '../map/shape';
import { keysOf } from '../map/place';
import { arranged } from './order';
import {
  Entries,
  Entry,
  ORDER,
  Reader,
  Roots,
  STAGE,
  isListOfParts,
  listsOf,
  sharedObject,
  sharedValue
} from './structure';

/** Makes the key of a new entry from its id; `taken` are the keys that are in use. */
export type NewKey = (name: string, taken: ReadonlySet<string>) => string;

/** The id, so that a file makes the same document each time. */
export const keyLikeId: NewKey = (name, taken) => {
  let key = name;
  for (let number = 2; taken.has(key); number++) {
    key = `${name}~${number}`;
  }
  return key;
};

/** A key that nobody else makes, so that two who add the same id at once keep both entries. */
export const keyOfItsOwn: NewKey = name => `${name}~${crypto.getRandomValues(new Uint32Array(2)).join('')}`;

/** Makes the document say `map`; who calls it opens the transaction. */
export function write(roots: Roots, reader: Reader, map: JourneyMap, newKey: NewKey): void {
  new Writer(roots, reader, newKey).write(map as unknown as JsonObject);
}

class Writer {
  constructor(
    private roots: Roots,
    private reader: Reader,
    private newKey: NewKey
  ) {}

  write(map: JsonObject): void {
    const { stages = [], ...own } = map;
    this.fields(this.roots.map, own, listsOf('JourneyMap'));
    const current = this.reader.entriesIn(this.roots.stages);
    const standing = this.reader.standing(current);
    const wanted = (stages as JsonObject[]).map(({ touchpoints = [], ...fields }) => ({
      fields,
      touchpoints: touchpoints as JsonObject[]
    }));
    const keys = this.entries(
      this.roots.stages,
      current,
      wanted.map(one => one.fields),
      wanted.map(() => '')
    );
    this.entries(
      this.roots.touchpoints,
      current.flatMap(stage => standing.get(stage.key)!),
      wanted.flatMap(one => one.touchpoints),
      wanted.flatMap((one, at) => one.touchpoints.map(() => keys[at])),
      listsOf('Touchpoint')
    );
  }

  /** The keys of the wanted entries once they stand in the document, each in its stage. */
  private entries(
    shared: Y.Map<Entries>,
    current: readonly Entry[],
    wanted: readonly JsonObject[],
    stages: readonly string[],
    lists: readonly string[] = []
  ): string[] {
    const found = matched(current, wanted);
    const orders = ordersOf(found, stages);
    const stay = new Set(found.map(entry => entry?.key));
    for (const key of [...shared.keys()].filter(key => !stay.has(key))) {
      shared.delete(key);
    }
    const taken = new Set(shared.keys());
    const names = keysOf(wanted);
    return wanted.map((fields, at) => {
      const place: JsonObject = { [ORDER]: orders[at], ...(stages[at] ? { [STAGE]: stages[at] } : {}) };
      const entry = found[at];
      const key = entry?.key ?? this.newKey(names[at], taken);
      taken.add(key);
      if (entry && entry.fields === fields) {
        this.place(shared.get(key)!, place);
      } else if (entry) {
        this.fields(shared.get(key)!, { ...place, ...fields }, lists);
      } else {
        shared.set(key, sharedObject({ ...place, ...fields }, lists));
      }
      return key;
    });
  }

  private place(shared: Entries, place: JsonObject): void {
    for (const [name, value] of Object.entries(place)) {
      if (shared.get(name) !== value) {
        shared.set(name, value);
      }
    }
  }

  private fields(shared: Entries, wanted: JsonObject, lists: readonly string[] = []): void {
    for (const [name, value] of [...shared.entries()]) {
      if ((wanted[name] ?? null) === null) {
        if (value instanceof Y.Array) {
          value.delete(0, value.length);
        } else {
          shared.delete(name);
        }
      }
    }
    for (const [name, value] of Object.entries(wanted)) {
      if (value !== undefined && value !== null) {
        this.field(shared, name, value);
      }
    }
    for (const name of lists.filter(name => !shared.has(name))) {
      shared.set(name, new Y.Array());
    }
  }

  private field(shared: Entries, name: string, value: Json): void {
    const current = shared.get(name);
    if (current instanceof Y.Map && isObject(value)) {
      this.fields(current as Entries, value);
    } else if (current instanceof Y.Array && isListOfParts(value)) {
      this.list(current as Y.Array<Entries>, value);
    } else if (current === undefined || !same(this.plain(name, current), value)) {
      shared.set(name, sharedValue(name, value));
    }
  }

  private plain(name: string, current: unknown): Json {
    return isOwnField(name) ? (JSON.parse(current as string) as Json) : this.reader.plainValue(current);
  }

  /** What stands at the beginning and at the end of both lists stays. */
  private list(shared: Y.Array<Entries>, wanted: readonly JsonObject[]): void {
    const current = this.reader.plainValue(shared) as JsonObject[];
    const shorter = Math.min(current.length, wanted.length);
    let start = 0;
    while (start < shorter && same(current[start], wanted[start])) {
      start++;
    }
    let end = 0;
    while (end < shorter - start && same(current.at(-1 - end), wanted.at(-1 - end))) {
      end++;
    }
    const before = current.slice(start, current.length - end);
    const after = wanted.slice(start, wanted.length - end);
    if (areTheSameEntries(before, after)) {
      after.forEach((fields, at) => this.fields(shared.get(start + at), fields));
      return;
    }
    shared.delete(start, before.length);
    shared.insert(
      start,
      after.map(fields => sharedObject(fields))
    );
  }
}

/** Whether each is the one at its place with other texts, and none has only moved. */
function areTheSameEntries(before: readonly JsonObject[], after: readonly JsonObject[]): boolean {
  return (
    before.length === after.length &&
    before.every((one, at) => one.id === after[at].id) &&
    !before.some(one => after.some(other => same(one, other)))
  );
}

/**
 * For each wanted entry the current one that it is: the same id, else the same name, else the only
 * one left on both sides.
 */
function matched(current: readonly Entry[], wanted: readonly JsonObject[]): (Entry | undefined)[] {
  const names = keysOf(current.map(entry => entry.fields));
  const byId = new Map(current.map((entry, at) => [names[at], entry]));
  const found = keysOf(wanted).map(name => byId.get(name));
  const known = new Set(found);
  const rest = current.filter(entry => !known.has(entry));
  wanted.forEach((fields, at) => {
    const alike = found[at] ? -1 : rest.findIndex(entry => entry.fields.name === fields.name);
    if (alike >= 0) {
      found[at] = rest.splice(alike, 1)[0];
    }
  });
  const open = found.filter(entry => !entry);
  return rest.length === 1 && open.length === 1 ? found.map(entry => entry ?? rest[0]) : found;
}

/** Stage by stage; an entry that comes from another stage is new there. */
function ordersOf(found: readonly (Entry | undefined)[], stages: readonly string[]): string[] {
  const orders = found.map(() => '');
  for (const stage of new Set(stages)) {
    const places = [...stages.keys()].filter(at => stages[at] === stage);
    const own = places.map(at => (found[at]?.stage === stage ? found[at].order : null));
    arranged(own).forEach((order, number) => {
      orders[places[number]] = order;
    });
  }
  return orders;
}
