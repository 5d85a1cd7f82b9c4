/** What widgets of the page share, in the colours of JupyterLab, of VS Code or of the page. */
export const look = (root: string): string => `
${root} {
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
  body:not([data-jp-theme-light]) ${root}:not(:is([data-vscode-theme-kind] *)) {
    --ink: #e6eaef; --muted: #a3adb8; --paper: #15181c; --raised: #20252b; --line: #3a424b; --accent: #6cb6ff;
  }
}
body[data-jp-theme-light='false'] ${root} { --accent: #6cb6ff; --muted: #b6bec7; }
body[data-jp-theme-light='true'] ${root} { --muted: #59636e; }
${root} *, ${root} *::before { box-sizing: border-box; }
${root} > * { margin-block: 0 0.75rem; }
${root} h3 { margin: 0 0 0.5rem; font-size: 1.2em; line-height: 1.3; overflow-wrap: anywhere; }
${root} .muted { color: var(--muted); font-size: 0.9em; margin: 0.15rem 0; }
${root} .controls { display: flex; flex-wrap: wrap; gap: 0.6rem 0.8rem; align-items: end; }
${root} .controls label { display: grid; gap: 0.15rem; min-inline-size: 0; max-inline-size: 100%; }
${root} .controls span { color: var(--muted); font-size: 0.85em; }
${root} :is(select, input, button) {
  min-block-size: 2rem; max-inline-size: 100%; padding: 0.2rem 0.5rem; font: inherit; color: var(--ink);
  background: var(--paper); border: 1px solid var(--muted); border-radius: 4px;
}
${root} .controls select { max-inline-size: 16rem; }
${root} ::placeholder { color: var(--muted); opacity: 1; }
${root} button { cursor: pointer; }
${root} button:disabled { cursor: default; border-style: dashed; color: var(--muted); }
${root} button:not(:disabled):hover { background: var(--raised); }
${root} :is(select, input, button, summary, [tabindex]):focus-visible {
  outline: 2px solid var(--accent); outline-offset: 2px;
}
${root} .status { display: flex; gap: 0.6rem; align-items: baseline; min-block-size: 1.6em; font-weight: 600; }
${root} .status [role='status'] { margin: 0; }
${root} .working { color: var(--muted); font-weight: 400; margin: 0; }
${root} .problem {
  margin: 0; padding: 0.6rem 0.8rem; background: var(--raised); border-inline-start: 4px solid var(--warn);
  font-weight: 400; max-inline-size: 48rem; overflow-wrap: anywhere;
}
${root} .isWaiting { opacity: 0.55; transition: opacity 0.15s 0.2s; }
${root} .scroll { overflow-x: auto; }
${root} table.numbers { border-collapse: collapse; font-size: 0.95em; font-variant-numeric: tabular-nums; }
${root} .numbers caption { text-align: start; color: var(--muted); padding-block: 0.2rem; caption-side: bottom; }
${root} .numbers :is(th, td) {
  padding: 0.25rem 0.9rem 0.25rem 0; border: 0; border-block-end: 1px solid var(--line); background: none;
  text-align: start; vertical-align: baseline; color: inherit;
}
${root} .numbers thead th { color: var(--muted); font-weight: 600; vertical-align: bottom; }
${root} .numbers tbody th { font-weight: 400; overflow-wrap: anywhere; min-inline-size: 8rem; max-inline-size: 22rem; }
${root} .numbers .number { text-align: end; white-space: nowrap; }
${root} .numbers thead .number { white-space: normal; }
${root} details.part { border-block-start: 1px solid var(--line); padding-block: 0.35rem; margin: 0; }
${root} details.part > summary { cursor: pointer; font-weight: 600; padding-block: 0.25rem; inline-size: fit-content; }
${root} h4 { margin: 0.75rem 0 0; font: inherit; font-weight: 600; }
${root} pre {
  margin: 0.5rem 0 0; padding: 0.6rem; background: var(--raised); overflow-x: auto; white-space: pre;
  font: 0.9em/1.45 var(--jp-code-font-family, monospace); tab-size: 4;
}
@container (max-width: 34rem) {
  ${root} .controls label { flex: 1 1 100%; }
  ${root} .controls :is(select, input) { inline-size: 100%; max-inline-size: none; }
}
@media (prefers-reduced-motion: reduce) { ${root} .isWaiting { transition: none; } }
`;
