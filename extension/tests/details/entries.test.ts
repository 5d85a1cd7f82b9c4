import { describe, expect, it } from 'vitest';
import { Details } from '../../src/component/details/details';
import { at } from '../../src/map/place';
import { panel } from './shop';

describe('entries', () => {
  it('move up and down by the keyboard', async () => {
    const host = await panel('touchpoints/home/pain_points');
    const entry = host.field('touchpoints/home/pain_points/1');
    entry.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowUp', altKey: true }));
    await host.settled();
    expect(at(host.journeyMap, 'touchpoints/home/pain_points')).toMatchObject([
      { text: 'slow' },
      { text: 'dark' }
    ]);
  });

  it('of the map open their own panel, with an id of their own when they are new', async () => {
    const host = await panel('');
    await host.press('+ Add persona');
    expect(host.selected).toBe('personas/persona');
    expect(at(host.journeyMap, 'personas')).toEqual([{ id: 'persona', name: 'New persona' }]);
  });

  it('refer to what exists from the start', async () => {
    const host = await panel('');
    await host.press('+ Add flow');
    expect(at(host.journeyMap, 'flows/1')).toEqual({ from: 'home', to: 'list' });
  });
});

describe('text is text', () => {
  it.each([
    ['markup', '<img src=x onerror=alert(1)>'],
    ['a script’s address', 'javascript:alert(1)'],
    ['ten thousand signs', '🙂'.repeat(5000)],
    ['right to left', 'שלום \u202eabc'],
    ['a template', '${x}']
  ])('%s', async (_, text) => {
    const host = await panel('touchpoints/home');
    await host.type('touchpoints/home/name', text);
    expect(at(host.journeyMap, 'touchpoints/home/name')).toBe(text);
    expect(host.root.querySelectorAll('img, a').length).toBe(0);
    expect(host.control('touchpoints/home/name').value).toBe(text);
  });

  it('a field of one’s own is kept as JSON', async () => {
    const host = await panel('touchpoints/home/x_board');
    await host.type('touchpoints/home/x_board', '{"colour": "blue"}');
    expect(at(host.journeyMap, 'touchpoints/home/x_board')).toEqual({ colour: 'blue' });
  });
});

it('a panel can be asked for one of its fields', async () => {
  const host = await panel('touchpoints/home');
  (host.part as Details).focusField('touchpoints/home/match/where/is');
  await host.settled();
  await host.settled();
  expect(host.root.activeElement).toBe(host.control('touchpoints/home/match/where/is'));
});
