import { expect, it } from 'vitest';
import type { Rule } from '../../src/map/generated/journey-map';
import { draftOf, emptyCondition, ruleFromText, ruleOf } from '../../src/widget/rule-draft';

const IN_FIELDS: Rule[] = [
  { where: { is: 'login' } },
  { where: { in: ['login', 'sign_in'] }, priority: -1 },
  { where: { column: 'amount', at_least: 10.5 }, nth: 2 },
  { where: { column: 'page', starts_with: '/shop' }, before: ['paid'] },
  { where: { column: 'member', is: true } },
  { where: { column: 'code', is: '7' } },
  { where: { all: [{ glob: 'pay*' }, { not: { is: 'pay_test' } }, { column: 'channel', is: 'app' }] } },
  { where: { any: [{ is: 'a' }, { all: [{ is: 'b' }, { column: 'channel', is: 'web' }] }] } },
  { where: { matches: '^a' }, after: ['home', 'list'], within: 'PT30M', x_note: 'why' },
  { where: { is: 'login' }, after: ['home'], within: 'P2D' }
];

it.each(IN_FIELDS)('what is put into fields comes out as it was: %j', rule => {
  expect(ruleOf(draftOf(rule)!)).toEqual({ rule, faults: {} });
});

it('defaults that a file states are left out', () => {
  const rule = { where: { is: 'login' }, after: [], within: null, priority: 0 };
  expect(ruleOf(draftOf(rule)!).rule).toEqual({ where: { is: 'login' } });
});

const TOO_MUCH: Rule[] = [
  { where: { all: [{ any: [{ is: 'a' }, { is: 'b' }] }, { column: 'channel', is: 'app' }] } },
  { where: { not: { all: [{ is: 'a' }, { column: 'channel', is: 'app' }] } } },
  { where: { is: 'two\nlines' } },
  { where: { is: 'login' }, after: ['home'], within: 'P1DT2H' },
  { where: { is: 'login', x_note: 'why' } },
  { where: { is: 'login', starts_with: 'log' } }
];

it.each(TOO_MUCH)('what fields cannot say is left as it stands: %j', rule => {
  expect(draftOf(rule)).toBeNull();
});

it('a value is what is recorded under that text, and a number among numbers', () => {
  const recorded: Record<string, (string | number)[]> = { event: ['7', 'login'], amount: [1, 7] };
  const wanted = (column: string, text: string) =>
    ruleOf({ ...draftOf(null)!, alternatives: [[{ ...emptyCondition(column), text }]] }, one => recorded[one])
      .rule!.where.is;
  expect(wanted('event', '7')).toBe('7');
  expect(wanted('amount', '7')).toBe(7);
  expect(wanted('amount', '8')).toBe(8);
  expect(wanted('amount', 'free')).toBe('free');
});

it('what is missing is said at its field', () => {
  const draft = draftOf({ where: { any: [{ is: 'a' }, { column: 'amount', at_most: 3 }] } })!;
  draft.alternatives[0][0].text = ' ';
  draft.alternatives[1][0].text = 'much';
  Object.assign(draft, { nth: '0', priority: 'high', amount: '5' });
  const { rule, faults } = ruleOf(draft);
  expect(rule).toBeNull();
  expect(faults).toEqual({
    'where/any/0': 'Give a value.',
    'where/any/1': '`at_most` is `much`. Give a number.',
    nth: 'Give a whole number from 1 on, or nothing.',
    priority: 'Give a whole number, or nothing.',
    within: 'Name what the time counts from: a touchpoint or an outcome after or before.'
  });
});

it.each([
  ['10,5', '`at_most` is `10,5`. Write a point before the decimals: `10.5`.'],
  ['0x10', '`at_most` is `0x10`. Give a number.'],
  ['1e999', '`at_most` is `1e999`. Give a number that is not infinite.']
])('%s is no number, and the field says what to write', (text, sentence) => {
  const draft = draftOf({ where: { column: 'amount', at_most: 3 } })!;
  draft.alternatives[0][0].text = text;
  expect(ruleOf(draft)).toEqual({ rule: null, faults: { where: sentence } });
});

it('a rule typed as JSON must be an object', () => {
  expect(ruleFromText('{"where": {"is": "a"}}').rule).toEqual({ where: { is: 'a' } });
  expect(ruleFromText('{"where"').fault).toMatch(/^This is no JSON yet: /);
  expect(ruleFromText('["a"]').fault).toMatch(/^A rule is an object in braces/);
});
