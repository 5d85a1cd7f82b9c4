import { expect, it } from 'vitest';
import { counted, coverageSentence, days, difference, percent, rowName } from '../../src/widget/figures';

it('neither all nor nothing is said where it is not so', () => {
  expect([0, 0.00001, 0.5, 0.99999, 1, null].map(percent)).toEqual([
    '0.0%',
    '0.1%',
    '50.0%',
    '99.9%',
    '100.0%',
    '–'
  ]);
});

it('a change has its sign, and none is said in words', () => {
  expect(difference([0, 8120])).toBe('+8,120');
  expect(difference([40, 0])).toBe('−40');
  expect(difference([7, 7])).toBe('no change');
});

it('coverage is told with its numerator and its denominator', () => {
  const covered = { events: 2000, claimed: 1150, unclaimed: 850, share: 0.575 };
  expect(coverageSentence(covered)).toBe('1,150 of 2,000 events matched (57.5%).');
  const none = { events: 0, claimed: 0, unclaimed: 0, share: null };
  expect(coverageSentence(none)).toBe('There are no events in this period.');
});

it('days are those of UTC', () => {
  expect(days('2025-03-31T23:59:00Z', '2025-03-31T23:59:59Z')).toBe('31 Mar 2025');
  expect(days('2025-12-31T23:30:00Z', '2026-01-01T00:10:00Z')).toMatch(/31 Dec 2025.*1 Jan 2026/);
});

it('an event is called by all that tells it apart', () => {
  expect(rowName({ event: 'login', channel: null })).toBe('login, channel (none)');
  expect(rowName({ event: '' })).toBe('(empty)');
  expect([counted(1, 'event'), counted(2000, 'event')]).toEqual(['1 event', '2,000 events']);
});
