/** The anywidget of `cjm.Explorer`. */
import { keepKeys } from '../component/keeping-keys';
import { Explorer } from './explorer';
import { STYLE } from './style';
import type { Model } from './talk';

function render({ model, el }: { model: Model; el: HTMLElement }): () => void {
  const style = document.createElement('style');
  style.textContent = STYLE;
  const root = document.createElement('section');
  root.className = 'cjm-explorer';
  root.setAttribute('aria-label', 'Explorer of customer journeys');
  el.append(style, root);
  const explorer = new Explorer(model, root);
  const letGo = keepKeys(el);
  return () => {
    letGo();
    explorer.stop();
  };
}

export default { render };
