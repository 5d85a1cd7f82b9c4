import { css } from 'lit';

export const gridStyles = css`
  .map {
    .scroller {
      position: relative;
      overflow: auto;
      flex: 1;
      min-width: 0;
      min-height: 0;
      border: 1px solid var(--line);
      border-radius: 6px;
      overscroll-behavior-x: contain;
    }
    table {
      table-layout: fixed;
      border-collapse: separate;
      border-spacing: 0;
      width: calc(var(--lane-width) + var(--columns) * var(--column-width));
    }
    col.lanes {
      width: var(--lane-width);
    }
    thead {
      position: sticky;
      top: 0;
      z-index: 3;
    }
    th,
    td {
      position: relative;
      padding: 6px 8px;
      border: 0 solid var(--line);
      border-width: 0 1px 1px 0;
      background: var(--ground);
      vertical-align: top;
      text-align: start;
      font-weight: normal;
      overflow-wrap: anywhere;
    }
    th {
      background: var(--raised);
    }
    th.lane,
    td.corner {
      position: sticky;
      left: 0;
      z-index: 2;
      background: var(--raised);
    }
    .begins {
      border-left: 2px solid var(--edge);
    }
    .name {
      font-weight: 600;
      display: -webkit-box;
      -webkit-box-orient: vertical;
      -webkit-line-clamp: 4;
      overflow: hidden;
    }
    .heading {
      display: flex;
      align-items: flex-start;
      gap: 6px;
      flex-wrap: wrap;
    }
    [data-row='touchpoint'] .heading {
      display: grid;
      grid-template-columns: 1fr auto;
      justify-items: start;
    }
    [data-row='touchpoint'] .mark {
      grid-column: 1 / -1;
      margin: 0;
    }
    [data-row='touchpoint'] .tools {
      grid-area: 1 / 2;
    }
    .words {
      min-width: 0;
    }
    th.lane {
      overflow-wrap: break-word;
    }
    [data-row='stage'] .heading .name {
      flex: 0 1 auto;
      font-size: 1.1em;
      min-width: 0;
    }
    [data-row='stage'] .heading {
      position: sticky;
      left: calc(var(--lane-width) + 8px);
      width: fit-content;
      max-width: 100%;
    }
    [data-row='stage'] th,
    [data-row='touchpoint'] th {
      user-select: none;
    }
    @container (max-width: 760px) {
      thead {
        position: static;
      }
      [data-row='touchpoint'] th {
        position: sticky;
        top: 0;
        z-index: 3;
      }
      [data-row='touchpoint'] th.lane {
        z-index: 4;
      }
    }
    .tools {
      display: flex;
      gap: 2px;
    }
    .tools button {
      min-height: 24px;
      min-width: 24px;
      padding: 0;
      line-height: 1;
      border-color: transparent;
      background: transparent;
      color: var(--muted);
    }
    th:hover > .heading .tools button,
    th:focus-within > .heading .tools button {
      border-color: var(--edge);
      background: var(--ground);
    }
  }
`;
