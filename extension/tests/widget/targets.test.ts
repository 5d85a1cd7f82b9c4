import { expect, it } from 'vitest';
import type { JourneyMap } from '../../src/map/generated/journey-map';
import { dropAt, nameOf, newTouchpoint, targetsOf } from '../../src/widget/targets';

const SHOP: JourneyMap = {
  id: 'shop',
  name: 'Shop',
  stages: [
    { id: 'browse', name: 'Browse', touchpoints: [{ id: 'home', name: 'Home' }] },
    {
      id: 'buy',
      name: '',
      touchpoints: [
        { id: 'cart', name: 'Cart' },
        { id: 'home', name: 'Again' }
      ]
    }
  ],
  outcomes: [{ id: 'paid', name: 'Paid', kind: 'success' }]
};

it('touchpoints come in map order, then outcomes; of two with one id the first', () => {
  const lines = targetsOf(SHOP).map(one => `${one.group}: ${one.name} at ${one.place}`);
  expect(lines).toEqual([
    'Browse: Home at touchpoints/home',
    'buy: Cart at touchpoints/cart',
    'Outcomes: Paid at outcomes/paid'
  ]);
});

it('every cell of a column stands for its touchpoint, the heading of a stage for a new one there', () => {
  expect(dropAt(SHOP, 'touchpoints/cart/doing')).toMatchObject({ target: { id: 'cart' } });
  expect(dropAt(SHOP, 'touchpoints/home~2')).toMatchObject({ target: { id: 'home' } });
  expect(dropAt(SHOP, 'outcomes/paid')).toMatchObject({ target: { kind: 'outcome' } });
  expect(dropAt(SHOP, 'stages/buy/name')).toEqual({ stage: 'buy' });
  expect([dropAt(SHOP, ''), dropAt(SHOP, 'stages/gone'), dropAt(SHOP, 'objective')]).toEqual([
    null,
    null,
    null
  ]);
});

it('a new touchpoint takes an id that nothing else has', () => {
  expect(newTouchpoint(SHOP, 'buy', 'Cart')).toEqual({ stage: 'buy', id: 'cart-2', name: 'Cart' });
});

it('what the map does not know is called by its id', () => {
  expect([nameOf(SHOP, 'cart'), nameOf(SHOP, 'gone'), nameOf(SHOP, null)]).toEqual(['Cart', 'gone', '']);
});
