/** What people do to a map, as edits: each is one step of undo and says its name. */
import type { JourneyMap, Stage, Touchpoint } from './generated/journey-map';
import { Json, JsonObject, isObject } from './json';
import { Edit, Operation } from './operations';
import { Place, Standing, at, join, keysOf, partAt, touchpointsOf } from './place';
import { Field, fieldsOf } from './shape';

const LONGEST_ID = 60;

/** `name` in small letters with hyphens, numbered where the id is taken; `otherwise` where nothing is left of it. */
export function newId(name: string, taken: ReadonlySet<string>, otherwise: string): string {
  const plain = [...name]
    .slice(0, LONGEST_ID)
    .join('')
    .normalize('NFKD')
    .replace(/[^\x00-\x7f]/g, '')
    .toLowerCase();
  const base = plain.replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '') || otherwise;
  let id = base;
  for (let number = 2; taken.has(id); number++) {
    id = `${base}-${number}`;
  }
  return id;
}

/** Ids that stages, touchpoints and outcomes share, since rules and measures name them alike. */
function sharedIds(map: JourneyMap): Set<string> {
  const stages = (map.stages ?? []).map(stage => stage.id);
  const touchpoints = touchpointsOf(map).map(one => one.touchpoint.id);
  return new Set([...stages, ...touchpoints, ...(map.outcomes ?? []).map(outcome => outcome.id)]);
}

function idsIn(map: JourneyMap, list: string): Set<string> {
  if (list === 'stages' || list === 'touchpoints' || list === 'outcomes') {
    return sharedIds(map);
  }
  const entries = (map as unknown as Record<string, { id?: string }[] | undefined>)[list] ?? [];
  return new Set(entries.map(entry => entry.id ?? ''));
}

/** An id for a new entry of a list of the map. */
export function idFor(map: JourneyMap, list: string, name: string): string {
  const singular = list.replace(/ies$/, 'y').replace(/s$/, '').replaceAll('_', '-');
  return newId(name, idsIn(map, list), singular);
}

export function addingStage(map: JourneyMap, name: string, before: string | null = null): [Edit, Place] {
  const id = idFor(map, 'stages', name);
  const value = { id, name };
  return [
    { label: 'Add stage', operations: [{ op: 'insert', into: 'stages', value, before }] },
    join('stages', id)
  ];
}

export function addingTouchpoint(
  map: JourneyMap,
  stage: string,
  name: string,
  before: string | null = null
): [Edit, Place] {
  const id = idFor(map, 'touchpoints', name);
  const into = join('stages', stage, 'touchpoints');
  const operation: Operation = { op: 'insert', into, value: { id, name }, before };
  return [{ label: 'Add touchpoint', operations: [operation] }, join('touchpoints', id)];
}

/** A copy right behind the original. Its rule stays with the original, since one event has one place. */
export function duplicating(map: JourneyMap, place: Place): [Edit, Place] | null {
  const [list, key] = place.split('/');
  const original = at(map, place);
  if (!isObject(original)) {
    return null;
  }
  if (list === 'touchpoints') {
    const standing = touchpointsOf(map).find(one => one.key === key)!;
    const stage = keysOf(map.stages ?? [])[standing.stage];
    const copy = copied(original, idFor(map, 'touchpoints', copyName(original)));
    const operation: Operation = {
      op: 'insert',
      into: join('stages', stage, 'touchpoints'),
      value: copy,
      before: followingKey(map, standing.stage, standing.at)
    };
    return [{ label: 'Duplicate touchpoint', operations: [operation] }, join('touchpoints', String(copy.id))];
  }
  if (list !== 'stages') {
    return null;
  }
  const taken = sharedIds(map);
  const id = newId(copyName(original), taken, 'stage');
  taken.add(id);
  const touchpoints = ((original.touchpoints ?? []) as JsonObject[]).map(one => {
    const own = newId(String(one.name), taken, 'touchpoint');
    taken.add(own);
    return { ...copied(one, own), name: one.name };
  });
  const keys = keysOf(map.stages ?? []);
  const before = keys[keys.indexOf(key) + 1] ?? null;
  const value = { ...original, id, name: copyName(original), touchpoints };
  return [
    { label: 'Duplicate stage', operations: [{ op: 'insert', into: 'stages', value, before }] },
    join('stages', id)
  ];
}

function copyName(original: JsonObject): string {
  return `${String(original.name)} (copy)`;
}

function copied(original: JsonObject, id: string): JsonObject {
  const { match: _, questions: __, ...rest } = original;
  return { ...rest, id, name: copyName(original) };
}

