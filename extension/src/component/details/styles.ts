import { css } from 'lit';
import { layoutStyles } from './layout';

/** How panels of fields look: the side panel, the guide and the list of changes. */
export const sheetStyles = css`
  ${layoutStyles}

  .sheet {
    --ink: var(--jp-ui-font-color1, #212121);
    --quiet: var(--jp-ui-font-color2, #565656);
    --ground: var(--jp-layout-color1, #fff);
    --raised: var(--jp-layout-color2, #f3f3f3);
    --edge: var(--jp-border-color0, #8a8a8a);
    --brand: var(--jp-brand-color1, #1565c0);
    --bad: var(--jp-error-color0, #b71c1c);
    box-sizing: border-box;
    padding: 12px;
    color: var(--ink);
    background: var(--ground);
    font-size: var(--jp-ui-font-size1, 13px);
    line-height: 1.4;
    overflow-wrap: anywhere;

    & *,
    & *::before {
      box-sizing: border-box;
    }
    & h2 {
      margin: 4px 0 8px;
      font-size: 1.25em;
    }
    & h3 {
      display: inline;
      margin: 0;
      font-size: 1em;
    }
    & small {
      color: var(--quiet);
      font-size: 0.88em;
      font-weight: 400;
    }
    & p {
      margin: 2px 0;
    }
    & ul,
    & ol {
      margin: 0;
      padding: 0;
      list-style: none;
    }
    & input,
    & textarea,
    & select,
    & button {
      color: inherit;
      font: inherit;
      min-height: 28px;
    }
    & input:not([type='checkbox']),
    & textarea,
    & select {
      width: 100%;
      min-width: 0;
      padding: 3px 6px;
      border: 1px solid var(--edge);
      border-radius: 3px;
      background: var(--jp-input-background, var(--ground));
    }
    & option,
    & optgroup {
      color: var(--ink);
      background: var(--ground);
    }
    & button {
      min-width: 28px;
      padding: 2px 8px;
      border: 1px solid var(--edge);
      border-radius: 3px;
      background: none;
      cursor: pointer;
      text-align: start;
    }
    & button:hover:not([aria-disabled='true']) {
      background: var(--raised);
    }
    & button[aria-disabled='true'] {
      opacity: 0.6;
      border-style: dashed;
      cursor: default;
    }
    & button.link {
      padding: 2px 4px;
      border-color: transparent;
      color: var(--jp-content-link-color, var(--brand));
      text-decoration: underline;
    }
    & button.add {
      border-style: dashed;
    }
    & button.main {
      border-color: var(--brand);
      box-shadow: inset 0 0 0 1px var(--brand);
      font-weight: 600;
    }
    & :focus-visible {
      outline: 2px solid var(--brand);
      outline-offset: 1px;
    }
    & [aria-invalid='true'] {
      border: 2px solid var(--bad) !important;
    }
  }
`;
