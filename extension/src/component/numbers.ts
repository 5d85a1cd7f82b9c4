/** Measured numbers in words, and the emotion that was measured beside the one the map claims. */
import type { Expectation, Touchpoint } from '../map/generated/journey-map';
import type { Measured } from '../map/generated/measured-map';
import { MEASURES, VERDICTS } from './words';

export const WORST = -2;
export const BEST = 2;
const SCORES = ['weighted-mean-score', 'mean-score'];
const WHOLE = new Intl.NumberFormat('en');
const DECIMAL = new Intl.NumberFormat('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const PERCENT = new Intl.NumberFormat('en', {
  style: 'percent',
  minimumFractionDigits: 1,
  maximumFractionDigits: 1
});
const SIGNED = new Intl.NumberFormat('en', {
  minimumFractionDigits: 2,
  maximumFractionDigits: 2,
  signDisplay: 'exceptZero'
});

export const measureOf = (number: Measured): string => number.measure.split(':')[0];
export const isShare = (number: Measured): boolean => (number.unit ?? '').startsWith('share');
export const isGap = (number: Measured): boolean => measureOf(number) === 'expectation-gap';
export const signed = (value: number): string => SIGNED.format(value).replace('-', '−');

export function nameOf(number: Measured): string {
  const [measure, ...question] = number.measure.split(':');
  return [MEASURES[measure] ?? measure.replaceAll('-', ' '), question.join(':')].filter(Boolean).join(' ');
}

function written(value: number, number: Measured): string {
  if (isShare(number)) {
    return PERCENT.format(value);
  }
  return isGap(number) ? signed(value) : DECIMAL.format(value).replace('-', '−');
}

export function estimateOf(number: Measured): string {
  return typeof number.estimate === 'number' ? written(number.estimate, number) : '–';
}

export function intervalOf(number: Measured): string {
  const { low, high } = number;
  return typeof low === 'number' && typeof high === 'number'
    ? `${written(low, number)} – ${written(high, number)}`
    : '';
}

export function countOf(count: number | null | undefined): string {
  return typeof count === 'number' ? WHOLE.format(count) : '–';
}

export const confidenceOf = (number: Measured): string => `${Math.round((number.confidence ?? 0.95) * 100)}%`;

export function sizeOf(number: Measured): string {
  const open = number.open ? `, ${countOf(number.open)} open` : '';
  return typeof number.n === 'number' ? `n ${countOf(number.n)}${open}` : '';
}

export function verdictOf(number: Measured): string {
  return number.verdict ? (VERDICTS[number.verdict] ?? number.verdict) : '';
}

/** The whole number as one sentence, for titles and for people who hear the screen. */
export function sentenceOf(number: Measured): string {
  const interval = intervalOf(number);
  const parts = [
    `${nameOf(number)} ${estimateOf(number)}`,
    interval && `${confidenceOf(number)} interval ${interval}`,
    sizeOf(number),
    number.grade && `grade ${number.grade}`,
    verdictOf(number)
  ];
  return `Measured: ${parts.filter(Boolean).join(', ')}.`;
}

/** All on one scale from -2 to 2; `score` is the number as it was measured. */
export interface Felt {
  claimed: number | null;
  measured: number | null;
  low: number | null;
  high: number | null;
  score: Measured | null;
}

/**
 * A score that is weighted to speak for all comes first; of several questions the one with most
 * answers counts. It is set beside the claim only where it says on which scale it was asked.
 */
export function feltAt(touchpoint: Touchpoint, numbers: readonly Measured[]): Felt {
  const scores = numbers.filter(one => SCORES.includes(measureOf(one)));
  scores.sort(
    (a, b) => SCORES.indexOf(measureOf(a)) - SCORES.indexOf(measureOf(b)) || (b.n ?? 0) - (a.n ?? 0)
  );
  const claimed = typeof touchpoint.emotion === 'number' ? touchpoint.emotion : null;
  const score = scores[0];
  const scale = scaleOf(score);
  if (!score || !scale || typeof score.estimate !== 'number') {
    return { claimed, measured: null, low: null, high: null, score: null };
  }
  const moved = (value: number | null | undefined) =>
    typeof value === 'number'
      ? clamped(WORST + ((value - scale[0]) / (scale[1] - scale[0])) * (BEST - WORST))
      : null;
  return { claimed, measured: moved(score.estimate), low: moved(score.low), high: moved(score.high), score };
}

function clamped(value: number): number {
  return Math.min(Math.max(value, WORST), BEST);
}

export function scaleOf(scaled: Expectation | Measured | null | undefined): [number, number] | null {
  const { scale_min: least, scale_max: most } = scaled ?? {};
  return typeof least === 'number' && typeof most === 'number' && least < most ? [least, most] : null;
}
