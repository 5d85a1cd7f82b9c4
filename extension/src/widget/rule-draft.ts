/** A rule as a form shows it: alternatives, each of which asks one or more things of an event. */
import { readNumber } from '../component/details/reading';
import type { Condition, Rule } from '../map/generated/journey-map';
import { Test, isTest, saidBy } from '../map/conditions';
import { Json, JsonObject, isObject, same } from '../map/json';
import { fieldOf } from '../map/shape';
import type { Value } from './model';

export const UNITS = { minutes: 'M', hours: 'H', days: 'D' } as const;
export type Unit = keyof typeof UNITS;

export interface ConditionDraft {
  column: string;
  test: Test;
  /** Whether the test must fail. */
  not: boolean;
  /** What is typed; for `in` one value a line. */
  text: string;
  /** Values whose type stays what it was as long as their text does. */
  known: Value[];
}

export interface RuleDraft {
  alternatives: ConditionDraft[][];
  after: string[];
  before: string[];
  amount: string;
  unit: Unit;
  nth: string;
  priority: string;
  /** Fields of the rule that the form does not show. */
  rest: JsonObject;
}

/** Sentences by the place in the rule that they are about. */
export type Faults = Record<string, string>;

const DURATION = /^P(?:(\d+)D|T(\d+)H|T(\d+)M)$/;
const SHOWN = new Set(['where', 'after', 'before', 'within', 'nth', 'priority']);
const WHOLE = /^-?\d{1,15}$/;

export function emptyCondition(column = 'event'): ConditionDraft {
  return { column, test: 'is', not: false, text: '', known: [] };
}

/** The rule in the form; null where it says more than the form can show. */
export function draftOf(rule: Rule | null): RuleDraft | null {
  const draft = rule ? drafted(rule) : empty();
  return !rule || (draft && same(ruleOf(draft).rule, withoutDefaults(rule))) ? draft : null;
}

function empty(): RuleDraft {
  return {
    alternatives: [[emptyCondition()]],
    after: [],
    before: [],
    amount: '',
    unit: 'hours',
    nth: '',
    priority: '',
    rest: {}
  };
}

function drafted(rule: Rule): RuleDraft | null {
  const alternatives = alternativesOf(rule.where as Condition);
  const within = withinOf(rule.within ?? null);
  const rest = Object.entries(rule).filter(([name]) => !SHOWN.has(name));
  return (
    alternatives &&
    within && {
      alternatives,
      after: [...(rule.after ?? [])],
      before: [...(rule.before ?? [])],
      ...within,
      nth: rule.nth ? String(rule.nth) : '',
      priority: rule.priority ? String(rule.priority) : '',
      rest: Object.fromEntries(rest) as JsonObject
    }
  );
}

function withoutDefaults(rule: Rule): Json {
  const stated = Object.entries(rule).filter(
    ([, value]) => value !== null && value !== 0 && !(Array.isArray(value) && value.length === 0)
  );
  return Object.fromEntries(stated) as JsonObject;
}

function withinOf(within: string | null): { amount: string; unit: Unit } | null {
  if (within === null) {
    return { amount: '', unit: 'hours' };
  }
  const [, days, hours, minutes] = DURATION.exec(within) ?? [];
  const amount = days ?? hours ?? minutes;
  return amount === undefined ? null : { amount, unit: days ? 'days' : hours ? 'hours' : 'minutes' };
}

function alternativesOf(where: Condition): ConditionDraft[][] | null {
  const alternatives = (where.any ?? [where]).map(one => (one.all ?? [one]).map(conditionOf));
  const all = alternatives as ConditionDraft[][];
  return alternatives.every(one => one.every(condition => condition !== null)) ? all : null;
}

function conditionOf(condition: Condition): ConditionDraft | null {
  const inner = condition.not ?? condition;
  const [test, ...others] = saidBy(inner);
  if (!test || !isTest(test) || others.length > 0) {
    return null;
  }
  const wanted = inner[test] as Value | Value[];
  const known = Array.isArray(wanted) ? wanted : [wanted];
  const lines = known.map(String);
  if (lines.some(line => line.includes('\n') || line.trim() === '')) {
    return null;
  }
  return {
    column: inner.column ?? 'event',
    test,
    not: Boolean(condition.not),
    text: lines.join('\n'),
    known
  };
}

