import type { JourneyMap } from './generated/journey-map';
import { SCHEMA_VERSION } from './generated/facts';
import { Json, JsonObject, isObject } from './json';
import { Field, fieldOf, fieldsOf, isOwnField } from './shape';

/** What a text says: a map, or the reason why it is none. */
export type Reading = { map: JourneyMap } | { unread: string; version?: string };

const MARK = '\ufeff';
const LENGTH = /^P(?=.)(\d{1,8}W)?(\d{1,8}D)?(T(?=.)(\d{1,8}H)?(\d{1,8}M)?(\d{1,8}(\.\d{1,6})?S)?)?$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const MOST_NAMED = 5;
const SCALARS = ['string', 'number', 'boolean'];

/**
 * The map in a text, checked by its shape. The server knows more, such as older versions, and says
 * it better; here it is enough to know what can be edited without damage.
 */
export function read(text: string): Reading {
  const bare = text.startsWith(MARK) ? text.slice(1) : text;
  let value: unknown;
  try {
    value = JSON.parse(bare);
  } catch (error) {
    return { unread: `The file is not JSON: ${(error as Error).message}.` };
  }
  if (!isObject(value)) {
    return { unread: 'The file holds no object. A map is one object in { }.' };
  }
  if (namesIn(bare) > fieldsIn(value)) {
    return { unread: 'The file says a field twice in one object. Keep one of them.' };
  }
  const version = value.schema_version ?? SCHEMA_VERSION;
  if (version !== SCHEMA_VERSION) {
    const unread = `The file has the schema version ${JSON.stringify(version)}, not ${SCHEMA_VERSION}.`;
    return { unread, version: String(version) };
  }
  const wrong = misfits(value);
  return wrong.length > 0 ? { unread: wrong.join('\n') } : { map: value as unknown as JourneyMap };
}

/** What keeps the fields from being a map, a sentence for each of the first five places. */
export function misfits(value: JsonObject): string[] {
  return [...inPart(value, 'JourneyMap', '')].slice(0, MOST_NAMED);
}

/** Parts in which nothing was wrong, by shape: what did not change is not looked at again. */
const fitting = new Map<string, WeakSet<JsonObject>>();

/** `JSON.parse` keeps the last of two fields with one name, so the names in the text are counted. */
function namesIn(text: string): number {
  let count = 0;
  for (const found of text.matchAll(/"(?:[^"\\]|\\.)*"\s*(:?)/gs)) {
    count += found[1] ? 1 : 0;
  }
  return count;
}

function fieldsIn(value: Json | undefined): number {
  if (Array.isArray(value)) {
    return value.reduce<number>((sum, one) => sum + fieldsIn(one), 0);
  }
  const inside = isObject(value) ? Object.values(value) : [];
  return inside.reduce<number>((sum, one) => sum + 1 + fieldsIn(one), 0);
}

function* inPart(part: JsonObject, shape: string, place: string): Generator<string> {
  const fit = fitting.get(shape) ?? new WeakSet<JsonObject>();
  fitting.set(shape, fit);
  if (fit.has(part)) {
    return;
  }
  let isFit = true;
  for (const sentence of misfitsOf(part, shape, place)) {
    isFit = false;
    yield sentence;
  }
  if (isFit) {
    fit.add(part);
  }
}

function* misfitsOf(part: JsonObject, shape: string, place: string): Generator<string> {
  const own = place ? `\`${place}\`` : 'It';
  for (const name of Object.keys(part)) {
    if (!isOwnField(name) && !fieldOf(shape, name)) {
      yield `${own} has no field \`${name}\`. A field of your own begins with \`x_\`.`;
    }
  }
  for (const field of fieldsOf(shape)) {
    const value = part[field.name];
    if (value === undefined) {
      if (field.required) {
        yield `${own} has no \`${field.name}\`. Add it.`;
      }
    } else if (value !== null || field.required || field.default !== undefined) {
      yield* inField(value, field, place ? `${place}.${field.name}` : field.name);
    }
  }
}

function* inField(value: Json, field: Field, place: string): Generator<string> {
  const wrong = `\`${place}\` is ${shown(value)}.`;
  switch (field.kind) {
    case 'part':
      yield* isObject(value) ? inPart(value, field.part!, place) : [`${wrong} Write an object in { }.`];
      return;
    case 'parts':
      yield* inList(value, place, (one, at) =>
        isObject(one) ? inPart(one, field.part!, at) : [`\`${at}\` is ${shown(one)}. Write an object in { }.`]
      );
      return;
    case 'texts':
    case 'references':
    case 'values':
      yield* inList(value, place, (one, at) => {
        const fits = field.kind === 'values' ? SCALARS.includes(typeof one) : isText(one, field);
        return fits ? [] : [`\`${at}\` is ${shown(one)}, which cannot stand there.`];
      });
      return;
    default:
      if (!fits(value, field)) {
        const choices = field.choices
          ? ` Write one of ${field.choices.join(', ')}.`
          : ' It cannot stand there.';
        yield wrong + choices;
      }
  }
}

function* inList(
  value: Json,
  place: string,
  inside: (one: Json, place: string) => Iterable<string>
): Generator<string> {
  if (!Array.isArray(value)) {
    yield `\`${place}\` is ${shown(value)}. Write a list in [ ].`;
    return;
  }
  for (const [number, one] of value.entries()) {
    yield* inside(one, `${place}[${number}]`);
  }
}

function fits(value: Json, field: Field): boolean {
  switch (field.kind) {
    case 'boolean':
      return typeof value === 'boolean';
    case 'choice':
      return field.choices!.includes(value as string);
    case 'date':
      return typeof value === 'string' && DAY.test(value) && !Number.isNaN(Date.parse(value));
    case 'duration':
      return typeof value === 'string' && LENGTH.test(value);
    case 'integer':
      return Number.isInteger(value) && isWithin(value as number, field);
    case 'number':
      return typeof value === 'number' && isWithin(value, field);
    case 'value':
      return SCALARS.includes(typeof value);
    default:
      return isText(value, field);
  }
}

function isWithin(value: number, field: Field): boolean {
  const { min = -Infinity, max = Infinity, above = -Infinity } = field;
  return value >= min && value <= max && value > above;
}

function isText(value: Json, field: Field): boolean {
  const long = (text: string): boolean => text.length >= (field.atLeast ?? 0);
  return (
    typeof value === 'string' && long(value) && (!field.pattern || new RegExp(field.pattern).test(value))
  );
}

function shown(value: Json): string {
  if (Array.isArray(value)) {
    return 'a list';
  }
  return isObject(value) ? 'an object' : `\`${JSON.stringify(value).slice(0, 80)}\``;
}
