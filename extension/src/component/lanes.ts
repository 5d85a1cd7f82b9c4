import type { Touchpoint } from '../map/generated/journey-map';
import type { Measured } from '../map/generated/measured-map';
import { Place, join } from '../map/place';
import type { CrossReferences } from './cross-references';
import { Felt, isGap, sentenceOf } from './numbers';
import { ALL_LANES, EMOTIONS, LANES, Lane, MOMENTS } from './words';

/** A row of the grid: a lane, or the stages above them. */
export type Row = Lane | 'stage';

const FIELDS: Partial<Record<Row, string>> = {
  stage: 'name',
  touchpoint: 'name',
  channel: 'channel',
  department: 'department',
  doing: 'doing',
  thinking: 'thinking',
  feeling: 'feeling',
  expectation: 'expectation',
  emotion: 'emotion',
  pain_points: 'pain_points',
  moments_of_truth: 'moment_of_truth',
  evidence: 'evidence',
  backstage: 'backstage'
};

const ROWS: Record<string, Lane> = {
  ...Object.fromEntries(ALL_LANES.filter(lane => FIELDS[lane]).map(lane => [FIELDS[lane]!, lane])),
  name: 'touchpoint',
  handoff_to: 'department',
  emotion_status: 'emotion',
  emotion_source: 'emotion'
};

/** Where the content of a cell is in the map; the part itself where the cell shows several fields. */
export function placeIn(column: Place, row: Row): Place {
  const isName = FIELDS[row] === 'name';
  return isName ? column : join(column, FIELDS[row] ?? '');
}

/** The row and column that show what stands at `place`. */
export function cellAt(place: Place): { row: Row; at: Place } | null {
  const [list, key, field] = place.split('/');
  if (key === undefined || (list !== 'stages' && list !== 'touchpoints')) {
    return null;
  }
  const row = list === 'stages' ? 'stage' : (ROWS[field ?? 'name'] ?? 'touchpoint');
  return { row, at: join(list, key) };
}

/** The lanes to show, in order: those asked for, else all that can show something. The first stays. */
export function lanesToShow(asked: readonly string[] | null, isMeasured: boolean): Lane[] {
  const wanted = asked?.length ? asked : ALL_LANES.filter(lane => lane !== 'measured' || isMeasured);
  const known = wanted.filter((lane): lane is Lane => lane in LANES && lane !== 'touchpoint');
  return ['touchpoint', ...new Set(known)];
}

type Texts = (
  touchpoint: Touchpoint,
  refs: CrossReferences,
  numbers: readonly Measured[]
) => (string | undefined | null)[];

const TEXTS: Record<Lane, Texts> = {
  touchpoint: one => [one.name],
  measured: (_, __, numbers) => numbers.filter(one => !isGap(one)).map(sentenceOf),
  channel: (one, refs) => [one.channel && refs.name('channels', one.channel)],
  department: (one, refs) => [
    one.department && refs.name('departments', one.department),
    one.handoff_to && `→ ${refs.name('departments', one.handoff_to)}`
  ],
  doing: one => [one.doing],
  thinking: one => [one.thinking],
  feeling: one => [one.feeling],
  expectation: (one, _, numbers) => [one.expectation?.text, ...numbers.filter(isGap).map(sentenceOf)],
  emotion: one => [typeof one.emotion === 'number' ? emotionInWords(one.emotion) : null],
  pain_points: one => (one.pain_points ?? []).map(pain => pain.text),
  moments_of_truth: ({ moment_of_truth: moment }) => [
    moment && [momentInWords(moment.kind), moment.rationale].filter(Boolean).join(': ')
  ],
  opportunities: (one, refs) => refs.opportunitiesAt(one).map(([, opportunity]) => opportunity.name),
  evidence: (one, refs) =>
    refs.evidenceAt(one).map(evidence => evidence.name || evidence.quote || evidence.id),
  backstage: one => (one.backstage ?? []).map(work => work.action)
};

/** What a cell says, as lines of text: to find, to copy, and to say what it was before. */
export function textsOf(
  lane: Lane,
  touchpoint: Touchpoint,
  refs: CrossReferences,
  numbers: readonly Measured[] = []
): string[] {
  return TEXTS[lane](touchpoint, refs, numbers).filter(
    text => typeof text === 'string' && text !== ''
  ) as string[];
}

export function emotionInWords(emotion: number): string {
  const value = emotion > 0 ? `+${emotion}` : String(emotion).replace('-', '−');
  return `${value} ${EMOTIONS[String(Math.round(emotion))] ?? ''}`.trim();
}

export function momentInWords(kind: string | null | undefined): string {
  return kind ? (MOMENTS[kind] ?? kind) : 'moment of truth';
}

/** Whether a number has a place of its own in the lane of measures: not as emotion, nor as a gap. */
export function standsAlone(number: Measured, felt: Felt): boolean {
  return number !== felt.score && !isGap(number);
}
