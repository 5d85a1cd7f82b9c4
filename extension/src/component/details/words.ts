/** How fields, choices and entries are called on the screen. */
import { Json, JsonObject, isObject } from '../../map/json';
import { isOwnField } from '../../map/shape';

const CALLED: Record<string, string> = {
  kpis: 'KPIs',
  kpi: 'KPI',
  id: 'Id',
  n: 'Number of people or records',
  pii: 'Holds personal data',
  url: 'Web address',
  match: 'Recorded events (rule)',
  sla: 'Promised time (SLA)',
  doing: 'Doing',
  where: 'The event',
  nth: 'Only the n-th time',
  journey: 'How events become journeys',
  kano: 'Kano class',
  k_min: 'Smallest group shown',
  dpo_contact: 'Data protection contact',
  pii_fields: 'Columns with personal data, left out',
  masked_fields: 'Of them kept, with marks for finds',
  pseudonym_fields: 'Columns of ids for pseudonyms',
  kept_fields: 'Columns kept as they are',
  consent_field: 'Column of consent',
  consent_values: 'What means yes there'
};

/** `pain_points` is Pain points. */
export function label(name: string): string {
  return CALLED[name] ?? (isOwnField(name) ? name : capital(spaced(name)));
}

export function spaced(word: string): string {
  return word.replaceAll('_', ' ');
}

export function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** `PainPoint` is pain point. */
export function kindInWords(kind: string): string {
  const words: Record<string, string> = {
    Kpi: 'KPI',
    Rule: 'touchpoint or outcome with a rule',
    Part: 'part',
    Work: 'work step',
    JourneyMap: 'map'
  };
  return words[kind] ?? kind.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
}

const TITLES = ['name', 'text', 'statement', 'action', 'version', 'id'];

/** What an entry is called where a line has room for it. */
export function title(entry: Json | undefined, otherwise: string): string {
  if (!isObject(entry)) {
    return otherwise;
  }
  if (typeof entry.from === 'string' && typeof entry.to === 'string') {
    return `${entry.from} → ${entry.to}`;
  }
  const found = TITLES.map(name => entry[name]).find(
    value => typeof value === 'string' && value.trim() !== ''
  );
  return found === undefined ? otherwise : clipped(String(found));
}

export function clipped(text: string, most = 80): string {
  const signs = [...text.slice(0, 2 * most + 2)];
  return signs.length <= most ? text : `${signs.slice(0, most - 1).join('')}…`;
}

/** `3 of 8` never says `1 entries`. */
export function counted(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}

export function textIn(part: JsonObject, field: string): string {
  return typeof part[field] === 'string' ? part[field] : '';
}
