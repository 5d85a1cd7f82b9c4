import { expect, it } from 'vitest';
import { addingTouchpoint, duplicating, renaming, shifting } from '../src/map/edits';
import { JourneyMap } from '../src/map/generated/journey-map';
import { Edit, edited } from '../src/map/operations';
import { at, placeOf } from '../src/map/place';

const SHOP: JourneyMap = {
  id: 'shop',
  name: 'Shop',
  stages: [
    {
      id: 'browse',
      name: 'Browse',
      touchpoints: [
        { id: 'home', name: 'Home', match: { where: { is: 'home' } }, questions: ['q1'] },
        { id: 'list', name: 'List', match: { where: { is: 'list' }, after: ['home'] } }
      ]
    },
    { id: 'buy', name: 'Buy', touchpoints: [{ id: 'cart', name: 'Cart' }] }
  ],
  flows: [{ from: 'home', to: 'cart' }],
  opportunities: [{ id: 'home', name: 'Better home', touchpoints: ['cart', 'home'] }],
  evidence: [{ id: 'study', supports: ['home'] }]
};

function order(map: JourneyMap): string {
  return map.stages!.map(one => `${one.id}: ${(one.touchpoints ?? []).map(t => t.id).join(' ')}`).join(' | ');
}

function after(map: JourneyMap, edit: Edit | null): JourneyMap {
  return edit ? edited(map, edit.operations) : map;
}

it('a touchpoint walks over the border of its stage and back to where it was', () => {
  const once = after(SHOP, shifting(SHOP, 'touchpoints/home', 1));
  const twice = after(once, shifting(once, 'touchpoints/home', 1));
  expect(order(once)).toBe('browse: list home | buy: cart');
  expect(order(twice)).toBe('browse: list | buy: home cart');
  expect(order(after(twice, shifting(twice, 'touchpoints/home', -1)))).toBe('browse: list home | buy: cart');
});

it('the first and the last have nowhere further to go', () => {
  expect(shifting(SHOP, 'touchpoints/home', -1)).toBeNull();
  expect(shifting(SHOP, 'touchpoints/cart', 1)).toBeNull();
  expect(shifting(SHOP, 'stages/buy', 1)).toBeNull();
  expect(order(after(SHOP, shifting(SHOP, 'stages/buy', -1)))).toBe('buy: cart | browse: home list');
});

it('a new touchpoint never takes an id that a stage or an outcome has', () => {
  const [edit, place] = addingTouchpoint(SHOP, 'buy', 'Browse', 'cart');
  expect(place).toBe('touchpoints/browse-2');
  expect(order(after(SHOP, edit))).toBe('browse: home list | buy: browse-2 cart');
});

it('a copy claims no events and no answers of the original', () => {
  const [edit, place] = duplicating(SHOP, 'touchpoints/home')!;
  const map = after(SHOP, edit);
  expect(order(map)).toBe('browse: home home-copy list | buy: cart');
  expect(at(map, place)).toEqual({ id: 'home-copy', name: 'Home (copy)' });
});

it('a copied stage holds copies, so that no id stands twice', () => {
  const [edit] = duplicating(SHOP, 'stages/browse')!;
  expect(order(after(SHOP, edit))).toBe('browse: home list | browse-copy: home-2 list-2 | buy: cart');
});

it('what refers to a touchpoint follows when its id changes, and what only shares the word does not', () => {
  const map = after(SHOP, renaming(SHOP, 'touchpoints/home', 'start'));
  expect(order(map)).toBe('browse: start list | buy: cart');
  expect(at(map, 'touchpoints/list/match/after')).toEqual(['start']);
  expect(at(map, 'flows/0/from')).toBe('start');
  expect(at(map, 'opportunities/home/touchpoints')).toEqual(['cart', 'start']);
  expect(at(map, 'evidence/study/supports')).toEqual(['start']);
});

it('what an edit leaves alone stays the same object', () => {
  const map = edited(SHOP, [{ op: 'set', at: 'touchpoints/cart/doing', value: 'pays' }]);
  expect(map.stages![0]).toBe(SHOP.stages![0]);
  expect(map.stages![1]).not.toBe(SHOP.stages![1]);
});

it('a place that Python names is found by its ids', () => {
  expect(placeOf(SHOP, 'stages[0].touchpoints[1].match.after[0]')).toBe('touchpoints/list/match/after/0');
  expect(placeOf(SHOP, 'stages[1].name')).toBe('stages/buy/name');
  expect(placeOf(SHOP, 'evidence[0].supports[0]')).toBe('evidence/study/supports/0');
  expect(placeOf(SHOP, 'stages[7].touchpoints[0].name')).toBeNull();
});
