import { describe, expect, test } from 'vitest';
import { Columns, Given } from '../../src/component/columns';
import { CrossReferences } from '../../src/component/cross-references';
import { heightOf, piecesOf } from '../../src/component/curve';
import { Refusal, editOf } from '../../src/component/drafts';
import { lanesToShow } from '../../src/component/lanes';
import { sharing } from '../../src/component/sharing';
import type { JourneyMap } from '../../src/map/generated/journey-map';
import { edited } from '../../src/map/operations';

const SHOP: JourneyMap = {
  id: 'shop',
  name: 'Shop',
  stages: [
    {
      id: 'browse',
      name: 'Browse',
      touchpoints: [
        {
          id: 'home',
          name: 'Home',
          emotion: 1,
          pain_points: [{ text: 'Slow.' }, { text: 'Loud.', id: 'loud' }]
        },
        { id: 'search', name: 'Search', emotion: 2 }
      ]
    },
    { id: 'buy', name: 'Buy', touchpoints: [{ id: 'cart', name: 'Cart', emotion: -1 }] },
    { id: 'after', name: 'After' }
  ]
};
const refs = new CrossReferences(SHOP);
const home = SHOP.stages![0].touchpoints![0];
const at = 'touchpoints/home';

function given(map: JourneyMap, rest: Partial<Given> = {}): Given {
  return { map, numbersOf: () => [], problems: [], peers: [], before: null, persona: null, ...rest };
}

function columnsOf(columns: Columns, map: JourneyMap, rest: Partial<Given> = {}) {
  return columns.sections(given(map, rest), new CrossReferences(map)).flatMap(one => one.columns);
}

describe('columns', () => {
  test('stage without touchpoints has one column of its own', () => {
    expect(columnsOf(new Columns(), SHOP).map(one => one.place)).toEqual([
      'touchpoints/home',
      'touchpoints/search',
      'touchpoints/cart',
      'stages/after'
    ]);
  });

  test('edit of one touchpoint makes one column anew', () => {
    const columns = new Columns();
    const before = columnsOf(columns, SHOP);
    const now = columnsOf(
      columns,
      edited(SHOP, [{ op: 'set', at: 'touchpoints/cart/doing', value: 'Counts.' }])
    );
    expect(now.map((one, number) => one === before[number])).toEqual([true, true, false, true]);
  });

  test('problem of a pain point stands in the lane of pain points', () => {
    const place = 'stages[0].touchpoints[0].pain_points[1].id';
    const problem = { place, value: 'loud', what: 'Twice.', cure: '' };
    const [column] = columnsOf(new Columns(), SHOP, { problems: [problem] });
    expect([...column.problems.keys()]).toEqual(['pain_points']);
  });

  test('only what left the order has moved', () => {
    const moved = edited(SHOP, [{ op: 'move', at: 'touchpoints/home', into: 'stages/after/touchpoints' }]);
    const found = columnsOf(new Columns(), moved, { before: SHOP });
    expect(found.map(one => one.differences.get('touchpoint')?.mark)).toEqual([
      undefined,
      undefined,
      'moved'
    ]);
  });
});

describe('drafts', () => {
  test('emptied and added entries of a list become the smallest edit', () => {
    expect(
      editOf({ row: 'pain_points', at, part: home }, ['', 'Very loud.', 'Dear.'], refs)?.operations
    ).toEqual([
      { op: 'set', at: 'touchpoints/home/pain_points/1/text', value: 'Very loud.' },
      { op: 'insert', into: 'touchpoints/home/pain_points', value: { text: 'Dear.' } },
      { op: 'remove', at: 'touchpoints/home/pain_points/0' }
    ]);
  });

  test('draft that says what stood there is no edit', () => {
    expect(editOf({ row: 'touchpoint', at, part: home }, ['Home', 'action'], refs)).toBeNull();
  });

  test('touchpoint needs a name', () => {
    expect(() => editOf({ row: 'touchpoint', at, part: home }, ['  '], refs)).toThrow(Refusal);
  });

  test('common channel is known by its name and a new one gets an id', () => {
    const edit = (typed: string) => editOf({ row: 'channel', at, part: home }, [typed], refs)?.operations;
    expect(edit('Service Desk')).toEqual([
      { op: 'set', at: 'touchpoints/home/channel', value: 'service_desk' }
    ]);
    expect(edit('Pop-up shop')?.[0]).toEqual({
      op: 'insert',
      into: 'channels',
      value: { id: 'pop-up-shop', name: 'Pop-up shop' }
    });
  });
});

test('curve never claims an emotion beyond those of its neighbours', () => {
  const pieces = piecesOf([2, 2, -2, 0, null, 1]);
  const heights = pieces.flatMap(piece => [...piece.matchAll(/,([\d.]+)/g)].map(found => Number(found[1])));
  expect(Math.min(...heights)).toBe(heightOf(2));
  expect(Math.max(...heights)).toBe(heightOf(-2));
  expect(pieces.map(piece => piece !== '')).toEqual([true, true, true, true, false, false]);
});

test('equal parts of a map sent anew stay the same objects, also where one moved', () => {
  const sent = structuredClone(edited(SHOP, [{ op: 'remove', at: 'touchpoints/home' }]));
  const kept = sharing(SHOP, sent);
  expect(kept.stages![0].touchpoints![0]).toBe(SHOP.stages![0].touchpoints![1]);
  expect(kept.stages![1]).toBe(SHOP.stages![1]);
  expect(sharing(SHOP, structuredClone(SHOP))).toBe(SHOP);
});

test('touchpoints stay the first lane, whatever is asked for', () => {
  expect(lanesToShow(['emotion', 'touchpoint', 'nonsense', 'doing'], false)).toEqual([
    'touchpoint',
    'emotion',
    'doing'
  ]);
  expect(lanesToShow(null, false)).not.toContain('measured');
});
