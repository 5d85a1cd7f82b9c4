/** What differs between two maps, by id as Python's `compare` says it: a move is a move. */
import type { JourneyMap } from './generated/journey-map';
import { Json, JsonObject, isObject, same } from './json';
import { Place, join, keysOf, touchpointsOf } from './place';
import { Field, fieldsOf } from './shape';
import { durationText } from './text';

export type ChangeKind = 'added' | 'removed' | 'moved' | 'changed';

/** One difference. What was removed has the place it had; all others have the one they have now. */
export interface Change {
  kind: ChangeKind;
  place: Place;
  /** Key of the stage it stands in, its own for a stage; absent for outcomes and the map itself. */
  stage?: string;
  /** For `changed`: the field inside the part, such as `expectation.text`. */
  field?: string;
  /** For `changed` the values, null where there is none; for `moved` the places in words. */
  before?: Json;
  after?: Json;
  sentence: string;
}

type Kind = 'map' | 'stage' | 'touchpoint' | 'outcome';

interface Standing {
  kind: Kind;
  part: JsonObject;
  place: Place;
  stage?: string;
  /** Id of the stage around it. */
  inside: string;
  number: number;
}

const LONGEST_VALUE = 80;
const COMPARED_ON_THEIR_OWN = new Set(['schema_version', 'id', 'stages', 'touchpoints', 'outcomes']);
const SHAPES: Record<Kind, string> = {
  map: 'JourneyMap',
  stage: 'Stage',
  touchpoint: 'Touchpoint',
  outcome: 'Outcome'
};

/** The way from `before` to `now`: what is new, gone, moved and changed, in this order. */
export function changesBetween(before: JourneyMap, now: JourneyMap): Change[] {
  const old = standingsIn(before);
  const current = standingsIn(now);
  const kept = [...old]
    .filter(([key]) => current.has(key))
    .map(([key, was]) => [was, current.get(key)!] as const);
  const added = [...current].filter(([key]) => !old.has(key)).map(([, one]) => told(one, 'added', 'is new'));
  const removed = [...old]
    .filter(([key]) => !current.has(key))
    .map(([, one]) => told(one, 'removed', 'is gone'));
  return [
    ...added,
    ...removed,
    ...moves(old, current),
    ...[whole(before, now), ...kept].flatMap(pair => changed(...pair))
  ];
}

function whole(before: JourneyMap, now: JourneyMap): [Standing, Standing] {
  return [before, now].map(map => ({
    kind: 'map',
    part: map as unknown as JsonObject,
    place: '',
    inside: '',
    number: 1
  })) as [Standing, Standing];
}

function standingsIn(map: JourneyMap): Map<string, Standing> {
  const found = new Map<string, Standing>();
  const add = (one: Standing) => found.set(`${one.kind} ${String(one.part.id)}`, one);
  const stages = (map.stages ?? []) as unknown as JsonObject[];
  const keys = keysOf(stages);
  const touchpoints = touchpointsOf(map);
  let next = 0;
  stages.forEach((part, number) => {
    const stage = keys[number];
    add({ kind: 'stage', part, place: join('stages', stage), stage, inside: '', number: number + 1 });
    for (; touchpoints[next]?.stage === number; next++) {
      const { key, at, touchpoint } = touchpoints[next];
      const inner = touchpoint as unknown as JsonObject;
      const place = join('touchpoints', key);
      add({ kind: 'touchpoint', part: inner, place, stage, inside: String(part.id), number: at + 1 });
    }
  });
  const outcomes = (map.outcomes ?? []) as unknown as JsonObject[];
  const names = keysOf(outcomes);
  outcomes.forEach((part, at) =>
    add({ kind: 'outcome', part, place: join('outcomes', names[at]), inside: '', number: at + 1 })
  );
  return found;
}

function told(one: Standing, kind: ChangeKind, what: string): Change {
  return { kind, place: one.place, stage: one.stage, sentence: `The ${subject(one)} ${what}.` };
}

function subject({ kind, part }: Standing): string {
  return `${kind} \`${String(part.id)}\` (${shortened(String(part.name))})`;
}

function* moves(old: Map<string, Standing>, current: Map<string, Standing>): Generator<Change> {
  const before = byLane(old);
  const stayed = new Set(
    [...byLane(current)].flatMap(([lane, keys]) => [...inSameOrder(before.get(lane) ?? [], keys)])
  );
  for (const [key, one] of current) {
    const was = old.get(key);
    if (was && !stayed.has(key)) {
      const [from, to] = [numbered(was), numbered(one)];
      const change = told(one, 'moved', `moved from ${from} to ${to}`);
      yield { ...change, before: from, after: to };
    }
  }
}

