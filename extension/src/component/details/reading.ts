/** What somebody typed, as a value of the map: a value, or a sentence that says what to write. */
import { Json } from '../../map/json';
import { shown } from '../../map/changes';
import { Field } from '../../map/shape';
import { durationInWords, readDuration } from './durations';

export type Reading = { value: Json } | { wrong: string };

const CURE_OF_AN_ID =
  'Write an id of letters A to Z, digits, `-`, `_` and `.`, which begins with a letter or digit and has at most 100 characters.';
const CURES_OF_PATTERNS: Record<string, string> = {
  '^[A-Z]{3}$': 'Write three capital letters, such as `EUR`.'
};
const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;

/** The value of `typed`; null where the field is to be taken away. */
export function read(field: Field, typed: string): Reading {
  const reading = readKind(field, typed);
  if ('wrong' in reading || field.required) {
    return reading;
  }
  const { value } = reading;
  const empty = value === '' || (Array.isArray(value) && value.length === 0);
  return empty || value === field.default ? { value: null } : reading;
}

function readKind(field: Field, typed: string): Reading {
  const text = typed.trim();
  if (field.kind === 'text') {
    return readText(field, field.pattern || field.atLeast ? text : typed);
  }
  if (field.kind === 'texts') {
    return { value: lines(typed) };
  }
  if (field.kind === 'values') {
    return { value: lines(typed).map(readPlain) };
  }
  if (text === '') {
    return field.required ? { wrong: `\`${field.name}\` is empty. ${cureOf(field)}` } : { value: null };
  }
  switch (field.kind) {
    case 'number':
    case 'integer':
      return readNumber(field, text);
    case 'date':
      return readDate(field, text);
    case 'duration': {
      const value = readDuration(text);
      return value === null ? wrong(field, text) : { value };
    }
    default:
      return { value: field.kind === 'value' ? readPlain(text) : text };
  }
}

function readText(field: Field, text: string): Reading {
  if (field.atLeast && text.length < field.atLeast) {
    return { wrong: `\`${field.name}\` is empty. Write at least ${field.atLeast} character.` };
  }
  if (text === '' && field.required && field.pattern) {
    return { wrong: `\`${field.name}\` is empty. ${cureOf(field)}` };
  }
  const fits = !field.pattern || (text === '' && !field.required) || new RegExp(field.pattern).test(text);
  return fits ? { value: text } : wrong(field, text);
}

/** With a point, within what the field allows. */
export function readNumber(field: Field, text: string): Reading {
  const number = Number(text);
  if (/^[+-]?\d*,\d+$/.test(text)) {
    const point = text.replace(',', '.');
    return { wrong: `\`${field.name}\` is ${shown(text)}. Write a point before the decimals: \`${point}\`.` };
  }
  if (!NUMBER.test(text) || (field.kind === 'integer' && !Number.isSafeInteger(number))) {
    return wrong(field, text);
  }
  const { min, max, above } = field;
  const fits =
    Number.isFinite(number) &&
    number >= (min ?? -Infinity) &&
    number <= (max ?? Infinity) &&
    number > (above ?? -Infinity);
  return fits
    ? { value: number }
    : { wrong: `\`${field.name}\` is ${shown(text)}. ${limitOf(field, number)}` };
}

function limitOf({ min, max, above }: Field, number: number): string {
  if (!Number.isFinite(number)) {
    return 'Give a number that is not infinite.';
  }
  if (above !== undefined && number <= above) {
    return `Give a number above ${above}.`;
  }
  return min !== undefined && number < min
    ? `Give a number from ${min} upwards.`
    : `Give a number up to ${max}.`;
}

/** A day as `2025-03-31` or, unmistakable too, `31.3.2025`. */
function readDate(field: Field, text: string): Reading {
  const dotted = /^(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})$/.exec(text);
  const iso = dotted ? [dotted[3], dotted[2].padStart(2, '0'), dotted[1].padStart(2, '0')].join('-') : text;
  const day = /^\d{4}-\d{2}-\d{2}$/.test(iso) ? new Date(`${iso}T00:00:00Z`) : new Date(NaN);
  const exists = !Number.isNaN(day.getTime()) && day.toISOString().startsWith(iso) && !iso.startsWith('0000');
  return exists ? { value: iso } : wrong(field, text);
}

function wrong(field: Field, text: string): Reading {
  return { wrong: `\`${field.name}\` is ${shown(text)}. ${cureOf(field)}` };
}

function cureOf(field: Field): string {
  switch (field.kind) {
    case 'integer':
      return 'Give a whole number.';
    case 'number':
      return 'Give a number.';
    case 'date':
      return 'Write a day of the calendar in ISO 8601, such as `2025-03-31`.';
    case 'duration':
      return 'Write a length of time, such as `3 days`, `45 min` or `PT45M`; months and years differ in length.';
    case 'text':
      return CURES_OF_PATTERNS[field.pattern ?? ''] ?? CURE_OF_AN_ID;
    default:
      return 'Choose one.';
  }
}

function lines(typed: string): string[] {
  return typed
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '');
}

/** `5` is a number, `true` is true, `"5"` in quotation marks and everything else is text. */
export function readPlain(text: string): string | number | boolean {
  if (text === 'true' || text === 'false') {
    return text === 'true';
  }
  if (NUMBER.test(text) && Number.isFinite(Number(text))) {
    return Number(text);
  }
  if (/^".*"$/s.test(text)) {
    try {
      return JSON.parse(text) as string;
    } catch {
      return text;
    }
  }
  return text;
}

/** What `readPlain` reads as this value again. */
export function writtenPlain(value: Json): string {
  if (typeof value !== 'string') {
    return JSON.stringify(value);
  }
  const plain = value !== '' && value === value.trim() && !/[\n"]/.test(value) && readPlain(value) === value;
  return plain ? value : JSON.stringify(value);
}

/** The text in the field where the map holds `value`. */
export function written(field: Field, value: Json | undefined): string {
  if (value === undefined || value === null) {
    return field.default === undefined || Array.isArray(field.default) ? '' : written(field, field.default);
  }
  if (field.kind === 'duration' && typeof value === 'string') {
    return durationInWords(value);
  }
  if (field.kind === 'value') {
    return value === '' ? '' : writtenPlain(value);
  }
  if (Array.isArray(value)) {
    return value
      .map(one => (field.kind === 'values' || typeof one !== 'string' ? writtenPlain(one) : one))
      .join('\n');
  }
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** What may be written, in a few words under the field; nothing where any text will do. */
export function hint(field: Field, value: Json | undefined): string {
  const { min, max, above } = field;
  if (field.kind === 'duration') {
    return typeof value === 'string' ? `${value} in the file` : 'Such as 3 days, 45 min or PT45M';
  }
  if (field.kind === 'date') {
    return 'Year-month-day, such as 2025-03-31';
  }
  if (field.kind === 'texts') {
    return 'One a line';
  }
  if (field.kind === 'value' || field.kind === 'values') {
    const several = field.kind === 'values' ? 'One a line. ' : '';
    return `${several}Numbers, true and false are read as such; in "quotation marks" they are text.`;
  }
  if (field.kind !== 'number' && field.kind !== 'integer') {
    return '';
  }
  const kind = field.kind === 'integer' ? 'Whole number' : 'Number';
  const limits = [
    min !== undefined && `from ${min}`,
    above !== undefined && `above ${above}`,
    max !== undefined && `up to ${max}`
  ];
  return [kind, ...limits.filter(Boolean)].join(' ');
}
