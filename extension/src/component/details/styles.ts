import { css } from 'lit';
import { layoutStyles } from './layout';

/** How panels of fields look: the side panel, the guide and the list of changes. */
export const sheetStyles = css`
  ${layoutStyles}

  .sheet {
    padding: 12px;
    color: var(--ink);
    background: var(--ground);
    overflow-wrap: anywhere;

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
      color: var(--muted);
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
      background: var(--ground);
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
      color: var(--accent);
      text-decoration: underline;
    }
    & button.add {
      border-style: dashed;
    }
    & button.main {
      border-color: var(--accent);
      box-shadow: inset 0 0 0 1px var(--accent);
      font-weight: 600;
    }
    & :focus-visible {
      outline: 2px solid var(--accent);
      outline-offset: 1px;
    }
    & [aria-invalid='true'] {
      border: 2px solid var(--warn) !important;
    }
  }
`;
