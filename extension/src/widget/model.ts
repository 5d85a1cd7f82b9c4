/** What the kernel and the screen tell each other. `cjm_notebooks/builders/map_builder.py` holds the other end. */
import type { Rule } from '../map/generated/journey-map';
import type { Edit } from '../map/operations';

/** The model of a widget, as anywidget hands it over. */
export interface Model {
  get(name: string): unknown;
  set(name: string, value: unknown): void;
  save_changes(): void;
  send(message: unknown): void;
  on(event: string, callback: () => void): void;
  off(event: string, callback: () => void): void;
}

export type Value = string | number | boolean | null;
/** Columns and what events have in them, `event` first. */
export type Values = Record<string, Value>;

/** Events that are alike in every column that counts. */
export interface Row {
  values: Values;
  events: number;
  customers: number;
  unclaimed: number;
  touchpoint: string | null;
  outcome: string | null;
  first_seen: string;
  last_seen: string;
}

export type TargetKind = 'touchpoint' | 'outcome';

export interface Covered {
  events: number;
  claimed: number;
  unclaimed: number;
  share: number | null;
}

export interface CountedTarget {
  id: string;
  kind: TargetKind;
  events: number;
  customers: number;
  words: string | null;
}

/** Two rules that claim the same events, and why one of them wins. */
export interface Overlap {
  winner: string;
  other: string;
  reason: string;
  words: string;
  events: number;
  examples: string[];
}

export interface Period {
  from: string;
  to: string;
}

export interface Coverage extends Covered {
  customers: number;
  period: Period | null;
  rows_left_out: number;
  columns?: string[];
  targets: CountedTarget[];
  overlaps: Overlap[];
}

export interface Suggestion {
  event: string;
  touchpoint: string;
  strength: number;
  word: string;
  events: number;
  customers: number;
  reasons: { kind: string; strength: number; words: string }[];
}

export interface Question {
  id: string;
  kind: string;
  scale: [number, number] | null;
  answers: number;
  touchpoint: string | null;
}

export interface ChangedTarget {
  id: string;
  kind: TargetKind;
  events: [number, number];
  customers: [number, number];
}

/** What a change of one rule would do. */
export interface Preview {
  target: string;
  rule: Rule | null;
  words: string | null;
  error: string;
  edit: Edit | null;
  before: Covered | null;
  after: Covered | null;
  targets: ChangedTarget[];
  overlaps: Overlap[];
}

/** A touchpoint that is not there yet. */
export interface NewTouchpoint {
  stage: string;
  id: string;
  name: string;
}

export type Change = { bind: Values } | { unbind: Values } | { rule: Rule | null };

export type Message =
  | ({ kind: 'preview'; target: string; insert?: NewTouchpoint } & Change)
  | { kind: 'dismiss' }
  | { kind: 'accept' | 'refuse'; event: string; touchpoint: string }
  | { kind: 'assign'; question: string; touchpoint: string | null }
  | { kind: 'period'; from: string | null; to: string | null };
