import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Kernel, PATIENCE } from '../../src/explorer/kernel';
import { EVERYTHING, keyOf } from '../../src/explorer/talk';
import { SlowExplorer } from './model';

const FUNNEL = { wants: 'view', view: 'stage-funnel' } as const;
const WAITS = { wants: 'view', view: 'waits' } as const;

describe('the kernel behind the screen', () => {
  let model: SlowExplorer;
  let kernel: Kernel;

  beforeEach(() => {
    vi.useFakeTimers();
    model = new SlowExplorer();
    kernel = new Kernel(model, () => undefined);
  });
  afterEach(() => {
    kernel.stop();
    vi.useRealTimers();
  });

  it('waits until the answer is to the choice on the screen', () => {
    kernel.choose({ place: 'cart' });
    expect(kernel.isWaiting).toBe(true);
    model.answer(EVERYTHING);
    expect(kernel.isWaiting).toBe(true);
    model.answer();
    expect(kernel.isWaiting).toBe(false);
    expect(model.saved).toBe(1);
  });

  it('asks nothing anew where the choice is the same', () => {
    kernel.choose({ place: '' });
    expect(model.saved).toBe(0);
  });

  it('asks for one thing at a time, in the order of the screen', () => {
    kernel.want([FUNNEL, WAITS]);
    expect(model.sent.map(wish => wish.view)).toEqual(['stage-funnel']);
    model.reply({ wants: 'view', of: keyOf(EVERYTHING) });
    expect(model.sent.map(wish => wish.view)).toEqual(['stage-funnel', 'waits']);
    model.reply({ wants: 'view', of: keyOf(EVERYTHING) });
    expect(model.sent).toHaveLength(2);
  });

  it('lets the last choice win: a view of a given-up choice is asked for anew, and no further one', () => {
    kernel.want([FUNNEL, WAITS]);
    kernel.choose({ place: 'cart' });
    model.reply({ wants: 'view', of: keyOf(EVERYTHING) });
    expect(model.sent).toHaveLength(1);
    expect(kernel.isFresh(FUNNEL)).toBe(false);
    model.answer();
    expect(model.sent.map(wish => [wish.view, wish.of])).toEqual([
      ['stage-funnel', keyOf(EVERYTHING)],
      ['stage-funnel', keyOf({ place: 'cart' })]
    ]);
  });

  it('wants no view of a choice about which nothing can be said', () => {
    kernel.choose({ place: 'cart' });
    kernel.want([FUNNEL]);
    model.answer(undefined, { problem: 'Fewer than 5 customers fit this choice.' });
    expect(model.sent).toEqual([]);
  });

  it('says when the kernel does not answer, and takes it back when it does', () => {
    kernel.choose({ place: 'cart' });
    vi.advanceTimersByTime(PATIENCE);
    expect(kernel.isSilent).toBe(true);
    model.answer();
    expect(kernel.isSilent).toBe(false);
    vi.advanceTimersByTime(PATIENCE);
    expect(kernel.isSilent).toBe(false);
  });

  it('follows a choice that the notebook made', () => {
    model.set('asked', { ...EVERYTHING, place: 'home' });
    expect(kernel.choice.place).toBe('home');
    expect(kernel.isWaiting).toBe(true);
  });

  it('leaves nothing listening behind', () => {
    kernel.stop();
    expect(model.listeners).toBe(0);
  });
});
