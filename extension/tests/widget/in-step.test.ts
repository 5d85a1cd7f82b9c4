import { expect, it } from 'vitest';
import type { JourneyMap } from '../../src/map/generated/journey-map';
import type { Edit } from '../../src/map/operations';
import { MapInStep } from '../../src/widget/in-step';
import { ModelAlone } from './model';

const SHOP: JourneyMap = {
  schema_version: '1.0',
  id: 'shop',
  name: 'Shop',
  stages: [{ id: 'buy', name: 'Buy', touchpoints: [{ id: 'cart', name: 'Cart' }] }]
};

function naming(name: string): Edit {
  return { label: `Call it ${name}`, operations: [{ op: 'set', at: 'name', value: name }] };
}

function opened(): { model: ModelAlone; map: MapInStep; drawn: () => number } {
  const model = new ModelAlone({ fields: SHOP });
  let drawings = 0;
  return { model, map: new MapInStep(model, () => drawings++), drawn: () => drawings };
}

it('an edit shows at once and is told to the kernel', () => {
  const { model, map, drawn } = opened();
  map.edit(naming('Store'));
  expect([map.map.name, drawn(), model.saved]).toEqual(['Store', 1, 1]);
  expect(model.get('fields')).toEqual({ ...SHOP, name: 'Store' });
});

it('an edit that changes nothing is not told', () => {
  const { model, map } = opened();
  map.edit({ label: 'Remove', operations: [{ op: 'remove', at: 'touchpoints/gone' }] });
  expect([model.saved, map.history.undoLabel]).toEqual([0, null]);
});

it('the kernel is told the canonical form, so that it has nothing to put right', () => {
  const { model, map } = opened();
  map.edit({ label: 'Kind', operations: [{ op: 'set', at: 'touchpoints/cart/kind', value: 'action' }] });
  expect(model.get('fields')).toEqual(SHOP);
  expect(map.map.stages![0].touchpoints![0].kind).toBe('action');
});

it('what the kernel only says back is no step of undo', () => {
  const { model, map, drawn } = opened();
  map.edit(naming('Store'));
  model.set('fields', structuredClone(model.get('fields')));
  expect([map.history.undoLabel, drawn()]).toEqual(['Call it Store', 1]);
});

it('what the notebook changes is one step of undo, and taking it back is told too', () => {
  const { model, map, drawn } = opened();
  model.set('fields', { ...SHOP, name: 'From Python' });
  expect([map.map.name, drawn(), model.saved]).toEqual(['From Python', 1, 0]);
  expect(map.undo()).toBe('Change from the notebook');
  expect((model.get('fields') as JourneyMap).name).toBe('Shop');
  expect(map.redo()).toBe('Change from the notebook');
  expect((model.get('fields') as JourneyMap).name).toBe('From Python');
});

it('what was typed stays although the kernel cannot read it', () => {
  const { model, map } = opened();
  map.edit({ label: 'Name', operations: [{ op: 'set', at: 'touchpoints/cart/name', value: null }] });
  model.set('unreadable', '`stages[0].touchpoints[0]` has no `name`. Add it.');
  map.edit(naming('Store'));
  expect(map.map.stages![0].touchpoints![0]).toEqual({ id: 'cart' });
  expect(map.map.name).toBe('Store');
});

it('a widget that is closed hears nothing any more', () => {
  const { model, map, drawn } = opened();
  map.disconnect();
  model.set('fields', { ...SHOP, name: 'From Python' });
  expect([map.map.name, drawn()]).toEqual(['Shop', 0]);
});
