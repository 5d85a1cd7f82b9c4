import { MapBuilderElement, defineMapBuilder } from './builder';
import type { Model } from './model';

const IN_TEXT = /^([acvxyz]|arrow.*|backspace|delete|home|end)$/;

/**
 * Keys without a modifier belong to the widget, and in a field those that edit its text: JupyterLab
 * would take an `A` for a new cell above and Ctrl+A for all cells. What saves the notebook or opens
 * the palette goes on to it.
 */
function keep(event: KeyboardEvent): void {
  const field = event.composedPath()[0] as Element;
  const isTyping = field.matches('input, textarea, [contenteditable]');
  const isChord = event.ctrlKey || event.metaKey || event.altKey;
  const runsTheCell = event.shiftKey && event.key === 'Enter';
  if (isChord ? isTyping && IN_TEXT.test(event.key.toLowerCase()) : !runsTheCell) {
    event.stopPropagation();
  }
}

/** The script of `cjm.MapBuilder`, as anywidget calls it. */
function render({ model, el }: { model: Model; el: HTMLElement }): () => void {
  defineMapBuilder();
  const element = new MapBuilderElement(model);
  el.addEventListener('keydown', keep);
  el.append(element);
  return () => {
    el.removeEventListener('keydown', keep);
    element.release();
    element.remove();
  };
}

export default { render };
