/** What is said between the screen and the kernel; the names are those of `cjm_notebooks/builders/explorer.py`. */
import type { JourneyMap } from '../map/generated/journey-map';
import type { MeasuredMap } from '../map/generated/measured-map';

export interface Choice {
  segment: string | null;
  value: string | null;
  first_day: string | null;
  last_day: string | null;
  place: string | null;
  pattern: string | null;
}

export const EVERYTHING: Choice = {
  segment: null,
  value: null,
  first_day: null,
  last_day: null,
  place: null,
  pattern: null
};

export interface Offers {
  segments: Record<string, string[]>;
  first_day: string;
  last_day: string;
  views: { id: string; title: string }[];
  has_comments: boolean;
}

/** How many journeys came to a stage or an outcome, in numbers for the bar and in words. */
export interface Share {
  kind: 'stage' | 'outcome';
  id: string;
  name: string;
  share: number | null;
  low: number | null;
  high: number | null;
  says: Record<'share' | 'interval' | 'reached' | 'journeys' | 'open' | 'everywhere', string>;
}

export interface Voice {
  quote: string;
  source: string;
  n: number | null;
  strength: string | null;
  contradicts: boolean;
}

export interface Answer {
  asked: Partial<Choice>;
  problem: string | null;
  counts: Partial<Record<'customers' | 'journeys' | 'open' | 'over', string>>;
  shares: Share[];
  hidden: string;
  voices: Voice[];
  code: string;
}

/** A view in its parts. Everything is a text, but for the chart, which is JSON for BokehJS. */
export interface View {
  id: string;
  title: string;
  summary: string[];
  series: { name: string; label: string; swatch: string }[];
  chart: string;
  headings: { text: string; is_number: boolean }[];
  rows: string[][];
}

export interface Moment {
  kind: 'touchpoint' | 'unmatched' | 'outcome' | 'answer';
  journey: number | null;
  says: string;
  where: string[];
  wait: string | null;
}

export interface Story {
  pseudonym: string;
  place: number;
  customers: number;
  moments: Moment[];
}

/** The newest comments of a choice, personal data masked. */
export interface Comments {
  says: string;
  newest: Comment[];
}

export interface Comment {
  said: string;
  about: string[];
  /** What is not shown of a very long one, in words. */
  cut: string;
}

export interface Scripts {
  bokehjs: string;
  script: string;
  style: string;
}

/** What the screen asks for beside the numbers. */
export interface Wish {
  wants: 'map' | 'view' | 'story' | 'comments' | 'bokehjs';
  view?: string;
  place?: number;
}

export interface Reply extends Partial<Scripts> {
  wants: Wish['wants'];
  of: string;
  problem?: string;
  measured?: MeasuredMap;
  view?: View;
  story?: Story;
  comments?: Comments;
}

/** The model of an anywidget, as far as it is used. */
export interface Model {
  get(name: 'journey_map'): JourneyMap;
  get(name: 'offers'): Offers;
  get(name: 'asked'): Partial<Choice>;
  get(name: 'answer'): Answer;
  set(name: 'asked', value: Choice): void;
  save_changes(): void;
  send(message: object): void;
  on(event: string, act: (message: Reply) => void): void;
  off(event: string, act: (message: Reply) => void): void;
}

export function written(choice: Partial<Choice>): Choice {
  const names = Object.keys(EVERYTHING) as (keyof Choice)[];
  return Object.fromEntries(names.map(name => [name, choice[name] || null])) as unknown as Choice;
}

/** The same text for the same choice. */
export function keyOf(choice: Partial<Choice>): string {
  return JSON.stringify(written(choice));
}
