/** What a condition can ask of a value, or of other conditions, and how that is said. */

export const TESTS = {
  is: 'is',
  in: 'is one of',
  starts_with: 'starts with',
  glob: 'looks like',
  matches: 'matches',
  at_least: 'is at least',
  at_most: 'is at most'
} as const;

export const GROUPS = {
  all: 'all of these hold',
  any: 'one of these holds',
  not: 'this does not hold'
} as const;

export type Test = keyof typeof TESTS;
export type Group = keyof typeof GROUPS;

export const isTest = (name: string): name is Test => name in TESTS;

/** What the condition says; exactly one where it is right. */
export function saidBy(condition: object): (Test | Group)[] {
  const given = condition as Record<string, unknown>;
  const names = [...Object.keys(TESTS), ...Object.keys(GROUPS)] as (Test | Group)[];
  return names.filter(name => given[name] !== undefined && given[name] !== null);
}
