/** What is said between the screen and the kernel; the names are those of `cjm_notebooks/builders/table_mapper.py`. */

export interface Question {
  id: string;
  kind: string;
  scale: [number, number];
  touchpoint?: string | null;
  set_aside?: Record<string, string>;
}

/** What one row is, what the columns are, and how times are written. */
export interface Layout {
  shape: string;
  /** By column; what has no role is left out or empty. */
  roles: Record<string, string | null>;
  zone: string | null;
  unit: string | null;
  /** As `strptime` says it; nothing where times begin with the year. */
  time_format: string | null;
  milestones: Record<string, string>;
  questions: Record<string, Question>;
  beside: Record<string, string>;
}

export interface Asked extends Layout {
  /** Columns whose guess was confirmed or changed. */
  confirmed: string[];
}

export interface Role {
  id: string;
  says: string;
  about: string;
  needed: boolean;
  many: boolean;
}

export interface Shape {
  id: string;
  says: string;
  about: string;
  roles: Role[];
  rest: string;
  guess: Layout;
}

export interface Column {
  name: string;
  /** Its type, how much of it is filled and how many values differ, in words. */
  about: string;
  is_number: boolean;
  /** How its times can be written, where they do not begin with the year. */
  formats: string[];
  may_be_formatted: boolean;
  role: string | null;
  why: string;
  /** The kind of personal data found in it, in words. */
  personal: string | null;
}

/** What was seen of the table, without anything that stands in it. */
export interface Seen {
  called: string;
  columns: Column[];
  problems: string[];
  /** The export that it seems to be, if a source of its own reads that. */
  export: { source: string; why: string; code: string } | null;
  shape: { id: string; why: string };
  shapes: Shape[];
  units: string[];
  /** Common formats, and how each writes the last day of 2025. */
  formats: Record<string, string>;
  /** The usual scale of each kind of question. */
  kinds: Record<string, [number, number]>;
  zone_names: string[];
}

export interface Rule {
  rule: string;
  name: string;
  why: string;
  rows: string;
  places: string;
  /** Whether the rows at these places are in memory. */
  can_be_shown: boolean;
  is_set_aside: boolean;
}

/** What comes of the table, or why nothing does. */
export interface Answer {
  asked: Asked;
  /** What was asked, with a guess for each question and comment that it does not describe. */
  layout: Layout;
  guessed: string[];
  problem: string;
  says: string;
  scope: string;
  period: string;
  rules: Rule[];
  doubts: string[];
  code: string;
  is_of_all: boolean;
}

/** The first rows, personal data masked; they are never saved with the notebook. */
export interface Rows {
  headings: string[];
  rows: string[][];
  samples: Record<string, string[]>;
}

/** Rows that a rule counted, in the columns that are something. */
export type Counted = Pick<Rows, 'headings' | 'rows'>;

export interface Reply extends Partial<Rows> {
  wants: 'rows' | 'rule' | 'all';
  rule?: string;
  problem?: string;
}

/** The model of an anywidget, as far as it is used. */
export interface Model {
  get(name: 'seen'): Seen;
  get(name: 'asked'): Asked;
  get(name: 'answer'): Answer;
  set(name: 'asked', value: Asked): void;
  save_changes(): void;
  send(message: object): void;
  on(event: string, act: (message: Reply) => void): void;
  off(event: string, act: (message: Reply) => void): void;
}
