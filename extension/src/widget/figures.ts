/** Counts, shares and days as they are read. */
import type { Covered, Values } from './model';

const WHOLE = new Intl.NumberFormat('en');
const SIGNED = new Intl.NumberFormat('en', { signDisplay: 'always' });
const PERCENT = new Intl.NumberFormat('en', {
  style: 'percent',
  minimumFractionDigits: 1,
  maximumFractionDigits: 1
});
const DAY = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC'
});
const STEP = 0.001;

export function whole(count: number): string {
  return WHOLE.format(count);
}

export function counted(count: number, one: string, many: string = `${one}s`): string {
  return `${whole(count)} ${count === 1 ? one : many}`;
}

/** `+8,120`, `−40`, or `no change`. */
export function difference([old, now]: readonly [number, number]): string {
  return old === now ? 'no change' : SIGNED.format(now - old).replace('-', '−');
}

/** Rounded so that neither all nor nothing is said where it is not so. */
export function percent(share: number | null): string {
  if (share === null) {
    return '–';
  }
  const honest = share > 0 && share < 1 ? Math.min(Math.max(share, STEP), 1 - STEP) : share;
  return PERCENT.format(honest);
}

export function coverageSentence(covered: Covered): string {
  return covered.events === 0
    ? 'There are no events in this period.'
    : `${whole(covered.claimed)} of ${counted(covered.events, 'event')} matched (${percent(covered.share)}).`;
}

/** The days between which something was seen, in UTC as everything is counted. */
export function days(first: string, last: string): string {
  const [from, to] = [new Date(first), new Date(last)];
  return Number.isNaN(from.getTime()) || Number.isNaN(to.getTime())
    ? `${first} – ${last}`
    : DAY.formatRange(from, to);
}

/** `add_to_cart, channel app`. */
export function rowName(values: Values): string {
  const [event, ...others] = Object.entries(values);
  const name = shownValue(event?.[1]);
  return [name, ...others.map(([column, value]) => `${column} ${shownValue(value)}`)].join(', ');
}

export function shownValue(value: unknown): string {
  return value === null || value === undefined ? '(none)' : value === '' ? '(empty)' : String(value);
}
