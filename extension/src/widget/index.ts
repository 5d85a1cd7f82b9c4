import { MapBuilderElement, defineMapBuilder } from './builder';
import { keepKeys } from '../component/keeping-keys';
import type { Model } from './model';

/** The script of `cjm.MapBuilder`, as anywidget calls it. */
function render({ model, el }: { model: Model; el: HTMLElement }): () => void {
  defineMapBuilder();
  const element = new MapBuilderElement(model);
  const letGo = keepKeys(el);
  el.append(element);
  return () => {
    letGo();
    element.release();
    element.remove();
  };
}

export default { render };
