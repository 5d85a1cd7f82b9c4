import { describe, expect, it } from 'vitest';
import { readWanted, retested } from '../../src/component/details/condition';
import { durationInWords, readDuration } from '../../src/component/details/durations';
import { read, readPlain, written, writtenPlain } from '../../src/component/details/reading';
import { readJson } from '../../src/component/details/own';
import { Field, fieldOf } from '../../src/map/shape';

const field = (part: string, name: string): Field => fieldOf(part, name)!;

describe('a length of time is written as people say it', () => {
  it.each([
    ['3 days', 'P3D'],
    ['1.5 h', 'PT1H30M'],
    ['1 hour and 30 min', 'PT1H30M'],
    ['2 weeks, 1 day', 'P15D'],
    ['90 s', 'PT1M30S'],
    ['0.5 s', 'PT0.5S'],
    ['45m', 'PT45M'],
    ['pt45m', 'PT45M'],
    ['0 days', 'P0D']
  ])('%s is %s', (typed, iso) => {
    expect(readDuration(typed)).toBe(iso);
  });

  it.each(['soon', '3', '2 months', 'P1Y', '3 days ago', '', '-1 day'])('%j is none', typed => {
    expect(readDuration(typed)).toBeNull();
  });

  it.each([
    ['P3D', '3 days'],
    ['P1DT12H', '1 day 12 hours'],
    ['P1W', '7 days'],
    ['PT0S', '0 days'],
    ['PT1.5S', '1.5 seconds'],
    ['a while', 'a while']
  ])('%s reads %s', (iso, words) => {
    expect(durationInWords(iso)).toBe(words);
  });
});

describe('only values that fit the field are kept', () => {
  it.each<[string, string, string, unknown]>([
    ['Touchpoint', 'emotion', '-1.5', -1.5],
    ['Touchpoint', 'emotion', ' ', null],
    ['Touchpoint', 'capacity', '30', 30],
    ['Rule', 'priority', '0', null],
    ['JourneyMap', 'created', '2025-03-31', '2025-03-31'],
    ['JourneyMap', 'created', '31.3.2025', '2025-03-31'],
    ['JourneySettings', 'currency', ' EUR ', 'EUR'],
    ['JourneySettings', 'currency', '', null],
    ['Touchpoint', 'doing', '', null],
    ['PainPoint', 'text', '', ''],
    ['Persona', 'goals', ' save\n\n laugh ', ['save', 'laugh']],
    ['Persona', 'goals', '\n', null],
    ['Condition', 'in', 'a\n5\n"5"\ntrue', ['a', 5, '5', true]]
  ])('%s.%s: %j', (part, name, typed, value) => {
    expect(read(field(part, name), typed)).toEqual({ value });
  });

  it.each([
    ['Touchpoint', 'emotion', '3', '`emotion` is `3`. Give a number up to 2.'],
    ['Touchpoint', 'emotion', '-3', '`emotion` is `-3`. Give a number from -2 upwards.'],
    ['Touchpoint', 'emotion', '0,5', '`emotion` is `0,5`. Write a point before the decimals: `0.5`.'],
    ['Touchpoint', 'emotion', '1e999', '`emotion` is `1e999`. Give a number that is not infinite.'],
    ['Touchpoint', 'capacity', '1.5', '`capacity` is `1.5`. Give a whole number.'],
    ['JourneySettings', 'quiet_days', '0', '`quiet_days` is `0`. Give a number above 0.'],
    [
      'JourneySettings',
      'currency',
      'eur',
      '`currency` is `eur`. Write three capital letters, such as `EUR`.'
    ],
    ['Stage', 'name', '  ', '`name` is empty. Write at least 1 character.'],
    [
      'Stage',
      'id',
      '',
      '`id` is empty. Write an id of letters A to Z, digits, `-`, `_` and `.`, which begins with a letter or digit and has at most 100 characters.'
    ],
    [
      'JourneyMap',
      'created',
      '2025-02-30',
      '`created` is `2025-02-30`. Write a day of the calendar in ISO 8601, such as `2025-03-31`.'
    ],
    [
      'Touchpoint',
      'duration',
      'P1M',
      '`duration` is `P1M`. Write a length of time, such as `3 days`, `45 min` or `PT45M`; months and years differ in length.'
    ],
    [
      'PainPoint',
      'id',
      'a b',
      '`id` is `a b`. Write an id of letters A to Z, digits, `-`, `_` and `.`, which begins with a letter or digit and has at most 100 characters.'
    ]
  ])('%s.%s refuses %j and says what to write', (part, name, typed, wrong) => {
    expect(read(field(part, name), typed)).toEqual({ wrong });
  });

  it('a field shows its usual value where the map says nothing', () => {
    expect(written(field('JourneyMap', 'review_interval_days'), undefined)).toBe('90');
  });
});

describe('a value of a condition is read back as it was written', () => {
  it.each(['a', '5', 'true', ' a ', '', 'two\nlines', '"quoted"', 'say "hi"', '1e5', 5, 0.5, true, false])(
    '%j',
    value => {
      expect(readPlain(writtenPlain(value))).toBe(value);
    }
  );
});

describe('a condition keeps what it said when its test changes', () => {
  it.each([
    ['is', 'in', { is: 'a', column: 'page' }, { in: ['a'], column: 'page' }],
    ['in', 'is', { in: ['a', 'b'] }, { is: 'a' }],
    ['is', 'all', { is: 'a', column: 'page' }, { all: [{ is: 'a', column: 'page' }] }],
    ['all', 'any', { all: [{ is: 'a' }, { is: 'b' }] }, { any: [{ is: 'a' }, { is: 'b' }] }],
    ['all', 'not', { all: [{ is: 'a' }, { is: 'b' }] }, { not: { all: [{ is: 'a' }, { is: 'b' }] } }],
    ['not', 'all', { not: { is: 'a' } }, { all: [{ is: 'a' }] }],
    ['any', 'starts_with', { any: [{ is: 5, column: 'page' }] }, { starts_with: '5', column: 'page' }],
    ['is', 'at_least', { is: '7' }, { at_least: 7 }],
    ['is', 'glob', { is: 'a', x_why: 'note' }, { glob: 'a', x_why: 'note' }]
  ])('from %s to %s', (test, next, condition, after) => {
    expect(retested(condition, test, next)).toEqual(after);
  });

  it.each(['(', '[a', '*a'])('%j is no regular expression', typed => {
    expect(readWanted(field('Condition', 'matches'), 'matches', typed)).toHaveProperty('wrong');
  });

  it.each(['(?i)buy', '(?P<page>a)(?P=page)', 'a++b', '(?>a|b)', '^cart$'])(
    '%j is one, as Python reads it',
    typed => {
      expect(readWanted(field('Condition', 'matches'), 'matches', typed)).toEqual({ value: typed });
    }
  );

  it('a list of values has at least one', () => {
    expect(readWanted({ ...field('Condition', 'in'), required: true }, 'in', ' ')).toEqual({
      wrong: 'The condition says `in` with nothing in it. Give at least one entry.'
    });
  });
});

it('a field of one’s own is JSON or is refused', () => {
  expect(readJson('{"a": [1]}')).toEqual({ value: { a: [1] } });
  expect(readJson('{a')).toHaveProperty('wrong');
});
