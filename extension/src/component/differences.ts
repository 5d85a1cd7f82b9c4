import type { JourneyMap, Stage, Touchpoint } from '../map/generated/journey-map';
import { same } from '../map/json';
import { Place, join, keysOf, touchpointsOf } from '../map/place';
import type { CrossReferences } from './cross-references';
import { Row, textsOf } from './lanes';
import { ALL_LANES, Lane } from './words';

/** What became of a cell since the other map, and what it said there. */
export interface Difference {
  mark: 'added' | 'removed' | 'changed' | 'moved';
  was: string;
}

export type Differences = ReadonlyMap<Row, Difference>;
export const MARK_SHAPES = { added: '+', removed: '−', changed: 'Δ', moved: '⇄' } as const;
const NONE: Differences = new Map();
const OTHER_FIELDS: Partial<Record<Lane, string[]>> = {
  touchpoint: ['kind', 'optionality'],
  expectation: ['expectation'],
  emotion: ['emotion', 'emotion_status'],
  pain_points: ['pain_points'],
  moments_of_truth: ['moment_of_truth'],
  backstage: ['backstage']
};

/** One map set against an earlier or another one, column by column. */
export class Before {
  private readonly touchpoints: Map<Place, [Touchpoint, Place]>;
  private readonly stages: Map<Place, Stage>;
  private readonly moved: ReadonlySet<Place>;

  constructor(
    private readonly refs: CrossReferences,
    now: JourneyMap
  ) {
    const stages = refs.map.stages ?? [];
    const keys = keysOf(stages);
    this.stages = new Map(stages.map((stage, number) => [join('stages', keys[number]), stage]));
    this.touchpoints = new Map(
      touchpointsOf(refs.map).map(one => [
        join('touchpoints', one.key),
        [one.touchpoint, join('stages', keys[one.stage])]
      ])
    );
    const nowKeys = keysOf(now.stages ?? []);
    const order = [...this.touchpoints.keys()];
    const ranks = touchpointsOf(now).map(one => ({
      place: join('touchpoints', one.key),
      stage: join('stages', nowKeys[one.stage])
    }));
    const still = inOrder(
      ranks.filter(one => this.touchpoints.has(one.place)).map(one => order.indexOf(one.place))
    );
    this.moved = new Set(
      ranks
        .filter(one => this.touchpoints.has(one.place))
        .filter(
          one => !still.has(order.indexOf(one.place)) || this.touchpoints.get(one.place)![1] !== one.stage
        )
        .map(one => one.place)
    );
  }

  ofTouchpoint(place: Place, now: Touchpoint, refs: CrossReferences): Differences {
    const found = this.touchpoints.get(place);
    if (!found) {
      return new Map([['touchpoint', { mark: 'added', was: '' }]]);
    }
    const [then] = found;
    const differences = new Map<Row, Difference>();
    for (const lane of ALL_LANES.filter(one => one !== 'measured')) {
      const was = textsOf(lane, then, this.refs);
      const is = textsOf(lane, now, refs);
      const fields = (OTHER_FIELDS[lane] ?? []) as (keyof Touchpoint)[];
      if (!same(was, is) || fields.some(field => !same(then[field] ?? null, now[field] ?? null))) {
        const mark = was.length === 0 ? 'added' : is.length === 0 ? 'removed' : 'changed';
        differences.set(lane, { mark, was: was.join('; ') });
      }
    }
    if (this.moved.has(place)) {
      differences.set('touchpoint', { mark: 'moved', was: differences.get('touchpoint')?.was ?? then.name });
    }
    return differences.size ? differences : NONE;
  }

  ofStage(place: Place, now: Stage): Differences {
    const then = this.stages.get(place);
    if (!then) {
      return new Map([['stage', { mark: 'added', was: '' }]]);
    }
    return then.name === now.name ? NONE : new Map([['stage', { mark: 'changed', was: then.name }]]);
  }

  /** Names of the touchpoints that stood in this stage and are nowhere any more. */
  removedFrom(stage: Place, now: ReadonlySet<Place>): string[] {
    return [...this.touchpoints]
      .filter(([place, [, of]]) => of === stage && !now.has(place))
      .map(([, [touchpoint]]) => touchpoint.name);
  }
}

/** The longest run of numbers that grows: whoever is in it did not move. */
function inOrder(ranks: readonly number[]): Set<number> {
  const tails: number[] = [];
  const before = new Map<number, number | undefined>();
  for (const rank of ranks) {
    let at = tails.findIndex(tail => tail >= rank);
    at = at < 0 ? tails.length : at;
    before.set(rank, tails[at - 1]);
    tails[at] = rank;
  }
  const run = new Set<number>();
  for (let rank = tails.at(-1); rank !== undefined; rank = before.get(rank)) {
    run.add(rank);
  }
  return run;
}
