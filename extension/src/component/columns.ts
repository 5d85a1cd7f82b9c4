import type { JourneyMap, Stage, Touchpoint } from '../map/generated/journey-map';
import type { Measured } from '../map/generated/measured-map';
import { Place, Standing, join, keysOf, placeOf, touchpointsOf } from '../map/place';
import { CrossReferences } from './cross-references';
import { piecesOf } from './curve';
import { Before, Differences } from './differences';
import type { Peer, Problem } from './host';
import { Row, cellAt } from './lanes';
import { Felt, feltAt } from './numbers';

/** All that a column of the grid shows. It is the same object as long as nothing of that changes. */
export interface Column {
  /** Of the touchpoint; of its stage where the stage has none yet. */
  place: Place;
  stage: Place;
  touchpoint: Touchpoint | null;
  numbers: readonly Measured[];
  felt: Felt;
  /** The piece of the emotion curve in this column, as drawing commands. */
  piece: string;
  problems: ReadonlyMap<Row, readonly Problem[]>;
  differences: Differences;
  peers: ReadonlyMap<Row, Peer>;
  /** Whether the chosen persona likes the channel; null where that is not known. */
  preferred: boolean | null;
  refs: CrossReferences;
}

/** A stage and the columns below it. */
export interface Section {
  place: Place;
  stage: Stage;
  numbers: readonly Measured[];
  problems: readonly Problem[];
  difference: Differences;
  removed: readonly string[];
  peer: Peer | undefined;
  columns: readonly Column[];
}

export interface Given {
  map: JourneyMap;
  numbersOf(id: string): readonly Measured[];
  problems: readonly Problem[];
  peers: readonly Peer[];
  before: JourneyMap | null;
  persona: string | null;
}

const NOTHING: ReadonlyMap<Row, never> = new Map<Row, never>();
const NOT_FELT: Felt = { claimed: null, measured: null, low: null, high: null, score: null };
const EMPTY = {
  touchpoint: null,
  numbers: [],
  problems: NOTHING,
  differences: NOTHING,
  peers: NOTHING,
  preferred: null
};

/** Makes the columns of a map, and makes anew only those that changed. */
export class Columns {
  private known = new Map<Place, [unknown[], Column]>();

  sections(given: Given, refs: CrossReferences): Section[] {
    const { map } = given;
    const keys = keysOf(map.stages ?? []);
    const problems = byPlace(given.problems.map(one => [placeOf(map, one.place), one]));
    const peers = byPlace(given.peers.map(one => [one.place, one]));
    const before = given.before && new Before(new CrossReferences(given.before), map);
    const now = new Set(touchpointsOf(map).map(one => join('touchpoints', one.key)));
    const columns = this.columns(given, refs, before, problems, peers);
    return (map.stages ?? []).map((stage, number) => {
      const place = join('stages', keys[number]);
      return {
        place,
        stage,
        numbers: given.numbersOf(stage.id),
        problems: problems.get(place)?.get('stage') ?? [],
        difference: before?.ofStage(place, stage) ?? NOTHING,
        removed: before?.removedFrom(place, now) ?? [],
        peer: peers.get(place)?.get('stage')?.[0],
        columns: columns.filter(column => column.stage === place)
      };
    });
  }

  private columns(
    given: Given,
    refs: CrossReferences,
    before: Before | null,
    problems: ByPlace<Problem>,
    peers: ByPlace<Peer>
  ): Column[] {
    const stages = given.map.stages ?? [];
    const keys = keysOf(stages).map(key => join('stages', key));
    const standings = touchpointsOf(given.map);
    const all = stages.flatMap((_, number): (Standing | number)[] => {
      const own = standings.filter(one => one.stage === number);
      return own.length ? own : [number];
    });
    const felt = all.map(one =>
      typeof one === 'number' ? NOT_FELT : feltAt(one.touchpoint, given.numbersOf(one.touchpoint.id))
    );
    const pieces = piecesOf(felt.map(one => one.claimed));
    const likes = preferences(given);
    const known = new Map<Place, [unknown[], Column]>();
    const columns = all.map((one, at) => {
      const shown = { felt: felt[at], piece: pieces[at], refs };
      if (typeof one === 'number') {
        return this.kept(known, { ...EMPTY, ...shown, place: keys[one], stage: keys[one] });
      }
      const { touchpoint } = one;
      const place = join('touchpoints', one.key);
      return this.kept(known, {
        ...shown,
        place,
        stage: keys[one.stage],
        touchpoint,
        numbers: given.numbersOf(touchpoint.id),
        problems: problems.get(place) ?? NOTHING,
        differences: before?.ofTouchpoint(place, touchpoint, refs) ?? NOTHING,
        peers: first(peers.get(place) ?? NOTHING),
        preferred: likes(touchpoint)
      });
    });
    this.known = known;
    return columns;
  }

  private kept(known: Map<Place, [unknown[], Column]>, made: Column): Column {
    const signs = [
      made.stage,
      made.touchpoint,
      made.felt.claimed,
      made.piece,
      made.preferred,
      ...made.numbers,
      ...[...made.problems].flatMap(([row, ones]) => [
        row,
        ...ones.map(one => one.what + one.cure + one.value)
      ]),
      ...[...made.differences].flatMap(([row, one]) => [row, one.mark, one.was]),
      ...[...made.peers].flatMap(([row, one]) => [row, one.name, one.color]),
      ...(made.touchpoint ? made.refs.seenFrom(made.touchpoint) : [])
    ];
    const before = this.known.get(made.place);
    const unchanged =
      before?.[0].length === signs.length && before[0].every((sign, at) => sign === signs[at]);
    const column = unchanged ? before![1] : made;
    known.set(made.place, [signs, column]);
    return column;
  }
}

type ByPlace<T> = ReadonlyMap<Place, ReadonlyMap<Row, readonly T[]>>;

function byPlace<T>(all: [Place | null, T][]): Map<Place, Map<Row, T[]>> {
  const found = new Map<Place, Map<Row, T[]>>();
  for (const [place, one] of all) {
    const cell = place === null ? null : cellAt(place);
    if (cell) {
      const rows = found.get(cell.at) ?? new Map<Row, T[]>();
      found.set(cell.at, rows.set(cell.row, [...(rows.get(cell.row) ?? []), one]));
    }
  }
  return found;
}

function first(peers: ReadonlyMap<Row, readonly Peer[]>): ReadonlyMap<Row, Peer> {
  return peers.size ? new Map([...peers].map(([row, ones]) => [row, ones[0]])) : NOTHING;
}

/** Says of a touchpoint whether it runs through a channel that the chosen persona prefers. */
function preferences({ map, persona }: Given): (touchpoint: Touchpoint) => boolean | null {
  const preferred = (map.personas ?? []).find(one => one.id === persona)?.preferred_channels ?? [];
  if (preferred.length === 0) {
    return () => null;
  }
  const kinds = new Map((map.channels ?? []).map(channel => [channel.id, channel.kind]));
  return touchpoint => {
    const channel = touchpoint.channel;
    return channel ? preferred.includes(channel) || preferred.includes(kinds.get(channel) ?? '') : null;
  };
}
