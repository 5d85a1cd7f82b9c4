import { expect, it } from 'vitest';
import { Changes, summary } from '../../src/component/changes/changes';
import type { JourneyMap } from '../../src/map/generated/journey-map';
import { edited } from '../../src/map/operations';
import { holding } from '../details/host';

const AS_IS: JourneyMap = {
  id: 'shop',
  name: 'Shop',
  stages: [
    { id: 'browse', name: 'Browse', touchpoints: [{ id: 'home', name: 'Home' }] },
    {
      id: 'buy',
      name: 'Buy',
      touchpoints: [
        { id: 'cart', name: 'Cart' },
        { id: 'pay', name: 'Pay' }
      ]
    }
  ]
};
const TO_BE = edited(AS_IS, [
  { op: 'set', at: 'state', value: 'to_be' },
  { op: 'set', at: 'touchpoints/pay/expectation', value: { text: 'one click' } },
  { op: 'remove', at: 'touchpoints/home' },
  { op: 'insert', into: 'stages/buy/touchpoints', value: { id: 'new', name: 'Thanks' } }
]);

it('what changed is listed stage by stage, as-is beside to-be', async () => {
  const host = await holding(TO_BE, one => new Changes(one), { beside: AS_IS });
  expect(host.texts('[role=status]')).toEqual(['1 new part, 1 gone and 2 fields changed.']);
  expect(host.texts('h3')).toEqual(['The map itself', 'Browse', 'Buy']);
  expect(host.texts('.entry .head')).toEqual([
    'Map state Δ changed',
    'Home − gone',
    'Thanks + new',
    'Pay expectation Δ changed'
  ]);
  expect(host.texts('.values')).toEqual([
    'As-is as is To-be to be',
    'As-is – To-be text: one click; status: hypothesis'
  ]);
});

it('a change leads to its field', async () => {
  const host = await holding(TO_BE, one => new Changes(one), { beside: AS_IS });
  await host.press('Pay');
  expect(host.selected).toBe('touchpoints/pay/expectation');
});

it('two maps may say the same', () => {
  expect(summary([])).toBe('The two maps say the same.');
});
