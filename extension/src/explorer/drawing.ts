/** BokehJS and the script that draws exhibits, once for each page, from the kernel and from nowhere else. */
import type { Scripts } from './talk';

interface Page extends Window {
  Bokeh?: unknown;
  cjmDrawExhibits?: () => void;
  cjmDrawingIsReady?: Promise<void>;
}

export function drawing(fetch: () => Promise<Scripts>): Promise<void> {
  const page = window as Page;
  page.cjmDrawingIsReady ??= fetch().then(load);
  return page.cjmDrawingIsReady;
}

async function load({ bokehjs, script, style }: Scripts): Promise<void> {
  const page = window as Page;
  const sheet = document.createElement('style');
  sheet.textContent = style;
  document.head.append(sheet);
  if (!page.Bokeh) {
    await run(bokehjs);
  }
  if (!page.cjmDrawExhibits) {
    await run(script);
  }
}

function run(text: string): Promise<void> {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
  const element = document.createElement('script');
  element.src = address;
  const done = new Promise<void>((resolve, reject) => {
    element.onload = () => resolve();
    element.onerror = () => reject(new Error('This page does not let BokehJS run.'));
  });
  document.head.append(element);
  return done.finally(() => URL.revokeObjectURL(address));
}
