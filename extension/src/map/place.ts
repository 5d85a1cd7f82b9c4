import type { JourneyMap, Stage, Touchpoint } from './generated/journey-map';
import { Json, JsonObject, isObject } from './json';
import { Field, KEYED_LISTS, fieldOf } from './shape';

/**
 * Where something is in a map: steps joined by `/`, such as `stages/browse/name` or
 * `touchpoints/home/pain_points/0/text`. Touchpoints are named without their stage, so that a place
 * stays right when they move. The step after a list of parts with ids is a key, else an index.
 */
export type Place = string;

/** The same, as steps through the JSON of the file. */
export type Steps = (string | number)[];

export function join(...steps: (string | number)[]): Place {
  return steps.filter(step => step !== '').join('/');
}

/** What entries of a list are called: their id, `id~2` for the second with the same one. */
export function keysOf(list: readonly { id?: unknown }[]): string[] {
  const seen = new Map<string, number>();
  return list.map(entry => {
    const id = String(entry?.id ?? '');
    const count = (seen.get(id) ?? 0) + 1;
    seen.set(id, count);
    return count === 1 ? id : `${id}~${count}`;
  });
}

export interface Standing {
  key: string;
  stage: number;
  at: number;
  touchpoint: Touchpoint;
}

const standings = new WeakMap<JourneyMap, Standing[]>();

/** Every touchpoint in map order, with its key and where it stands. */
export function touchpointsOf(map: JourneyMap): Standing[] {
  let found = standings.get(map);
  if (!found) {
    const all = (map.stages ?? []).flatMap((stage: Stage, number) =>
      (stage.touchpoints ?? []).map((touchpoint, at) => ({ stage: number, at, touchpoint }))
    );
    const keys = keysOf(all.map(one => one.touchpoint));
    found = all.map((one, number) => ({ key: keys[number], ...one }));
    standings.set(map, found);
  }
  return found;
}

/** The steps to `place`, or null where a part on the way is not there. The last field may be absent. */
export function locate(map: JourneyMap, place: Place): Steps | null {
  const given = place === '' ? [] : place.split('/');
  const steps: Steps = [];
  let rest = given;
  if (given[0] === 'touchpoints') {
    const found = touchpointsOf(map).find(one => one.key === given[1]);
    if (!found) {
      return null;
    }
    steps.push('stages', found.stage, 'touchpoints', found.at);
    rest = given.slice(2);
  }
  let value: unknown = valueAt(map as unknown as Json, steps);
  for (const step of rest) {
    if (Array.isArray(value)) {
      const at = positionIn(value, step, steps);
      if (at < 0) {
        return null;
      }
      steps.push(at);
      value = value[at];
    } else if (value === undefined || value === null || isObject(value)) {
      steps.push(step);
      value = isObject(value) ? value[step] : undefined;
    } else {
      return null;
    }
  }
  return steps;
}

/** Whether the list at these steps is one whose entries have keys. */
export function isKeyed(steps: Steps): boolean {
  return steps.length === 1
    ? KEYED_LISTS.has(String(steps[0]))
    : steps[2] === 'touchpoints' && steps.length === 3;
}

/** Position of the entry that `step` names, else -1. */
export function positionIn(list: readonly Json[], step: string, steps: Steps): number {
  if (isKeyed(steps)) {
    return keysOf(list as JsonObject[]).indexOf(step);
  }
  const at = /^\d+$/.test(step) ? Number(step) : -1;
  return at < list.length ? at : -1;
}

export function valueAt(value: Json | undefined, steps: Steps): Json | undefined {
  let here: unknown = value;
  for (const step of steps) {
    here = (here as Record<string | number, unknown> | undefined | null)?.[step];
  }
  return here as Json | undefined;
}

/** What stands at `place`, undefined where nothing does. */
export function at(map: JourneyMap, place: Place): Json | undefined {
  const steps = locate(map, place);
  return steps ? valueAt(map as unknown as Json, steps) : undefined;
}

/** The name of the part that stands at `place`, such as `Touchpoint`; undefined where none can. */
export function partAt(place: Place): string | undefined {
  const field = fieldAt(place);
  if (place === '') {
    return 'JourneyMap';
  }
  return field?.kind === 'part' ? field.part : entryPart(place);
}

/** The field that `place` names, undefined for the map itself and for an entry of a list. */
export function fieldAt(place: Place): Field | undefined {
  const cut = place.lastIndexOf('/');
  const part = cut < 0 ? (place === '' ? undefined : 'JourneyMap') : partAt(place.slice(0, cut));
  return part ? fieldOf(part, place.slice(cut + 1)) : undefined;
}

function entryPart(place: Place): string | undefined {
  const list = place.slice(0, Math.max(place.lastIndexOf('/'), 0));
  if (list === 'touchpoints') {
    return 'Touchpoint';
  }
  const field = list ? fieldAt(list) : undefined;
  return field?.kind === 'parts' ? field.part : undefined;
}

/** `stages[0].touchpoints[1].channel`, as Python names it, as a place; null where it is none. */
export function placeOf(map: JourneyMap, written: string): Place | null {
  const steps = written
    .split(/[.[\]]+/)
    .filter(step => step !== '')
    .map(step => (/^\d+$/.test(step) ? Number(step) : step));
  const [list, number, inner, at, ...rest] = steps;
  if (list === 'stages' && inner === 'touchpoints' && typeof at === 'number') {
    const found = touchpointsOf(map).find(one => one.stage === number && one.at === at);
    return found ? join('touchpoints', found.key, ...rest) : null;
  }
  if (typeof number === 'number' && KEYED_LISTS.has(String(list))) {
    const entries = (map as unknown as Record<string, JsonObject[] | undefined>)[String(list)] ?? [];
    const key = keysOf(entries)[number];
    return key === undefined ? null : join(list, key, ...steps.slice(2));
  }
  return join(...steps);
}
