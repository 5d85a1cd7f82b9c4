import { css } from 'lit';

/** What each part of the rule builder looks like. */
export const parts = css`
  .figure {
    display: flex;
    flex-wrap: wrap;
    gap: 0 8px;
    align-items: baseline;
  }
  .figure strong {
    font-size: 20px;
  }
  .bar {
    height: 12px;
    border: 1px solid var(--edge);
    border-radius: 3px;
    overflow: hidden;
  }
  .bar span {
    display: block;
    height: 100%;
    background: var(--brand);
    forced-color-adjust: none;
    transition: width 0.3s;
  }
  .waiting {
    font-weight: 400;
  }
  .period,
  .search {
    margin-top: 6px;
  }
  .panel .inventory {
    max-height: 340px;
    overflow: auto;
    border-bottom: 1px solid var(--line);
  }
  .row {
    display: grid;
    user-select: none;
    grid-template-columns: 14px minmax(0, 1fr) auto;
    gap: 0 6px;
    align-items: center;
    padding: 4px 2px;
    border-top: 1px solid var(--line);
    cursor: grab;
    content-visibility: auto;
    contain-intrinsic-size: auto 54px;
  }
  .row:hover {
    background: var(--raised);
  }
  .grip {
    grid-row: 1 / 3;
    align-self: stretch;
    touch-action: none;
    background: radial-gradient(circle, var(--edge) 1.5px, transparent 2px) 0 0 / 6px 6px;
  }
  .names {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 6px;
    align-items: center;
    min-width: 0;
  }
  .name,
  .pairing {
    font-weight: 600;
  }
  .seen,
  .row .picker {
    grid-column: 2 / 4;
  }
  .open {
    font-weight: 600;
  }
  .on {
    overflow-wrap: anywhere;
  }
  .picker input {
    display: block;
    width: 100%;
  }
  .picker [role='listbox'] {
    max-height: 220px;
    overflow: auto;
    border: 1px solid var(--line);
    background: var(--paper);
    cursor: default;
  }
  .group {
    padding: 6px 4px 2px;
    font-size: 12px;
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  .option {
    display: flex;
    gap: 8px;
    justify-content: space-between;
    align-items: center;
    min-height: 24px;
    padding: 2px 8px;
    border-inline-start: 3px solid transparent;
    cursor: pointer;
  }
  .option[aria-selected='true'] {
    background: var(--raised);
    border-inline-start-color: var(--brand);
  }
  .proposal {
    margin: 8px 0;
    padding: 4px 10px;
    border: 2px solid var(--brand);
    border-radius: 4px;
  }
  .proposal > .buttons {
    position: sticky;
    bottom: -8px;
    margin: 4px -10px -4px;
    padding: 6px 10px;
    background: var(--paper);
  }
  .rule {
    padding: 4px 8px;
    border-inline-start: 3px solid var(--line);
    overflow-wrap: anywhere;
    max-height: 9em;
    overflow: auto;
  }
  .counts[aria-busy='true'] {
    opacity: 0.6;
  }
  table {
    width: 100%;
    border-collapse: collapse;
    font-size: 12px;
  }
  th,
  td {
    padding: 2px 6px 2px 0;
    text-align: start;
    vertical-align: top;
    font-weight: 400;
    font-variant-numeric: tabular-nums;
    border-bottom: 1px solid var(--line);
  }
  thead th {
    font-weight: 600;
  }
  .pair {
    white-space: nowrap;
  }
  .bars {
    display: block;
    min-width: 5em;
  }
  .bars span {
    display: block;
    height: 4px;
    margin-top: 1px;
    background: var(--edge);
    forced-color-adjust: none;
  }
  .bars .now {
    background: var(--brand);
  }
  .more,
  .less {
    font-weight: 600;
    white-space: nowrap;
  }
  .suggestion,
  .question {
    padding: 6px;
    border-top: 1px solid var(--line);
  }
  .pairing {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 6px;
  }
  .reasons,
  .overlaps {
    padding-inline-start: 16px;
    list-style: disc;
  }
  .target > .disclosure {
    display: flex;
    gap: 8px;
    justify-content: space-between;
    align-items: center;
    width: 100%;
    min-height: 28px;
    text-align: start;
    border-color: transparent;
  }
  .disclosure::before {
    content: '▸' / '';
  }
  .disclosure[aria-expanded='true']::before {
    content: '▾' / '';
  }
  .disclosure bdi {
    flex: 1;
  }
  .target > div {
    padding: 0 8px 8px 20px;
  }
  .claims li {
    display: flex;
    gap: 8px;
    align-items: center;
    padding: 2px 0;
  }
  .claims bdi {
    flex: 1;
  }
  fieldset {
    margin: 6px 0;
    padding: 4px 8px;
    border: 1px solid var(--line);
    min-width: 0;
  }
  .condition {
    display: grid;
    grid-template-columns: minmax(0, 3fr) minmax(0, 4fr) minmax(0, 5fr) auto;
    gap: 4px 6px;
    align-items: center;
    margin-bottom: 4px;
  }
  .condition > .fault {
    grid-column: 1 / -1;
    margin: 0;
  }
  .context {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 6px;
    align-items: center;
  }
  .context > .fault,
  .context > .side {
    flex-basis: 100%;
    margin: 0;
  }
  .number {
    width: 5em;
  }
`;
