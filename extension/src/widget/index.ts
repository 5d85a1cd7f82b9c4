import { MapBuilderElement, defineMapBuilder } from './builder';
import type { Model } from './model';

/** Keys without a modifier belong to the widget; JupyterLab would take an `A` for a new cell above. */
function keep(event: KeyboardEvent): void {
  const isForTheNotebook =
    event.ctrlKey || event.metaKey || event.altKey || (event.shiftKey && event.key === 'Enter');
  if (!isForTheNotebook) {
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
