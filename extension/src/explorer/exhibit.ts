/** An exhibit as `cjm_notebooks/exhibits` makes it, element by element, so that no text becomes markup. */
import type { View } from './talk';

const SVG = 'http://www.w3.org/2000/svg';

type Content = Node | string;

function element(name: string, attributes: Record<string, string>, ...content: Content[]): HTMLElement {
  const made = document.createElement(name);
  Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
  made.append(...content);
  return made;
}

const isolated = (text: string): HTMLElement => element('bdi', {}, text);

export function exhibit(view: View, hidden: string): HTMLElement {
  const parts = [caption(view), legend(view), ...chart(view), table(view, hidden)];
  return element('figure', { class: 'cjm-exhibit', 'data-view': view.id }, ...parts);
}

/** Frees what BokehJS keeps of an exhibit that is taken off the screen. */
export function discard(figure: HTMLElement): void {
  (figure as HTMLElement & { cjmViews?: { clear(): void } }).cjmViews?.clear();
}

function caption(view: View): HTMLElement {
  const lines = view.summary.map(line => element('p', {}, line));
  return element('figcaption', {}, ...lines);
}

function legend(view: View): HTMLElement {
  const buttons = view.series.map(({ name, label, swatch }) =>
    element(
      'button',
      { type: 'button', 'aria-pressed': 'true', 'data-series': name },
      ...pictureOf(swatch),
      label
    )
  );
  const attributes = { class: 'cjm-legend', role: 'group', 'aria-label': 'Shown in the chart', hidden: '' };
  return element('div', attributes, ...buttons);
}

/** The little picture of a series; it is drawn by the kernel from its own shapes and holds no text. */
function pictureOf(swatch: string): Node[] {
  const text = swatch.replace('<svg ', `<svg xmlns="${SVG}" `);
  const picture = new DOMParser().parseFromString(text, 'image/svg+xml').documentElement;
  return picture?.namespaceURI === SVG ? [document.importNode(picture, true)] : [];
}

function chart(view: View): HTMLElement[] {
  const drawing = element('div', { class: 'cjm-chart', role: 'img', 'aria-label': view.title });
  const scroll = { class: 'cjm-scroll', role: 'group', 'aria-label': view.title, hidden: '' };
  const json = element('script', { class: 'cjm-drawing', type: 'application/json' }, view.chart);
  return [element('div', scroll, drawing), json];
}

function table(view: View, hidden: string): HTMLElement {
  const isNumber = (column: number): Record<string, string> =>
    view.headings[column].is_number ? { class: 'number' } : {};
  const headings = view.headings.map(({ text }, column) =>
    element('th', { scope: 'col', ...isNumber(column) }, text)
  );
  const rows = view.rows.map(([first, ...cells]) =>
    element(
      'tr',
      {},
      element('th', { scope: 'row' }, isolated(first)),
      ...cells.map((cell, place) => element('td', isNumber(place + 1), isolated(cell)))
    )
  );
  const isHidden = view.rows.some(cells => cells.includes('–'));
  const title = isHidden ? `${view.title}. ${hidden}.` : view.title;
  const scroll = { class: 'cjm-scroll', role: 'region', 'aria-label': view.title, tabindex: '0' };
  return element(
    'details',
    {},
    element('summary', {}, 'Table'),
    element(
      'div',
      scroll,
      element(
        'table',
        {},
        element('caption', {}, title),
        element('thead', {}, element('tr', {}, ...headings)),
        element('tbody', {}, ...rows)
      )
    )
  );
}
