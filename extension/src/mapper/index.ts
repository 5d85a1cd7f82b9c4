/** The anywidget of `cjm.TableMapper`. */
import { keepKeys } from '../component/keeping-keys';
import { Mapper } from './mapper';
import { STYLE } from './style';
import type { Model } from './talk';

function render({ model, el }: { model: Model; el: HTMLElement }): () => void {
  const style = document.createElement('style');
  style.textContent = STYLE;
  const root = document.createElement('section');
  root.className = 'cjm-mapper';
  root.setAttribute('aria-label', 'Mapper of a table');
  el.append(style, root);
  const mapper = new Mapper(model, root);
  const letGo = keepKeys(el);
  return () => {
    letGo();
    mapper.stop();
  };
}

export default { render };
