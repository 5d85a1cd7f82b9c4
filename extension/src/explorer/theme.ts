/** Calls `act` once the page has turned dark or light and settled; returns how to stop. */
const SETTLED = 250;

export function onTheme(act: () => void): () => void {
  let clock: ReturnType<typeof setTimeout> | undefined;
  const soon = (): void => {
    clearTimeout(clock);
    clock = setTimeout(act, SETTLED);
  };
  const watching = new MutationObserver(soon);
  watching.observe(document.body, { attributeFilter: ['data-jp-theme-light', 'data-vscode-theme-kind'] });
  const scheme = window.matchMedia('(prefers-color-scheme: dark)');
  scheme.addEventListener('change', soon);
  return () => {
    clearTimeout(clock);
    watching.disconnect();
    scheme.removeEventListener('change', soon);
  };
}
