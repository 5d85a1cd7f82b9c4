import type { JourneyMap } from './generated/journey-map';
import { Json, JsonObject, isObject } from './json';
import { Place, Steps, isKeyed, keysOf, locate, valueAt } from './place';

/** The smallest changes of a map. One whose place is not there (any more) changes nothing. */
export type Operation =
  | { op: 'set'; at: Place; value: Json }
  | { op: 'insert'; into: Place; value: Json; before?: string | null }
  | { op: 'move'; at: Place; into: Place; before?: string | null }
  | { op: 'remove'; at: Place };

/** What a person did: one step of undo, named so that it can be offered by name. */
export interface Edit {
  label: string;
  operations: Operation[];
}

/** The map after the operations; what did not change is the same object as before. */
export function edited(map: JourneyMap, operations: readonly Operation[]): JourneyMap {
  return operations.reduce(applied, map);
}

function applied(map: JourneyMap, operation: Operation): JourneyMap {
  switch (operation.op) {
    case 'set':
      return set(map, operation.at, operation.value);
    case 'remove':
      return set(map, operation.at, null);
    case 'insert':
      return insert(map, operation.into, operation.value, operation.before);
    case 'move':
      return move(map, operation.at, operation.into, operation.before);
  }
}

function set(map: JourneyMap, at: Place, value: Json): JourneyMap {
  const steps = locate(map, at);
  if (!steps) {
    return map;
  }
  if (steps.length === 0) {
    return isObject(value) ? (value as unknown as JourneyMap) : map;
  }
  return replaced(map as unknown as Json, steps, () => value) as unknown as JourneyMap;
}

function insert(map: JourneyMap, into: Place, value: Json, before?: string | null): JourneyMap {
  const steps = locate(map, into);
  if (!steps || steps.length === 0) {
    return map;
  }
  const list = valueAt(map as unknown as Json, steps) ?? [];
  if (!Array.isArray(list)) {
    return map;
  }
  const grown = [...list];
  grown.splice(positionBefore(list, steps, before), 0, value);
  return replaced(map as unknown as Json, steps, () => grown) as unknown as JourneyMap;
}

function move(map: JourneyMap, at: Place, into: Place, before?: string | null): JourneyMap {
  const from = locate(map, at);
  const to = locate(map, into);
  if (!from || !to || typeof from.at(-1) !== 'number') {
    return map;
  }
  const list = valueAt(map as unknown as Json, to) ?? [];
  if (!Array.isArray(list)) {
    return map;
  }
  const moved = valueAt(map as unknown as Json, from) as Json;
  const target = positionBefore(list, to, before);
  const within = from.slice(0, -1).join('/') === to.join('/');
  const own = from.at(-1) as number;
  if (within && (target === own || target === own + 1)) {
    return map;
  }
  const taken = replaced(map as unknown as Json, from, () => null);
  const rest = valueAt(taken, to) as Json[] | undefined;
  const grown = [...(rest ?? [])];
  grown.splice(within && target > own ? target - 1 : target, 0, moved);
  return replaced(taken, to, () => grown) as unknown as JourneyMap;
}

function positionBefore(list: readonly Json[], steps: Steps, before?: string | null): number {
  if (before === undefined || before === null) {
    return list.length;
  }
  const at = isKeyed(steps) ? keyPosition(list, before) : /^\d+$/.test(before) ? Number(before) : -1;
  return at < 0 || at > list.length ? list.length : at;
}

function keyPosition(list: readonly Json[], key: string): number {
  return keysOf(list as JsonObject[]).indexOf(key);
}

/** `value` with another value at the end of `steps`; null takes it out. Objects on the way are made. */
function replaced(value: Json | undefined, steps: Steps, change: () => Json): Json {
  const [step, ...rest] = steps;
  if (step === undefined) {
    return change();
  }
  if (Array.isArray(value)) {
    const at = step as number;
    const inner = replaced(value[at], rest, change);
    if (rest.length === 0 && inner === null) {
      return value.filter((_, number) => number !== at);
    }
    return inner === value[at] ? value : value.with(at, inner);
  }
  const before = isObject(value) ? value : {};
  const inner = replaced(before[step], rest, change);
  if (inner === before[step] || (inner === null && before[step] === undefined)) {
    return value ?? null;
  }
  if (inner === null) {
    const { [step]: _, ...others } = before;
    return others;
  }
  return { ...before, [step]: inner };
}
