/** What stands in the form, and what is asked of the server with it; no DOM. */
import type { JourneyMap } from '../map/generated/journey-map';
import type { Parameter, Problems, Template, Value, Values } from './talk';

/** What stands in one field: a text, a list with a line each, a tick, or names with their values. */
export type Entry = string | boolean | [string, string][];
export type Entries = Record<string, Entry>;

export interface Group {
  title: string;
  parameters: Parameter[];
}

export interface Option {
  value: string;
  label: string;
}

/** Where results go is filled in by the server. */
const FILLED_IN = ['folder', 'name'];
const OTHERS = 'More';
const NUMBER = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
/** How people call the columns that say who, what and when. */
export const LIKELY: Record<string, RegExp> = {
  customer: /customer|person|account|visitor|member|guest|user|client|^id$/i,
  event: /event|activity|action|touchpoint|step|name/i,
  at: /time|date|stamp|^at$|when/i,
  score: /score|rating|stars|answer/i
};

export function fieldsOf(template: Template): Parameter[] {
  return template.parameters.filter(({ name }) => !FILLED_IN.includes(name));
}

/** The groups in the order in which the template first names them. */
export function groupsOf(template: Template): Group[] {
  const groups = new Map<string, Parameter[]>();
  for (const parameter of fieldsOf(template)) {
    const title = parameter.group || OTHERS;
    groups.set(title, [...(groups.get(title) ?? []), parameter]);
  }
  return [...groups].map(([title, parameters]) => ({ title, parameters }));
}

export function labelOf({ label, name }: Parameter): string {
  return label || name.replace(/_/g, ' ').replace(/^./, first => first.toUpperCase());
}

/** The form filled with values; what is not given stands at its default. */
export function entriesOf(template: Template, given: Values = {}): Entries {
  return Object.fromEntries(
    fieldsOf(template).map(parameter => [
      parameter.name,
      entryOf(parameter, fitting(parameter, given[parameter.name]))
    ])
  );
}

/** Values of other templates and of earlier versions may be of another type. */
function fitting({ default: usual }: Parameter, value: Value | undefined): Value {
  const isPlain = typeof usual !== 'object' && typeof value !== 'object';
  const fits = isPlain || (typeof usual === typeof value && Array.isArray(usual) === Array.isArray(value));
  return value !== undefined && fits ? value : usual;
}

function entryOf({ type }: Parameter, value: Value): Entry {
  switch (type) {
    case 'bool':
      return value === true;
    case 'list[str]':
      return (value as string[]).join('\n');
    case 'dict[str, str]':
      return Object.entries(value as Record<string, string>);
  }
  return String(value);
}

/**
 * The values to run with: those that differ from the defaults. A text that is no number goes as it
 * is, so that the server says what is wrong with it.
 */
export function asked(template: Template, entries: Entries): Values {
  const values: Values = {};
  for (const parameter of fieldsOf(template)) {
    const value = valueOf(parameter, entries[parameter.name] ?? entryOf(parameter, parameter.default));
    if (value !== undefined && !isSame(value, parameter.default)) {
      values[parameter.name] = value;
    }
  }
  return values;
}

function valueOf({ type, kind }: Parameter, entry: Entry): Value | undefined {
  if (typeof entry === 'boolean') {
    return entry;
  }
  if (typeof entry !== 'string') {
    return Object.fromEntries(entry.filter(([name, value]) => name.trim() || value.trim()));
  }
  if (type === 'list[str]') {
    return linesIn(entry);
  }
  const text = kind === 'value' && type === 'str' ? entry : entry.trim();
  const isNumber = (type === 'int' || type === 'float') && NUMBER.test(text);
  return text === '' ? undefined : isNumber ? Number(text) : text;
}

function linesIn(text: string): string[] {
  return text
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '');
}

function isSame(one: Value, other: Value): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** How many fields of the group say something other than usual. */
export function filledIn({ parameters }: Group, values: Values): number {
  return parameters.filter(({ name }) => name in values).length;
}

/** Whether a form shows the group at once: something in it is needed, said or wrong. */
export function isNeeded(group: Group, template: Template, values: Values, problems: Problems): boolean {
  const tables = template.needs.map(need => `${need}_file`);
  return (
    filledIn(group, values) > 0 ||
    group.parameters.some(({ name, required }) => required || tables.includes(name) || name in problems)
  );
}

/** The first wrong field, as people read the form. */
export function firstWrong(template: Template, problems: Problems): string | undefined {
  return groupsOf(template)
    .flatMap(({ parameters }) => parameters)
    .find(({ name }) => name in problems)?.name;
}

export function isDay(entry: Entry | undefined): boolean {
  return entry === '' || (typeof entry === 'string' && DAY.test(entry));
}

/** The columns that a new file answers for fields that say nothing that is in it. */
export function guessed(template: Template, file: string, entries: Entries, columns: string[]): Entries {
  const found: Entries = {};
  for (const { name, kind, of } of fieldsOf(template)) {
    const stands = entries[name];
    if (kind !== 'column' || of !== file || (typeof stands === 'string' && columns.includes(stands))) {
      continue;
    }
    const column = columns.includes(name) ? name : columns.find(one => LIKELY[name]?.test(one));
    if (column !== undefined) {
      found[name] = column;
    }
  }
  return found;
}

/** What of a map a parameter of that kind can name. */
export function partsOf(map: JourneyMap, kind: Parameter['kind']): Option[] {
  const stages = map.stages ?? [];
  const touchpoints = stages.flatMap(stage => stage.touchpoints ?? []);
  switch (kind) {
    case 'stage':
      return stages.map(({ id, name }) => ({ value: id, label: name }));
    case 'channel': {
      const channels = touchpoints
        .map(({ channel }) => channel)
        .filter(channel => typeof channel === 'string');
      return [...new Set(channels)].map(channel => ({ value: channel, label: channel }));
    }
    case 'touchpoint':
      return touchpoints.map(({ id, name }) => ({ value: id, label: name }));
  }
  return [];
}