function numbered({ number, inside, kind }: Standing): string {
  return `place ${number}${kind === 'touchpoint' ? ` of \`${inside}\`` : ''}`;
}

function byLane(standings: Map<string, Standing>): Map<string, string[]> {
  const lanes = new Map<string, string[]>();
  for (const [key, one] of standings) {
    const lane = `${one.kind} ${one.inside}`;
    lanes.set(lane, [...(lanes.get(lane) ?? []), key]);
  }
  return lanes;
}

/** The longest run that both have, then the longest before and after it, and so on. */
function* inSameOrder(before: string[], after: string[]): Generator<string> {
  const positions = new Map(after.map((key, at) => [key, at]));
  const open = [[0, before.length, 0, after.length]];
  for (let span = open.pop(); span; span = open.pop()) {
    const [from, to, first, last] = span;
    let best = { at: from, in: first, size: 0 };
    let size = 0;
    for (let at = from; at < to; at++) {
      const here = positions.get(before[at]) ?? -1;
      const follows = size > 0 && here === positions.get(before[at - 1])! + 1;
      size = here < first || here >= last ? 0 : follows ? size + 1 : 1;
      if (size > best.size) {
        best = { at: at - size + 1, in: here - size + 1, size };
      }
    }
    if (best.size > 0) {
      yield* before.slice(best.at, best.at + best.size);
      open.push([from, best.at, first, best.in], [best.at + best.size, to, best.in + best.size, last]);
    }
  }
}

type Difference = [field: string, before: Json, after: Json];

/** What was found between two parts, as long as neither has changed. */
const known = new WeakMap<JsonObject, { was: JsonObject; found: Difference[] }>();

function changed(was: Standing, one: Standing): Change[] {
  if (was.part === one.part) {
    return [];
  }
  const before = known.get(one.part);
  const found = before?.was === was.part ? before.found : [...differences(compared(was), compared(one))];
  known.set(one.part, { was: was.part, found });
  return found.map(([field, old, now]) => ({
    ...told(one, 'changed', ''),
    field,
    before: old,
    after: now,
    sentence: fieldSentence(one, field, old, now)
  }));
}

function fieldSentence(one: Standing, field: string, old: Json, now: Json): string {
  return [old, now].some(value => Array.isArray(value) || isObject(value))
    ? `The ${subject(one)} has other \`${field}\`.`
    : `The ${subject(one)}: \`${field}\` was ${shown(old)} and is ${shown(now)}.`;
}

function compared({ part, kind }: Standing): JsonObject {
  const entries = Object.entries(filled(part, SHAPES[kind]));
  return Object.fromEntries(entries.filter(([name]) => !COMPARED_ON_THEIR_OWN.has(name)));
}

/** The part with every field that it does not state at its default, else null. */
function filled(part: JsonObject, shape: string): JsonObject {
  const fields = fieldsOf(shape);
  const stated = fields.map(field => [
    field.name,
    filledValue(part[field.name] ?? field.default ?? null, field)
  ]);
  return { ...Object.fromEntries(stated), ...without(part, fields) };
}

function without(part: JsonObject, fields: Field[]): JsonObject {
  const names = new Set(fields.map(field => field.name));
  return Object.fromEntries(Object.entries(part).filter(([name]) => !names.has(name)));
}

function filledValue(value: Json, field: Field): Json {
  if (field.kind === 'part' && isObject(value)) {
    return filled(value, field.part!);
  }
  if (field.kind === 'parts' && Array.isArray(value)) {
    return value.map(one => (isObject(one) ? filled(one, field.part!) : one));
  }
  return field.kind === 'duration' && typeof value === 'string' ? durationText(value) : value;
}

function* differences(old: JsonObject, now: JsonObject, place = ''): Generator<Difference> {
  for (const field of Object.keys({ ...old, ...now })) {
    const [was, is] = [old[field] ?? null, now[field] ?? null];
    if (isObject(was) && isObject(is)) {
      yield* differences(was, is, `${place}${field}.`);
    } else if (!same(was, is)) {
      yield [`${place}${field}`, was, is];
    }
  }
}

/** A value as a sentence shows it: short, and a list or an object only by its kind. */
export function shown(value: Json): string {
  if (Array.isArray(value)) {
    return 'a list';
  }
  return isObject(value)
    ? 'an object'
    : `\`${typeof value === 'string' ? shortened(value) : String(value)}\``;
}

/** At most 80 characters of `text`, each of which a screen can show. */
export function shortened(text: string): string {
  const signs = [...text.slice(0, 4 * LONGEST_VALUE)];
  const short = signs.length <= LONGEST_VALUE ? signs : [...signs.slice(0, LONGEST_VALUE - 1), '…'];
  return short.map(sign => (sign !== ' ' && /[\p{C}\p{Z}]/u.test(sign) ? '\ufffd' : sign)).join('');
}
