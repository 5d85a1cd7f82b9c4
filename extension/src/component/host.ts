import type { ReactiveControllerHost } from 'lit';
import type { JourneyMap } from '../map/generated/journey-map';
import type { Measured, MeasuredMap } from '../map/generated/measured-map';
import type { Operation } from '../map/operations';
import type { Place } from '../map/place';

/** A contradiction in the map, as `JourneyMap.problems` finds it; `place` is as Python writes it. */
export interface Problem {
  place: string;
  value: string;
  what: string;
  cure: string;
}

/** Somebody else who edits the same map, and where. */
export interface Peer {
  name: string;
  color: string;
  place: Place | null;
}

/** What the parts of the component see of it, and how they ask for a change. */
export interface Host extends ReactiveControllerHost {
  readonly journeyMap: JourneyMap;
  readonly measured: MeasuredMap | null;
  readonly readonly: boolean;
  readonly peers: readonly Peer[];
  readonly selected: Place | null;
  /** The element's shadow root, to find and focus what was rendered. */
  readonly renderRoot: HTMLElement | DocumentFragment;
  /** Problems at this place or below it. */
  problemsAt(place: Place): readonly Problem[];
  /** Numbers measured about the part with this id, in the order of the file. */
  numbersOf(id: string): readonly Measured[];
  /** Asks whoever holds the map for one step of undo with these operations. */
  edit(label: string, ...operations: Operation[]): void;
  select(place: Place | null): void;
  /** Says a sentence to people who hear the screen. */
  announce(sentence: string): void;
}
