import type { JourneyMap } from './generated/journey-map';
import { SCHEMA_VERSION } from './generated/facts';
import { Json, JsonObject, isObject, same } from './json';
import { Field, fieldsOf, isOwnField } from './shape';

const DURATION =
  /^P(?=.)(?:(\d{1,8})W)?(?:(\d{1,8})D)?(?:T(?=.)(?:(\d{1,8})H)?(?:(\d{1,8})M)?(?:(\d{1,8})(?:\.(\d{1,6}))?S)?)?$/;

/** The one text of a map, the same bytes that `JourneyMap.canonical_text` writes in Python. */
export function textOf(map: JourneyMap): string {
  const fields = canonical(map as unknown as JsonObject, 'JourneyMap');
  return `${JSON.stringify({ ...fields, schema_version: SCHEMA_VERSION }, null, 2)}\n`;
}

function canonical(part: JsonObject, shape: string): JsonObject {
  const fields = fieldsOf(shape);
  const known = new Set(fields.map(field => field.name));
  const found: JsonObject = {};
  for (const field of fields) {
    const value = part[field.name];
    const written = value === undefined || value === null ? undefined : canonicalValue(value, field);
    if (field.name === 'schema_version' || (written !== undefined && !isDefault(written, field))) {
      found[field.name] = written;
    }
  }
  const others = Object.keys(part).filter(name => !known.has(name));
  const strangers = others.filter(name => !isOwnField(name));
  for (const name of [...strangers, ...others.filter(isOwnField).sort(byCodePoint)]) {
    found[name] = ownValue(part[name] ?? null);
  }
  return found;
}

function canonicalValue(value: Json, field: Field): Json {
  if (field.kind === 'part' && isObject(value)) {
    return canonical(value, field.part!);
  }
  if (field.kind === 'parts' && Array.isArray(value)) {
    return value.map(one => (isObject(one) ? canonical(one, field.part!) : one));
  }
  return field.kind === 'duration' && typeof value === 'string' ? durationText(value) : value;
}

function isDefault(written: Json, field: Field): boolean {
  if (field.required || field.default === undefined) {
    return false;
  }
  return field.kind === 'part' ? same(written, {}) : same(written, field.default);
}

function ownValue(value: Json): Json {
  if (Array.isArray(value)) {
    return value.map(ownValue);
  }
  if (!isObject(value)) {
    return value;
  }
  const names = Object.keys(value);
  const own = names.filter(isOwnField).sort(byCodePoint);
  const inOrder = [...names.filter(name => !isOwnField(name)), ...own];
  return Object.fromEntries(inOrder.map(name => [name, ownValue(value[name] ?? null)]));
}

function byCodePoint(a: string, b: string): number {
  const [left, right] = [[...a], [...b]];
  for (let at = 0; at < Math.min(left.length, right.length); at++) {
    const distance = left[at].codePointAt(0)! - right[at].codePointAt(0)!;
    if (distance !== 0) {
      return distance;
    }
  }
  return left.length - right.length;
}

/** A length of time in days, hours, minutes and seconds: `P7D` for `P1W`. What is none stays. */
export function durationText(written: string): string {
  const found = DURATION.exec(written);
  if (!found) {
    return written;
  }
  const [weeks, days, hours, minutes, seconds] = found.slice(1, 6).map(part => Number(part ?? 0));
  const fraction = (found[6] ?? '').replace(/0+$/, '');
  const total = (weeks * 7 + days) * 86400 + hours * 3600 + minutes * 60 + seconds;
  const rest = total % 86400;
  const clock = [
    [Math.floor(rest / 3600), 'H'],
    [Math.floor((rest % 3600) / 60), 'M']
  ].map(([number, unit]) => (number ? `${number}${unit}` : ''));
  const last = rest % 60 || fraction ? `${rest % 60}${fraction ? `.${fraction}` : ''}S` : '';
  const time = clock.join('') + last;
  const day = Math.floor(total / 86400);
  return time ? `P${day ? `${day}D` : ''}T${time}` : `P${day}D`;
}
