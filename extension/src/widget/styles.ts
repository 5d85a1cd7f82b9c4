import { css } from 'lit';
import { parts } from './part-styles';

const frame = css`
  :host {
    --paper: var(--jp-layout-color1, var(--vscode-editor-background, Canvas));
    --raised: var(
      --jp-layout-color2,
      var(--vscode-sideBar-background, color-mix(in srgb, CanvasText 7%, Canvas))
    );
    --ink: var(--jp-ui-font-color1, var(--vscode-editor-foreground, CanvasText));
    --line: var(--jp-border-color1, var(--vscode-panel-border, color-mix(in srgb, CanvasText 30%, Canvas)));
    --edge: color-mix(in srgb, var(--ink) 60%, transparent);
    --brand: var(--jp-brand-color1, var(--vscode-focusBorder, #1565c0));
    --on-brand: var(--jp-ui-inverse-font-color0, #fff);
    --bad: var(--jp-error-color1, var(--vscode-errorForeground, #c62828));
    display: block;
    container-type: inline-size;
    color: var(--ink);
    font: 13px/1.45 var(--jp-ui-font-family, system-ui, sans-serif);
    text-align: start;
  }
  * {
    box-sizing: border-box;
  }
  .whole {
    display: grid;
    grid-template: auto minmax(0, 1fr) / minmax(0, 1fr);
    height: 640px;
    min-height: 260px;
    resize: vertical;
    overflow: hidden;
    background: var(--paper);
    border: 1px solid var(--line);
  }
  .strip {
    grid-row: 1;
    grid-column: 1 / -1;
    margin: 0;
    padding: 6px 10px;
    border-bottom: 1px solid var(--line);
  }
  .board {
    grid-row: 2;
    min-width: 0;
    min-height: 0;
    overflow: hidden;
  }
  .board > * {
    display: block;
    height: 100%;
  }
  .pane {
    grid-row: 2;
    overflow: auto;
    padding: 8px 12px;
    border-inline-start: 1px solid var(--line);
    overscroll-behavior: contain;
  }
  .building {
    grid-template-columns: minmax(0, 1fr) clamp(320px, 34%, 440px);
  }
  h3,
  h4 {
    margin: 10px 0 4px;
    font-size: 13px;
    font-weight: 600;
  }
  h4 {
    font-size: 12px;
  }
  p {
    margin: 4px 0;
  }
  ul,
  ol {
    margin: 4px 0;
    padding: 0;
    list-style: none;
  }
  code {
    font: 12px var(--jp-code-font-family, monospace);
    overflow-wrap: anywhere;
  }
  .faint,
  .seen,
  .count {
    font-size: 12px;
    opacity: 0.85;
  }
  .fault {
    color: var(--bad);
    overflow-wrap: anywhere;
  }
  .fault:empty {
    margin: 0;
  }
  .sentences {
    white-space: pre-line;
  }
  .empty {
    padding: 8px 0;
  }
  .clamped {
    display: -webkit-box;
    overflow: hidden;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    overflow-wrap: anywhere;
    min-width: 0;
  }
  :focus-within > .clamped,
  :focus-within > .names > .clamped,
  .suggestion:focus-within .clamped {
    display: block;
    max-height: 12em;
    overflow: auto;
  }
  .unseen {
    position: absolute;
    width: 1px;
    height: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
`;

const controls = css`
  button,
  input,
  select,
  textarea {
    min-height: 24px;
    max-width: 100%;
    padding: 2px 8px;
    font: inherit;
    color: inherit;
    background: var(--paper);
    border: 1px solid var(--edge);
    border-radius: 3px;
  }
  textarea {
    width: 100%;
    font-family: var(--jp-code-font-family, monospace);
  }
  input[type='checkbox'] {
    width: 16px;
    min-height: 16px;
    height: 16px;
    margin: 0;
    accent-color: var(--brand);
  }
  input[type='date'] {
    color-scheme: inherit;
  }
  button {
    cursor: pointer;
  }
  [aria-invalid='true'] {
    border-color: var(--bad);
    box-shadow: inset 0 0 0 1px var(--bad);
  }
  button:hover:not([disabled]) {
    background: var(--raised);
  }
  button[disabled] {
    cursor: default;
    opacity: 0.5;
  }
  button.chief,
  button.chief:hover:not([disabled]) {
    color: var(--on-brand);
    background: var(--brand);
    border-color: var(--brand);
  }
  button.chief[disabled] {
    color: inherit;
    background: var(--paper);
    border-color: var(--edge);
  }
  :focus-visible {
    outline: 2px solid var(--brand);
    outline-offset: 1px;
  }
  .buttons,
  .tick,
  .period,
  .search,
  .side {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
    align-items: center;
  }
  .search label:first-child {
    flex: 1 1 10em;
  }
  .search input[type='search'] {
    width: 100%;
  }
  .tabs {
    display: flex;
    flex-wrap: wrap;
    gap: 2px;
    margin-top: 10px;
    border-bottom: 1px solid var(--line);
  }
  .tabs button {
    border: 0;
    border-bottom: 3px solid transparent;
    border-radius: 0;
  }
  .tabs [aria-selected='true'] {
    border-bottom-color: var(--brand);
    font-weight: 600;
  }
  .chip {
    padding: 0 6px;
    border: 1px solid var(--line);
    border-radius: 9px;
    font-size: 12px;
  }
`;

const surroundings = css`
  @container (max-width: 760px) {
    .building {
      grid-template: auto minmax(200px, 2fr) minmax(0, 3fr) / minmax(0, 1fr);
      height: 900px;
    }
    .building > .pane {
      grid-row: 3;
      border-top: 1px solid var(--line);
      border-inline-start: 0;
    }
  }
  @media (forced-colors: active) {
    .tabs [aria-selected='false'] {
      border-bottom-color: Canvas;
    }
    .tabs [aria-selected='true'] {
      border-bottom-color: Highlight;
    }
    .option[aria-selected='true'] {
      color: HighlightText;
      background: Highlight;
      forced-color-adjust: none;
    }
    .option[aria-selected='true'] .faint {
      opacity: 1;
    }
    .grip {
      background-image: radial-gradient(circle, CanvasText 1.5px, transparent 2px);
      forced-color-adjust: none;
    }
    .bar span,
    .bars .now {
      background: Highlight;
    }
    .bars .old {
      background: GrayText;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .bar span {
      transition: none;
    }
  }
`;

export const styles = [frame, controls, parts, surroundings];
