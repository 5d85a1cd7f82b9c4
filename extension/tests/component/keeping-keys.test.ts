import { expect, it } from 'vitest';
import { keepKeys } from '../../src/component/keeping-keys';

const MARK = 'data-lm-suppress-shortcuts';

/** Which of these keys reach the document, and which were marked on the way down. */
function pressed(tag: string, ...keys: KeyboardEventInit[]): { reached: string[]; marked: string[] } {
  const [el, field] = [document.createElement('div'), document.createElement(tag)];
  el.append(field);
  document.body.append(el);
  const letGo = keepKeys(el);
  const [reached, marked]: string[][] = [[], []];
  const down = (event: KeyboardEvent) => field.hasAttribute(MARK) && marked.push(event.key);
  const up = (event: KeyboardEvent) => reached.push(event.key);
  document.addEventListener('keydown', down, { capture: true });
  document.addEventListener('keydown', up);
  keys.forEach(key =>
    field.dispatchEvent(new KeyboardEvent('keydown', { ...key, bubbles: true, composed: true }))
  );
  document.removeEventListener('keydown', down, { capture: true });
  document.removeEventListener('keydown', up);
  letGo();
  el.remove();
  return { reached, marked };
}

it('plain keys stay in the widget, what runs the cell or saves the notebook goes on', () => {
  const { reached, marked } = pressed(
    'button',
    { key: 'a' },
    { key: 'Enter' },
    { key: 'Enter', shiftKey: true },
    { key: 's', ctrlKey: true },
    { key: 'a', ctrlKey: true }
  );
  expect(marked).toEqual(['a', 'Enter']);
  expect(reached).toEqual(['Enter', 's', 'a']);
});

it('in a field the chords that edit its text stay too', () => {
  const { reached, marked } = pressed(
    'input',
    { key: 'a', ctrlKey: true },
    { key: 'z', metaKey: true },
    { key: 's', ctrlKey: true }
  );
  expect(marked).toEqual(['a', 'z']);
  expect(reached).toEqual(['s']);
});
