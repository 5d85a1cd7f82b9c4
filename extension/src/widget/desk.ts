import type { ReactiveControllerHost } from 'lit';
import type { JourneyMap } from '../map/generated/journey-map';
import type { Kernel } from './kernel';
import type { Change, NewTouchpoint } from './model';
import type { Target } from './targets';

/** A change of one rule that somebody looks at before it is kept. */
export interface Proposal {
  /** The touchpoint or outcome; that of `insert` where it is not there yet. */
  target: string;
  change: Change;
  insert?: NewTouchpoint;
  /** What the change may also ask for: the values of the row that was put somewhere. */
  values?: Record<string, string | number | boolean | null>;
}

/** What the parts of the rule builder see of it, and how they ask for something. */
export interface Desk extends ReactiveControllerHost {
  readonly map: JourneyMap;
  readonly kernel: Kernel;
  readonly readonly: boolean;
  readonly renderRoot: HTMLElement | DocumentFragment;
  readonly targets: readonly Target[];
  /** Shows what the change would do. */
  propose(proposal: Proposal): void;
  /** Says a sentence to people who hear the screen. */
  announce(sentence: string): void;
  /** Gives the keyboard to the first of these that is there after the next drawing. */
  goTo(...selectors: string[]): void;
}
