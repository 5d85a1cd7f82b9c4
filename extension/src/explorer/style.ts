/** The Explorer's own style, in the colours of JupyterLab, of VS Code or of the page. */
export const STYLE = `
.cjm-explorer {
  --ink: var(--jp-content-font-color1, var(--vscode-foreground, #1f2328));
  --muted: var(--jp-content-font-color2, var(--vscode-descriptionForeground, #59636e));
  --paper: var(--jp-layout-color1, var(--vscode-editor-background, #ffffff));
  --raised: var(--jp-layout-color2, var(--vscode-editorWidget-background, #f3f4f6));
  --line: var(--jp-border-color1, var(--vscode-panel-border, #c4cad1));
  --accent: var(--jp-brand-color1, var(--vscode-focusBorder, #0072b2));
  --warn: var(--jp-warn-color0, #b35900);
  container-type: inline-size;
  padding: 0.5rem 0.25rem;
  color: var(--ink);
  font: var(--jp-content-font-size1, 0.875rem)/1.5 var(--jp-content-font-family, system-ui, sans-serif);
}
@media (prefers-color-scheme: dark) {
  body:not([data-jp-theme-light]) .cjm-explorer:not(:is([data-vscode-theme-kind] *)) {
    --ink: #e6eaef; --muted: #a3adb8; --paper: #15181c; --raised: #20252b; --line: #3a424b; --accent: #6cb6ff;
  }
}
body[data-jp-theme-light='false'] .cjm-explorer { --accent: #6cb6ff; --muted: #b6bec7; }
body[data-jp-theme-light='true'] .cjm-explorer { --muted: #59636e; }
.cjm-explorer *, .cjm-explorer *::before { box-sizing: border-box; }
.cjm-explorer > * { margin-block: 0 0.75rem; }
.cjm-explorer h3 { margin: 0 0 0.5rem; font-size: 1.2em; line-height: 1.3; overflow-wrap: anywhere; }
.cjm-explorer .muted { color: var(--muted); font-size: 0.9em; margin: 0.15rem 0; }
.cjm-explorer .controls { display: flex; flex-wrap: wrap; gap: 0.6rem 0.8rem; align-items: end; }
.cjm-explorer .controls label { display: grid; gap: 0.15rem; min-inline-size: 0; max-inline-size: 100%; }
.cjm-explorer .controls label.wide { flex: 1 1 14rem; }
.cjm-explorer .controls span { color: var(--muted); font-size: 0.85em; }
.cjm-explorer :is(select, input, button) {
  min-block-size: 2rem; max-inline-size: 100%; padding: 0.2rem 0.5rem; font: inherit; color: var(--ink);
  background: var(--paper); border: 1px solid var(--muted); border-radius: 4px;
}
.cjm-explorer .controls select { max-inline-size: 16rem; }
.cjm-explorer .controls input[type='text'] { inline-size: 100%; font-family: var(--jp-code-font-family, monospace); }
.cjm-explorer ::placeholder { color: var(--muted); opacity: 1; }
.cjm-explorer button { cursor: pointer; }
.cjm-explorer button:disabled { cursor: default; border-style: dashed; color: var(--muted); }
.cjm-explorer button:not(:disabled):hover { background: var(--raised); }
.cjm-explorer :is(select, input, button, summary, [tabindex]):focus-visible {
  outline: 2px solid var(--accent); outline-offset: 2px;
}
.cjm-explorer .status { display: flex; gap: 0.6rem; align-items: baseline; min-block-size: 1.6em; font-weight: 600; }
.cjm-explorer .status [role='status'] { margin: 0; }
.cjm-explorer .working { color: var(--muted); font-weight: 400; margin: 0; }
.cjm-explorer .problem {
  margin: 0; padding: 0.6rem 0.8rem; background: var(--raised); border-inline-start: 4px solid var(--warn);
  font-weight: 400; max-inline-size: 48rem; overflow-wrap: anywhere;
}
.cjm-explorer .isWaiting { opacity: 0.55; transition: opacity 0.15s 0.2s; }
.cjm-explorer .map { overflow: auto; max-block-size: 32rem; }
.cjm-explorer .scroll { overflow-x: auto; }
.cjm-explorer table.numbers { border-collapse: collapse; font-size: 0.95em; font-variant-numeric: tabular-nums; }
.cjm-explorer .numbers caption { text-align: start; color: var(--muted); padding-block: 0.2rem; caption-side: bottom; }
.cjm-explorer .numbers :is(th, td) {
  padding: 0.25rem 0.9rem 0.25rem 0; border: 0; border-block-end: 1px solid var(--line); background: none;
  text-align: start; vertical-align: baseline; color: inherit;
}
.cjm-explorer .numbers thead th { color: var(--muted); font-weight: 600; vertical-align: bottom; }
.cjm-explorer .numbers tbody th { font-weight: 400; overflow-wrap: anywhere; min-inline-size: 8rem; max-inline-size: 22rem; }
.cjm-explorer .numbers .number { text-align: end; white-space: nowrap; }
.cjm-explorer .numbers thead .number { white-space: normal; }
.cjm-explorer .numbers small { margin-inline-start: 0.4rem; color: var(--muted); }
.cjm-explorer .share { display: flex; gap: 0.6rem; align-items: center; }
.cjm-explorer .share .number { min-inline-size: 3.6em; }
.cjm-explorer .bar {
  position: relative; inline-size: 9rem; block-size: 0.8rem; background: var(--raised); border-radius: 2px; flex: none;
}
.cjm-explorer .bar i { position: absolute; inset-block: 0; inset-inline-start: 0; background: #0072b2; border-radius: 2px; }
.cjm-explorer .outcome .bar i { background: #009e73; }
.cjm-explorer .bar b {
  position: absolute; inset-block: 0.15rem; border-inline: 2px solid var(--ink);
  background: linear-gradient(var(--ink), var(--ink)) center/100% 2px no-repeat;
}
.cjm-explorer details.part { border-block-start: 1px solid var(--line); padding-block: 0.35rem; margin: 0; }
.cjm-explorer details.part > summary { cursor: pointer; font-weight: 600; padding-block: 0.25rem; inline-size: fit-content; }
.cjm-explorer .cjm-exhibit { margin: 0.25rem 0 0.75rem; font: inherit; }
.cjm-explorer .cjm-exhibit figcaption > :first-child { font: inherit; margin-block-end: 0.35rem; }
.cjm-explorer .cjm-exhibit button { background: none; border-radius: 1rem; }
.cjm-explorer .voices { list-style: none; margin: 0; padding: 0; }
.cjm-explorer blockquote {
  margin: 0.5rem 0 0; padding-inline-start: 0.75rem; border-inline-start: 3px solid var(--line); overflow-wrap: anywhere;
}
.cjm-explorer h4 { margin: 0.75rem 0 0; font: inherit; font-weight: 600; }
.cjm-explorer .voices blockquote { white-space: pre-line; }
.cjm-explorer .voices .long:not(.isOpen) blockquote {
  display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 4; overflow: hidden;
}
.cjm-explorer .voices bdi ~ bdi { white-space: nowrap; }
.cjm-explorer .voices button { margin-block-start: 0.25rem; }
.cjm-explorer .turns { display: flex; flex-wrap: wrap; gap: 0.5rem; align-items: center; }
.cjm-explorer .turns p { margin: 0; }
.cjm-explorer .story { list-style: none; margin: 0.5rem 0; padding: 0; max-block-size: 24rem; overflow-y: auto; }
.cjm-explorer .story li { display: grid; grid-template-columns: 1.4rem minmax(6rem, auto) 1fr; gap: 0.5rem; padding: 0.15rem 0; }
.cjm-explorer .story li.journey { display: block; font-weight: 600; }
.cjm-explorer .story .what { overflow-wrap: anywhere; }
.cjm-explorer .story .outcome .what { font-weight: 600; }
.cjm-explorer pre {
  margin: 0.5rem 0 0; padding: 0.6rem; background: var(--raised); overflow-x: auto;
  font: 0.9em/1.45 var(--jp-code-font-family, monospace); tab-size: 4;
}
@container (max-width: 34rem) {
  .cjm-explorer .controls label { flex: 1 1 100%; }
  .cjm-explorer .controls :is(select, input) { inline-size: 100%; max-inline-size: none; }
  .cjm-explorer .bar { inline-size: 4rem; }
  .cjm-explorer .story li { grid-template-columns: 1.4rem 1fr; }
  .cjm-explorer .story li .muted { grid-column: 2; }
}
@media (prefers-reduced-motion: reduce) { .cjm-explorer .isWaiting { transition: none; } }
@media (forced-colors: active) {
  .cjm-explorer .bar { border: 1px solid CanvasText; }
  .cjm-explorer .bar i { background: Highlight; forced-color-adjust: none; }
}
`;
