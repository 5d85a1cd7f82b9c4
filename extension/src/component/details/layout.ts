import { css } from 'lit';

/** Where the pieces of a field, an entry and a panel stand. */
export const layoutStyles = css`
  .sheet {
    & .field {
      margin: 0 0 10px;
    }
    & .head,
    & .row,
    & .actions,
    & .crumbs,
    & .finder,
    & .pair {
      display: flex;
      gap: 4px;
      align-items: center;
    }
    & .row > button {
      flex: none;
    }
    & .head {
      justify-content: space-between;
      min-height: 26px;
    }
    & label,
    & .label {
      font-weight: 600;
    }
    & .check {
      flex: none;
      display: flex;
      align-items: center;
      min-height: 24px;
      font-weight: 400;
    }
    & .about-button {
      flex: none;
      min-width: 24px;
      min-height: 24px;
      padding: 0;
      border-color: transparent;
      color: var(--muted);
      text-align: center;
    }
    & .about {
      padding: 4px 6px;
      border-inline-start: 3px solid var(--accent);
      color: var(--muted);
      background: var(--raised);
    }
    & .wrong,
    & .problems,
    & .troubles .link {
      color: var(--warn);
    }
    & [hidden] {
      display: none;
    }
    & .value {
      white-space: pre-wrap;
    }
    & .grow {
      display: grid;
      width: 100%;
    }
    & .grow > * {
      grid-area: 1 / 1;
      max-height: 40vh;
      padding: 3px 6px;
      white-space: pre-wrap;
      overflow-wrap: anywhere;
    }
    & .grow > textarea {
      overflow: auto;
      resize: none;
    }
    & .grow > .double {
      visibility: hidden;
      overflow: hidden;
      border: 1px solid;
      min-height: 28px;
    }
    & .code {
      font-family: var(--jp-code-font-family, monospace);
    }
    & .calendar:not(#calendar) {
      position: absolute;
      width: 1px;
      height: 1px;
      min-height: 0;
      padding: 0;
      border: 0;
      opacity: 0;
      pointer-events: none;
    }
    & .part,
    & .condition {
      min-width: 0;
      margin: 0 0 10px;
      padding: 6px 8px;
      border: 1px solid var(--edge);
      border-radius: 4px;
    }
    & .condition {
      border-inline-start-width: 3px;
    }
    & .corner {
      display: flex;
      gap: 2px;
      justify-content: flex-end;
    }
    & .entries > li {
      margin: 2px 0;
    }
    & .entries > .entry {
      padding: 2px 4px;
      border: 1px solid var(--edge);
      border-radius: 4px;
    }
    & button.fold {
      flex: 1;
      border-color: transparent;
    }
    & .leaf {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(104px, 1fr));
      column-gap: 6px;
    }
    & .values {
      display: grid;
      grid-template-columns: auto minmax(0, 1fr);
      gap: 0 8px;
      margin: 0 4px 2px;
    }
    & .values dt {
      color: var(--muted);
    }
    & .values dd {
      margin: 0;
      white-space: pre-wrap;
    }
    & .kind {
      flex: none;
    }
    & section {
      margin-top: 10px;
    }
    & .chips {
      display: flex;
      flex-wrap: wrap;
      gap: 4px;
      margin-bottom: 4px;
    }
    & .chip {
      display: flex;
      align-items: center;
      gap: 2px;
      max-width: 100%;
      padding-inline-start: 8px;
      border: 1px solid var(--edge);
      border-radius: 14px;
      background: var(--raised);
    }
    & .chip button {
      border-color: transparent;
      border-radius: 14px;
      text-align: center;
    }
    & .inner > li {
      display: grid;
      grid-template-columns: minmax(0, 1fr) auto;
      gap: 4px;
      align-items: start;
    }
    & summary {
      min-height: 28px;
      padding: 4px 2px;
      cursor: pointer;
    }
    & .group {
      border-top: 1px solid var(--line);
    }
    & .group[open] {
      padding-bottom: 6px;
    }
    & .crumbs {
      justify-content: space-between;
      margin-bottom: 6px;
    }
    & .crumbs ol {
      display: flex;
      min-width: 0;
    }
    & .crumbs li {
      display: flex;
      align-items: baseline;
      flex: 0 1 auto;
      min-width: 3em;
    }
    & .crumbs li:first-child:not(:last-child) {
      flex-shrink: 9;
    }
    & .crumbs li + li::before {
      content: '›';
      color: var(--muted);
    }
    & .crumbs bdi {
      display: block;
      overflow: hidden;
      white-space: nowrap;
      text-overflow: ellipsis;
    }
    & .crumbs .link {
      min-width: 0;
    }
    & .crumbs [aria-current] {
      padding: 2px 4px 2px 0;
      gap: 4px;
    }
    & .crumbs .pair {
      flex: none;
    }
    & .actions {
      flex-wrap: wrap;
      margin-bottom: 8px;
    }
    & .finder {
      flex-wrap: wrap;
      margin: 8px 0;
    }
    & .finder input[type='search'] {
      flex: 1 1 130px;
    }
    & .troubles,
    & .measured {
      margin: 0 0 8px;
      padding: 4px 8px;
      border: 1px solid var(--warn);
      border-radius: 4px;
    }
    & .measured {
      border: 1px dashed var(--edge);
      background: var(--raised);
    }
    & .scroll {
      overflow-x: auto;
    }
    & table {
      width: 100%;
      border-collapse: collapse;
      font-variant-numeric: tabular-nums;
      overflow-wrap: normal;
    }
    & th,
    & td {
      padding: 3px 4px;
      border-top: 1px solid var(--line);
      text-align: start;
      vertical-align: top;
      font-weight: 400;
    }
    & thead th {
      border: 0;
      color: var(--muted);
    }
    & td small,
    & th small {
      display: block;
    }
  }
`;
