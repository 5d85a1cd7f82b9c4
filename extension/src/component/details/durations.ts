/** Lengths of time: as people say them and as the file holds them. */
import { durationText } from '../../map/text';

const ISO =
  /^P(?=.)(?:\d{1,8}W)?(?:\d{1,8}D)?(?:T(?=.)(?:\d{1,8}H)?(?:\d{1,8}M)?(?:\d{1,8}(?:\.\d{1,6})?S)?)?$/;
const PART = /(\d{1,8}(?:\.\d{1,6})?)\s*([a-z]+)/gi;
const UNITS: Record<string, number> = { week: 604800, day: 86400, hour: 3600, minute: 60, second: 1 };
const SHORT: Record<string, string> = {
  w: 'week',
  wk: 'week',
  d: 'day',
  h: 'hour',
  hr: 'hour',
  m: 'minute',
  min: 'minute',
  s: 'second',
  sec: 'second'
};
const IN_WORDS: Record<string, string> = { D: 'day', H: 'hour', M: 'minute', S: 'second' };

/** `P1DT12H` is `1 day 12 hours`; what is no length of time stays. */
export function durationInWords(written: string): string {
  if (!ISO.test(written)) {
    return written;
  }
  const parts = [...durationText(written).matchAll(/([\d.]+)([DHMS])/g)];
  return parts.map(([, number, unit]) => `${number} ${IN_WORDS[unit]}${number === '1' ? '' : 's'}`).join(' ');
}

/** ISO 8601 for `P3D`, `3 days`, `1.5 h` or `1 hour and 30 min`; null for anything else. */
export function readDuration(typed: string): string | null {
  const text = typed.trim();
  if (ISO.test(text.toUpperCase())) {
    return durationText(text.toUpperCase());
  }
  const rest = text.replace(PART, '').replace(/\band\b|[\s,]/gi, '');
  const parts = [...text.matchAll(PART)].map(
    ([, number, unit]) => Number(number) * (UNITS[unitOf(unit)] ?? NaN)
  );
  const seconds = parts.reduce((sum, part) => sum + part, 0);
  if (rest !== '' || parts.length === 0 || !Number.isFinite(seconds)) {
    return null;
  }
  const whole = Math.floor(seconds);
  const fraction = Math.round((seconds - whole) * 1e6);
  const days = Math.floor(whole / UNITS.day);
  const tail = fraction === 0 ? '' : `.${String(fraction).padStart(6, '0')}`;
  return durationText(`P${days}DT${whole % UNITS.day}${tail}S`);
}

function unitOf(word: string): string {
  const small = word.toLowerCase();
  const singular = small.length > 1 ? small.replace(/s$/, '') : small;
  return SHORT[singular] ?? SHORT[small] ?? singular;
}
