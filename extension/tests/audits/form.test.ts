import { describe, expect, it } from 'vitest';
import {
  asked,
  entriesOf,
  firstWrong,
  groupsOf,
  guessed,
  isNeeded,
  labelOf,
  partsOf
} from '../../src/audits/form';
import type { Parameter, Template } from '../../src/audits/talk';

function parameter(name: string, more: Partial<Parameter> = {}): Parameter {
  const usual = { type: 'str', default: '', help: '', label: '', kind: 'value', of: '', group: '' } as const;
  return { name, ...usual, required: false, choices: [], suffixes: [], ...more };
}

const TEMPLATE: Template = {
  name: 'short',
  title: 'Short',
  answers: '',
  needs: ['map', 'events'],
  parameters: [
    parameter('map_file', { kind: 'file', required: true, group: 'What to audit' }),
    parameter('settings', { type: 'dict[str, str]', default: {}, group: 'Source' }),
    parameter('events_file', { kind: 'file', group: 'Events' }),
    parameter('customer', { kind: 'column', of: 'events_file', group: 'Events' }),
    parameter('event', { kind: 'column', of: 'events_file', default: 'event', group: 'Events' }),
    parameter('checks', { type: 'list[str]', default: [], group: 'How' }),
    parameter('k_min', { type: 'int', default: 0, group: 'How' }),
    parameter('is_short', { type: 'bool', default: true }),
    parameter('folder', { kind: 'folder', default: '.' }),
    parameter('name', { default: 'audit' })
  ]
};

describe('the form of a template', () => {
  it('asks nothing as long as everything stands at its default', () => {
    expect(asked(TEMPLATE, entriesOf(TEMPLATE))).toEqual({});
  });

  it('gives back the parameters of an earlier run as they were', () => {
    const run = {
      map_file: 'maps/shop.cjm.json',
      settings: { from: '2025', to: '' },
      checks: ['D01', 'T03'],
      k_min: 7,
      is_short: false
    };
    expect(asked(TEMPLATE, entriesOf(TEMPLATE, run))).toEqual(run);
  });

  it('leaves values of another type at their default', () => {
    const entries = entriesOf(TEMPLATE, { checks: 'D01', settings: ['a'], map_file: { a: 'b' } });
    expect(asked(TEMPLATE, entries)).toEqual({});
  });

  it('lets the server say what is wrong with a number', () => {
    const entries = entriesOf(TEMPLATE);
    expect(asked(TEMPLATE, { ...entries, k_min: 'ten' })).toEqual({ k_min: 'ten' });
    expect(asked(TEMPLATE, { ...entries, k_min: ' 10 ' })).toEqual({ k_min: 10 });
    expect(asked(TEMPLATE, { ...entries, k_min: '1.5' })).toEqual({ k_min: 1.5 });
  });

  it('reads a list line by line and skips empty rows of names and values', () => {
    const entries = {
      ...entriesOf(TEMPLATE),
      checks: ' D01\n\nT03 \n',
      settings: [
        ['', ''],
        ['a', 'b']
      ] as [string, string][]
    };
    expect(asked(TEMPLATE, entries)).toEqual({ checks: ['D01', 'T03'], settings: { a: 'b' } });
  });

  it('never asks where the results go', () => {
    const titles = groupsOf(TEMPLATE).map(({ title }) => title);
    expect(titles).toEqual(['What to audit', 'Source', 'Events', 'How', 'More']);
    expect(
      groupsOf(TEMPLATE)
        .at(-1)!
        .parameters.map(({ name }) => name)
    ).toEqual(['is_short']);
  });

  it('shows a group at once when it is needed, filled in or wrong', () => {
    const needed = (values = {}, problems = {}) =>
      groupsOf(TEMPLATE)
        .filter(group => isNeeded(group, TEMPLATE, values, problems))
        .map(({ title }) => title);
    expect(needed()).toEqual(['What to audit', 'Events']);
    expect(needed({ k_min: 3 }, { settings: 'wrong' })).toEqual(['What to audit', 'Source', 'Events', 'How']);
  });

  it('finds the first wrong field in the order in which people read', () => {
    expect(firstWrong(TEMPLATE, { k_min: 'a', customer: 'b' })).toBe('customer');
    expect(firstWrong(TEMPLATE, {})).toBeUndefined();
  });

  it('guesses columns by their names and leaves alone what is among them', () => {
    const columns = ['guest_id', 'event', 'action'];
    const entries = entriesOf(TEMPLATE);
    expect(guessed(TEMPLATE, 'events_file', entries, columns)).toEqual({ customer: 'guest_id' });
    expect(guessed(TEMPLATE, 'events_file', entries, ['who', 'action'])).toEqual({ event: 'action' });
    expect(guessed(TEMPLATE, 'other_file', entries, columns)).toEqual({});
  });

  it('offers the stages, touchpoints and channels of the map', () => {
    const home = { id: 'home', name: 'Home', channel: 'web' };
    const cart = { id: 'cart', name: 'Cart', channel: 'web' };
    const map = { id: 'shop', name: 'Shop', stages: [{ id: 'buy', name: 'Buy', touchpoints: [home, cart] }] };
    expect(partsOf(map, 'stage')).toEqual([{ value: 'buy', label: 'Buy' }]);
    expect(partsOf(map, 'touchpoint').map(({ value }) => value)).toEqual(['home', 'cart']);
    expect(partsOf(map, 'channel')).toEqual([{ value: 'web', label: 'web' }]);
  });

  it('calls a parameter without a label by its name', () => {
    expect(labelOf(parameter('k_min'))).toBe('K min');
    expect(labelOf(parameter('k_min', { label: 'Smallest group' }))).toBe('Smallest group');
  });
});
