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
  const schemes = ['(prefers-color-scheme: dark)', '(forced-colors: active)'].map(one =>
    window.matchMedia(one)
  );
  schemes.forEach(scheme => scheme.addEventListener('change', soon));
  return () => {
    clearTimeout(clock);
    watching.disconnect();
    schemes.forEach(scheme => scheme.removeEventListener('change', soon));
  };
}
