import type { PropertyValues } from 'lit';
import type { JourneyMap } from '../map/generated/journey-map';
import type { Measured, MeasuredMap } from '../map/generated/measured-map';
import { Place, placeOf } from '../map/place';
import { Columns, Section } from './columns';
import { CrossReferences } from './cross-references';
import type { Peer, Problem } from './host';

/** What the component was given. */
export interface Given {
  readonly journeyMap: JourneyMap;
  readonly measured: MeasuredMap | null;
  readonly problems: readonly Problem[];
  readonly peers: readonly Peer[];
  readonly beside: JourneyMap | null;
  readonly persona: string | null;
}

const SHOWN = ['journeyMap', 'measured', 'problems', 'peers', 'beside', 'persona'] as const;

/** The map read for the grid: its stages and columns, its numbers and problems by place. */
export class Reading {
  sections: readonly Section[] = [];
  refs: CrossReferences;
  private readonly columns = new Columns();
  private numbers = new Map<string, Measured[]>();
  private places: [Place, Problem][] = [];

  constructor(private readonly given: Given) {
    this.refs = new CrossReferences(given.journeyMap);
  }

  problemsAt(place: Place): readonly Problem[] {
    const found = this.places.filter(([at]) => place === '' || at === place || at.startsWith(`${place}/`));
    return found.map(([, problem]) => problem);
  }

  numbersOf(id: string): readonly Measured[] {
    return this.numbers.get(id) ?? [];
  }

  /** Reads anew what changed. */
  read(changed: PropertyValues<Given>): void {
    const { journeyMap: map, measured, problems, peers, beside: before, persona } = this.given;
    if (changed.has('journeyMap')) {
      this.refs = new CrossReferences(map);
    }
    if (changed.has('measured')) {
      this.numbers = byTarget(measured?.targets ?? []);
    }
    if (changed.has('problems') || changed.has('journeyMap')) {
      this.places = problems.map(one => [placeOf(map, one.place) ?? '', one]);
    }
    if (SHOWN.some(name => changed.has(name))) {
      const numbersOf = (id: string) => this.numbersOf(id);
      this.sections = this.columns.sections({ map, numbersOf, problems, peers, before, persona }, this.refs);
    }
  }
}

function byTarget(numbers: readonly Measured[]): Map<string, Measured[]> {
  const found = new Map<string, Measured[]>();
  for (const one of numbers) {
    found.set(one.target, [...(found.get(one.target) ?? []), one]);
  }
  return found;
}
