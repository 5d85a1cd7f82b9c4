import { expect, it } from 'vitest';
import { History } from '../src/map/history';
import type { JourneyMap } from '../src/map/generated/journey-map';

function named(name: string): JourneyMap {
  return { id: 'shop', name };
}

function walked(...names: string[]): History {
  const history = new History(named(names[0]), 3);
  names.slice(1).forEach(name => history.push(`Call it ${name}`, named(name)));
  return history;
}

it('undo goes back one step at a time and redo comes again the same way', () => {
  const history = walked('a', 'b', 'c');
  expect(history.undo()).toBe('Call it c');
  expect(history.map.name).toBe('b');
  expect(history.undo()).toBe('Call it b');
  expect(history.map.name).toBe('a');
  expect(history.undo()).toBeNull();
  expect(history.redo()).toBe('Call it b');
  expect(history.redo()).toBe('Call it c');
  expect(history.redo()).toBeNull();
  expect(history.map.name).toBe('c');
});

it('a step is offered by the name of the edit that made it', () => {
  const history = walked('a', 'b', 'c');
  expect([history.undoLabel, history.redoLabel]).toEqual(['Call it c', null]);
  history.undo();
  expect([history.undoLabel, history.redoLabel]).toEqual(['Call it b', 'Call it c']);
});

it('what was undone is gone once somebody goes another way', () => {
  const history = walked('a', 'b');
  history.undo();
  history.push('Call it d', named('d'));
  expect(history.redo()).toBeNull();
  expect(history.map.name).toBe('d');
  history.undo();
  expect(history.map.name).toBe('a');
});

it('an edit that changes nothing is no step', () => {
  const history = walked('a');
  history.push('Move stage', history.map);
  expect(history.undoLabel).toBeNull();
});

it('only the last steps are kept', () => {
  const history = walked('a', 'b', 'c', 'd', 'e');
  while (history.undo()) {
    continue;
  }
  expect(history.map.name).toBe('b');
});
