import { css } from 'lit';

/** Signs at a cell: problems, changes, what was found, the focus, who else is here. */
export const markStyles = css`
  .map {
    .mark {
      display: inline-block;
      margin-top: 2px;
      padding: 0 6px;
      border: 1px solid currentcolor;
      border-radius: 9px;
      font-size: 0.85em;
      white-space: nowrap;
      background: var(--ground);
    }
    .flaw,
    .wrong,
    .error {
      color: var(--warn);
    }
    .difference {
      color: var(--changed);
      border-style: double;
      border-width: 3px;
      line-height: 1.2;
    }
    .flawed {
      box-shadow: inset 3px 0 var(--warn);
    }
    .differs {
      box-shadow: inset 0 3px var(--changed);
    }
    .gone {
      text-decoration: line-through;
    }
    .dim {
      background: repeating-linear-gradient(135deg, var(--ground) 0 6px, var(--raised) 6px 8px);
      color: var(--muted);
    }
    .found {
      box-shadow: inset 0 0 0 2px var(--accent);
    }
    ::highlight(cjm-found) {
      background: #ffd54a;
      color: #1f2328;
    }
    .peered {
      outline: 2px dashed var(--peer, magenta);
      outline-offset: -3px;
    }
    .flag {
      position: absolute;
      top: 0;
      right: 0;
      padding: 0 5px;
      border: 2px solid var(--peer, magenta);
      border-radius: 0 0 0 6px;
      background: var(--ground);
      color: var(--ink);
      font-size: 0.85em;
      max-width: 100%;
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    [tabindex='0'][data-at] {
      box-shadow: inset 0 0 0 1px var(--accent);
    }
    [data-at]:focus,
    [data-at]:focus-visible {
      outline: 2px solid var(--accent);
      outline-offset: -2px;
      z-index: 1;
    }
    th.lane:focus {
      z-index: 2;
    }
    a {
      color: var(--claimed);
    }
    .drop-line {
      position: absolute;
      top: 0;
      width: 3px;
      background: var(--accent);
      z-index: 4;
      pointer-events: none;
    }
    .dragging {
      cursor: grabbing;
      scroll-behavior: auto;
    }
    @media (forced-colors: active) {
      .plot path {
        stroke: CanvasText;
      }
      .bar > span,
      .score,
      .drop-line {
        background: Highlight;
        forced-color-adjust: none;
      }
      .flawed,
      .differs,
      .found {
        outline: 2px solid Mark;
        outline-offset: -2px;
      }
    }
  }
`;
