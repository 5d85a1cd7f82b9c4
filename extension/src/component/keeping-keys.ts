const IN_TEXT = /^([acvxyz]|arrow.*|backspace|delete|home|end)$/;
/** Lumino takes no key whose target has it; an element around the target would be asked too late. */
const NOT_FOR_THE_NOTEBOOK = 'data-lm-suppress-shortcuts';

/**
 * Whether the widget answers this key: all without a modifier, and in a field those that edit its
 * text. The notebook would take an `A` for a new cell above, and Ctrl+A for all cells. What saves
 * it, runs the cell or opens the palette goes on to it.
 */
export function isOurs(event: KeyboardEvent): boolean {
  const field = event.composedPath()[0];
  const isTyping = field instanceof Element && field.matches('input, textarea, [contenteditable]');
  return event.ctrlKey || event.metaKey || event.altKey
    ? isTyping && IN_TEXT.test(event.key.toLowerCase())
    : !(event.shiftKey && event.key === 'Enter');
}

/**
 * Keeps the notebook's commands off the keys that `el` answers, until what it returns is called.
 * JupyterLab listens on the way up, where the event is stopped; Notebook 7 on the way down, where
 * only the mark helps.
 */
export function keepKeys(el: HTMLElement): () => void {
  const mark = (event: KeyboardEvent) => {
    if (event.composedPath().includes(el)) {
      (event.target as Element).toggleAttribute(NOT_FOR_THE_NOTEBOOK, isOurs(event));
    }
  };
  const stop = (event: KeyboardEvent) => {
    if (isOurs(event)) {
      event.stopPropagation();
    }
  };
  window.addEventListener('keydown', mark, { capture: true });
  el.addEventListener('keydown', stop);
  return () => {
    window.removeEventListener('keydown', mark, { capture: true });
    el.removeEventListener('keydown', stop);
  };
}