/** The rule that the form says, or what is missing in it. `columns` tells of values that are recorded. */
export function ruleOf(
  draft: RuleDraft,
  recorded: (column: string) => readonly Value[] = () => []
): { rule: Rule | null; faults: Faults } {
  const faults: Faults = {};
  const groups = draft.alternatives.map((group, number) =>
    group.map((one, at) => {
      const place = conditionPlace(draft, number, at);
      return written(one, recorded(one.column), sentence => (faults[place] = sentence));
    })
  );
  const number = (name: 'nth' | 'priority' | 'amount', sentence: string) => {
    const text = draft[name].trim();
    if (text && (!WHOLE.test(text) || (name !== 'priority' && Number(text) < 1))) {
      faults[name === 'amount' ? 'within' : name] = sentence;
    }
    return Number(text);
  };
  const nth = number('nth', 'Give a whole number from 1 on, or nothing.');
  const priority = number('priority', 'Give a whole number, or nothing.');
  const amount = number('amount', 'Give a whole number from 1 on, or nothing.');
  if (amount && !draft.after.length && !draft.before.length) {
    faults.within = 'Name what the time counts from: a touchpoint or an outcome after or before.';
  }
  const time = draft.unit === 'days' ? `P${amount}D` : `PT${amount}${UNITS[draft.unit]}`;
  const rule = {
    where: joined(
      'any',
      groups.map(group => joined('all', group))
    ),
    ...(draft.after.length ? { after: draft.after } : {}),
    ...(draft.before.length ? { before: draft.before } : {}),
    ...(amount ? { within: time } : {}),
    ...(nth ? { nth } : {}),
    ...(priority ? { priority } : {}),
    ...draft.rest
  };
  return { rule: Object.keys(faults).length ? null : (rule as Rule), faults };
}

/** Where the condition stands in the rule, as the kernel names it. */
export function conditionPlace(draft: RuleDraft, number: number, at: number): string {
  const outer = draft.alternatives.length > 1 ? [`any/${number}`] : [];
  const inner = draft.alternatives[number].length > 1 ? [`all/${at}`] : [];
  return ['where', ...outer, ...inner].join('/');
}

function joined(word: 'any' | 'all', conditions: JsonObject[]): JsonObject {
  return conditions.length === 1 ? conditions[0] : { [word]: conditions };
}

function written(
  draft: ConditionDraft,
  recorded: readonly Value[],
  fault: (sentence: string) => void
): JsonObject {
  const lines = (draft.test === 'in' ? draft.text.split('\n') : [draft.text]).filter(line => line.trim());
  if (lines.length === 0) {
    fault('Give a value.');
  }
  const isNumeric = draft.test === 'at_least' || draft.test === 'at_most';
  const read = isNumeric && lines[0] ? readNumber(fieldOf('Condition', draft.test)!, lines[0].trim()) : null;
  if (read && 'wrong' in read) {
    fault(read.wrong);
  }
  const known = [...draft.known, ...recorded];
  const exact = draft.test === 'is' || draft.test === 'in';
  const values = lines.map(line => (isNumeric ? Number(line) : exact ? typed(line, known) : line));
  const test = { [draft.test]: draft.test === 'in' ? values : (values[0] ?? '') };
  const condition = draft.column === 'event' ? test : { column: draft.column, ...test };
  return draft.not ? { not: condition } : condition;
}

/** The text as the value that it stands for: as it is recorded, else a number among numbers. */
function typed(text: string, known: readonly Value[]): Json {
  const recorded = known.find(value => value !== null && String(value) === text);
  if (recorded !== undefined) {
    return recorded;
  }
  const numbers = known.length > 0 && known.every(value => typeof value === 'number');
  return numbers && Number.isFinite(Number(text)) ? Number(text) : text;
}

/** A rule that was typed as JSON. */
export function ruleFromText(text: string): { rule: Rule | null; fault: string } {
  try {
    const rule: unknown = JSON.parse(text);
    return isObject(rule)
      ? { rule: rule as unknown as Rule, fault: '' }
      : { rule: null, fault: 'A rule is an object in braces, such as {"where": {"is": "login"}}.' };
  } catch (error) {
    return { rule: null, fault: `This is no JSON yet: ${(error as Error).message}.` };
  }
}
