import { css } from 'lit';

/**
 * JupyterLab's colours where there are some, else our own, light or dark. Colours with a meaning are
 * mixed with the ink, so that they keep their contrast on whatever ground a theme brings.
 */
export const theme = css`
  :host {
    color-scheme: light dark;
    --ink: var(--jp-ui-font-color1, light-dark(#1f2328, #e6eaef));
    --ground: var(--jp-layout-color1, light-dark(#ffffff, #15181c));
    --raised: var(--jp-layout-color2, light-dark(#f1f4f7, #20262d));
    --muted: color-mix(in srgb, var(--ink) 76%, var(--ground));
    --line: color-mix(in srgb, var(--ink) 18%, var(--ground));
    --edge: color-mix(in srgb, var(--ink) 55%, var(--ground));
    --accent: color-mix(in oklab, #0a7bd0 72%, var(--ink));
    --claimed: color-mix(in oklab, #0072b2 68%, var(--ink));
    --measured: color-mix(in oklab, #d55e00 74%, var(--ink));
    --measured-ground: color-mix(in srgb, #d55e00 9%, var(--ground));
    --warn: color-mix(in oklab, #c9252d 68%, var(--ink));
    --good: color-mix(in oklab, #009e73 55%, var(--ink));
    --changed: color-mix(in oklab, #8a4bbf 60%, var(--ink));
    --lane-width: 9.9em;
    --column-width: 16em;
    display: block;
    color: var(--ink);
    background: var(--ground);
    font: var(--jp-ui-font-size1, 13px) / 1.4
      var(--jp-ui-font-family, system-ui, -apple-system, 'Segoe UI', sans-serif);
    text-align: start;
    container-type: inline-size;
  }
  :host-context([data-jp-theme-light='true']) {
    color-scheme: light;
  }
  :host-context([data-jp-theme-light='false']) {
    color-scheme: dark;
  }
  :host([hidden]) {
    display: none;
  }
  *,
  ::before,
  ::after {
    box-sizing: border-box;
  }
  button,
  select,
  input,
  textarea {
    font: inherit;
    color: inherit;
  }
  button,
  select {
    min-height: 26px;
    min-width: 26px;
    padding: 2px 8px;
    border: 1px solid var(--edge);
    border-radius: 4px;
    background: var(--ground);
    cursor: pointer;
  }
  button:hover:not(:disabled, [aria-disabled='true']) {
    background: var(--raised);
  }
  button:is(:disabled, [aria-disabled='true']) {
    color: var(--muted);
    border-color: var(--line);
    cursor: default;
  }
  button[aria-pressed='true'] {
    background: var(--raised);
    border-color: var(--accent);
    box-shadow: inset 0 -2px var(--accent);
  }
  :focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: 1px;
  }
  kbd {
    font: inherit;
    color: var(--muted);
  }
  .unseen {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  @media (forced-colors: active) {
    button[aria-disabled='true'] {
      color: GrayText;
      border-color: GrayText;
    }
    button[aria-pressed='true']:not(:disabled) {
      color: HighlightText;
      background: Highlight;
      forced-color-adjust: none;
    }
  }
  @media (prefers-contrast: more) {
    :host {
      --muted: var(--ink);
      --line: var(--edge);
    }
  }
  @media (prefers-reduced-motion: no-preference) {
    .scroller {
      scroll-behavior: smooth;
    }
  }
`;
