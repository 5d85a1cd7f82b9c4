/** Parts that others can refer to, and new parts that refer to nothing missing. */
import { idFor } from '../../map/edits';
import type { JourneyMap } from '../../map/generated/journey-map';
import { Json, JsonObject, isObject } from '../../map/json';
import { Place, at, join, keysOf, touchpointsOf } from '../../map/place';
import { Field, KEYED_LISTS, fieldOf, fieldsOf } from '../../map/shape';
import { kindInWords, title } from './words';

export interface Candidate {
  id: string;
  name: string;
  kind: string;
  place: Place;
  part: JsonObject;
}

const found = new WeakMap<JourneyMap, Candidate[]>();

/** Every part of the map that has an id, in the order of the file. */
export function partsWithIds(map: JourneyMap): Candidate[] {
  let all = found.get(map);
  if (!all) {
    const standings = touchpointsOf(map);
    let next = 0;
    const place = (field: Field, list: Place, keys: string[], number: number) =>
      field.part === 'Touchpoint'
        ? join('touchpoints', standings[next++].key)
        : join(list, KEYED_LISTS.has(list) ? keys[number] : number);
    all = [...inside(map as unknown as JsonObject, 'JourneyMap', '', place)];
    found.set(map, all);
  }
  return all;
}

type Placing = (field: Field, list: Place, keys: string[], number: number) => Place;

function* inside(part: JsonObject, shape: string, here: Place, place: Placing): Generator<Candidate> {
  for (const field of fieldsOf(shape)) {
    const value = part[field.name];
    const list = join(here, field.name);
    if (field.kind === 'part' && isObject(value)) {
      yield* inside(value, field.part!, list, place);
    }
    if (field.kind === 'parts' && Array.isArray(value)) {
      const entries = value.filter(isObject);
      const keys = keysOf(entries);
      for (const [number, entry] of entries.entries()) {
        const own = place(field, list, keys, number);
        if (typeof entry.id === 'string') {
          const name = title(entry, entry.id);
          yield { id: entry.id, name, kind: field.part!, place: own, part: entry };
        }
        yield* inside(entry, field.part!, own, place);
      }
    }
  }
}

/** What a field that refers to this kind may name. */
export function candidatesFor(map: JourneyMap, kind: string): Candidate[] {
  const fits = (one: Candidate) =>
    kind === 'Part' || one.kind === kind || (kind === 'Rule' && isObject(one.part.match));
  return partsWithIds(map).filter(fits);
}

/** Whether `id` stands for something of this kind, or needs no entry. */
export function isKnown(map: JourneyMap, field: Field, id: string): boolean {
  return (field.known ?? []).includes(id) || candidatesFor(map, field.refersTo!).some(one => one.id === id);
}

const SHARE_IDS = new Set(['Stage', 'Touchpoint', 'Outcome']);

/** The part that has this id already, where two of the kind may not share one. */
export function holderOf(map: JourneyMap, kind: string, id: string, own: Place): Candidate | undefined {
  const rivals = (one: Candidate) => one.kind === kind || (SHARE_IDS.has(kind) && SHARE_IDS.has(one.kind));
  return partsWithIds(map).find(one => one.id === id && one.place !== own && rivals(one));
}

/** A new part with what it must have; null where the map holds nothing that it must refer to. */
export function newPart(map: JourneyMap, part: string, list?: string): JsonObject | null {
  const fresh: JsonObject = {};
  const used = new Set<string>();
  for (const field of fieldsOf(part).filter(one => one.required)) {
    const value = startOf(map, part, field, used, list);
    if (value === null) {
      return null;
    }
    fresh[field.name] = value;
  }
  return fresh;
}

function startOf(map: JourneyMap, part: string, field: Field, used: Set<string>, list = ''): Json {
  if (field.name === 'id') {
    return idFor(map, list, kindInWords(part));
  }
  if (field.kind === 'part') {
    return field.part === 'Condition' ? { is: '' } : newPart(map, field.part!);
  }
  if (field.kind === 'reference') {
    const [other] = candidatesFor(map, field.refersTo!).filter(one => !used.has(one.id));
    return other ? (used.add(other.id), other.id) : null;
  }
  if (field.kind === 'number') {
    return 0;
  }
  return field.choices?.[0] ?? (field.atLeast ? `New ${kindInWords(part)}` : '');
}

/** The kind of part at the head of `place`, and the place of that part: the panel it is shown in. */
export function ownerOf(place: Place): Place {
  const [list, key] = place.split('/');
  const listed = list === 'touchpoints' || fieldOf('JourneyMap', list)?.kind === 'parts';
  return listed && key !== undefined ? join(list, key) : '';
}

/** The touchpoint's stage, undefined for anything else. */
export function stageOf(map: JourneyMap, owner: Place): Place | undefined {
  const [list, key] = owner.split('/');
  const standing = list === 'touchpoints' ? touchpointsOf(map).find(one => one.key === key) : undefined;
  return standing && join('stages', keysOf(map.stages ?? [])[standing.stage]);
}

/** The places beside `owner`: the one before and the one after it. */
export function neighbours(map: JourneyMap, owner: Place): [Place | null, Place | null] {
  const [list, key] = owner.split('/');
  if (owner === '') {
    return [null, null];
  }
  const entries = (at(map, list) as JsonObject[] | undefined) ?? [];
  const keyed = KEYED_LISTS.has(list);
  const keys =
    list === 'touchpoints'
      ? touchpointsOf(map).map(one => one.key)
      : keyed
        ? keysOf(entries)
        : [...entries.keys()].map(String);
  const here = keys.indexOf(key);
  const beside = [keys[here - 1], keys[here + 1]].map(one =>
    here < 0 || one === undefined ? null : join(list, one)
  );
  return beside as [Place | null, Place | null];
}