function followingKey(map: JourneyMap, stage: number, position: number): string | null {
  const next = touchpointsOf(map).find(one => one.stage === stage && one.at === position + 1);
  return next?.key ?? null;
}

export function removing(place: Place): Edit {
  const what = place.startsWith('stages/')
    ? 'stage'
    : place.startsWith('touchpoints/')
      ? 'touchpoint'
      : 'entry';
  return { label: `Delete ${what}`, operations: [{ op: 'remove', at: place }] };
}

/** One place to the left or right; a touchpoint at the edge of its stage goes into the next stage. */
export function shifting(map: JourneyMap, place: Place, by: -1 | 1): Edit | null {
  const [list, key] = place.split('/');
  if (list === 'stages') {
    return shiftingStage(map, key, by);
  }
  const standing = touchpointsOf(map).find(one => one.key === key);
  return list === 'touchpoints' && standing ? shiftingTouchpoint(map, standing, by) : null;
}

function shiftingStage(map: JourneyMap, key: string, by: -1 | 1): Edit | null {
  const keys = keysOf(map.stages ?? []);
  const target = keys.indexOf(key) + by;
  if (target < 0 || target >= keys.length) {
    return null;
  }
  const before = by < 0 ? keys[target] : (keys[target + 1] ?? null);
  const operation: Operation = { op: 'move', at: join('stages', key), into: 'stages', before };
  return { label: 'Move stage', operations: [operation] };
}

function shiftingTouchpoint(map: JourneyMap, standing: Standing, by: -1 | 1): Edit | null {
  const keysIn = (stage: number) =>
    touchpointsOf(map)
      .filter(one => one.stage === stage)
      .map(one => one.key);
  const neighbours = keysIn(standing.stage);
  const staysInside = neighbours[standing.at + by] !== undefined;
  const stage = keysOf(map.stages ?? [])[standing.stage + (staysInside ? 0 : by)];
  if (stage === undefined) {
    return null;
  }
  const inside = neighbours[standing.at + (by < 0 ? -1 : 2)] ?? null;
  const across = by > 0 ? (keysIn(standing.stage + 1)[0] ?? null) : null;
  const into = join('stages', stage, 'touchpoints');
  const before = staysInside ? inside : across;
  const operation: Operation = { op: 'move', at: join('touchpoints', standing.key), into, before };
  return { label: 'Move touchpoint', operations: [operation] };
}

/** Another id, there and wherever a part refers to it. */
export function renaming(map: JourneyMap, place: Place, id: string): Edit {
  const old = (at(map, place) as { id?: string } | undefined)?.id;
  const wanted = kinds(partAt(place) ?? '');
  const operations: Operation[] =
    old === undefined ? [] : referencesTo(map as unknown as JsonObject, 'JourneyMap', '', old, wanted, id);
  return { label: 'Change id', operations: [...operations, { op: 'set', at: join(place, 'id'), value: id }] };
}

function kinds(kind: string): Set<string> {
  const matched = kind === 'Touchpoint' || kind === 'Outcome' ? ['Rule'] : [];
  return new Set([kind, 'Part', ...matched]);
}

function referencesTo(
  part: JsonObject,
  shape: string,
  place: Place,
  old: string,
  wanted: ReadonlySet<string>,
  id: string
): Operation[] {
  return fieldsOf(shape).flatMap(field => {
    const value = part[field.name] as Json | undefined;
    const here = join(place, field.name);
    if (field.kind === 'reference' && value === old && wanted.has(field.refersTo!)) {
      return [{ op: 'set', at: here, value: id } as Operation];
    }
    if (
      field.kind === 'references' &&
      Array.isArray(value) &&
      value.includes(old) &&
      wanted.has(field.refersTo!)
    ) {
      return [{ op: 'set', at: here, value: value.map(one => (one === old ? id : one)) } as Operation];
    }
    if (field.kind === 'part' && isObject(value)) {
      return referencesTo(value, field.part!, here, old, wanted, id);
    }
    if (field.kind === 'parts' && Array.isArray(value)) {
      return value.flatMap((entry, number) =>
        isObject(entry)
          ? referencesTo(entry, field.part!, entryPlace(field, here, value, number), old, wanted, id)
          : []
      );
    }
    return [];
  });
}

function entryPlace(field: Field, here: Place, list: Json[], number: number): Place {
  if (field.part === 'Touchpoint') {
    return join('touchpoints', keysOf(list as unknown as Touchpoint[])[number]);
  }
  const keyed = fieldsOf(field.part!).some(one => one.name === 'id' && one.required);
  return join(here, keyed ? keysOf(list as unknown as Stage[])[number] : number);
}
