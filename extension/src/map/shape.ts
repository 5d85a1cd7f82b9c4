import { FIELDS } from './generated/facts';
import { Json } from './json';

export type Kind =
  | 'boolean'
  | 'choice'
  | 'date'
  | 'duration'
  | 'integer'
  | 'number'
  | 'part'
  | 'parts'
  | 'reference'
  | 'references'
  | 'text'
  | 'texts'
  | 'value'
  | 'values';

/** One field of a part of the map, as the JSON Schema states it. */
export interface Field {
  name: string;
  kind: Kind;
  about: string;
  required?: boolean;
  default?: Json;
  choices?: string[];
  /** Name of the part inside, for `part` and `parts`. */
  part?: string;
  /** Kind of part that the id belongs to, for `reference` and `references`. */
  refersTo?: string;
  /** Ids that need no entry of their own. */
  known?: string[];
  pattern?: string;
  atLeast?: number;
  min?: number;
  max?: number;
  above?: number;
}

const OWN_FIELD = 'x_';
const NO_FIELDS: Field[] = [];
const SHAPES = new Map<string, Field[]>(Object.entries(FIELDS as Record<string, Field[]>));

/** The fields of a part, in the order of the canonical text. */
export function fieldsOf(part: string): Field[] {
  return SHAPES.get(part) ?? NO_FIELDS;
}

export function fieldOf(part: string, name: string): Field | undefined {
  return fieldsOf(part).find(field => field.name === name);
}

/** Whether the author of the map made up this field. */
export function isOwnField(name: string): boolean {
  return name.startsWith(OWN_FIELD);
}

/** Lists of the map whose entries are told apart by their ids. */
export const KEYED_LISTS: ReadonlySet<string> = new Set(
  fieldsOf('JourneyMap')
    .filter(field => field.kind === 'parts' && fieldOf(field.part!, 'id')?.required)
    .map(field => field.name)
);
