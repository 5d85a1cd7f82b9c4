import { expect, it } from 'vitest';
import { Kernel } from '../../src/widget/kernel';
import { ModelAlone } from './model';

function asked(): { model: ModelAlone; kernel: Kernel; heard: string[] } {
  const model = new ModelAlone({ inventory: null, preview: { target: 'cart' }, answered: 0 });
  const heard: string[] = [];
  return { model, kernel: new Kernel(model, trait => heard.push(trait)), heard };
}

it('a preview counts only when it answers the last question', () => {
  const { model, kernel } = asked();
  kernel.ask({ kind: 'preview', target: 'cart', bind: { event: 'a' } });
  kernel.ask({ kind: 'preview', target: 'cart', bind: { event: 'b' } });
  const [first, second] = model.sent.map(message => message.number);
  model.set('answered', first);
  expect([kernel.isWaiting, kernel.preview]).toEqual([true, null]);
  model.set('answered', second);
  expect([kernel.isWaiting, kernel.preview]).toEqual([false, { target: 'cart' }]);
});

it('no events and an empty list of them are not the same', () => {
  const { model, kernel } = asked();
  expect([kernel.hasEvents, kernel.inventory]).toEqual([false, []]);
  model.set('inventory', []);
  expect(kernel.hasEvents).toBe(true);
});

it('a kernel that says nothing of a trait leaves it empty', () => {
  const { kernel } = asked();
  expect([kernel.failure, kernel.problems, kernel.measured, kernel.readonly]).toEqual(['', [], null, false]);
});

it('a screen that is closed hears nothing any more', () => {
  const { model, kernel, heard } = asked();
  model.set('failure', 'No.');
  kernel.disconnect();
  model.set('failure', '');
  expect(heard).toEqual(['failure']);
});
