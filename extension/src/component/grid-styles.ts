import { css } from 'lit';

export const gridStyles = css`
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
  .words {
    flex: 1 1 5rem;
    min-width: 0;
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
  .said {
    white-space: pre-wrap;
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 6;
    overflow: hidden;
  }
  .large .said,
  .large .name {
    -webkit-line-clamp: none;
    display: block;
  }
  .thought {
    font-style: italic;
  }
  .notes,
  .sureness,
  .level {
    color: var(--muted);
    font-size: 0.9em;
  }
  ul {
    list-style: none;
    margin: 0;
    padding: 0;
    display: grid;
    gap: 6px;
  }
  li + li {
    border-top: 1px dotted var(--line);
    padding-top: 6px;
  }
  .standing,
  .severity {
    display: inline-block;
    color: var(--muted);
    border: 1px solid var(--line);
    border-radius: 9px;
    padding: 0 6px;
    font-size: 0.85em;
    line-height: 1.5;
  }
  .standing.validated {
    color: var(--good);
    border-color: currentcolor;
  }
  .standing.refuted {
    color: var(--warn);
    border-color: currentcolor;
  }
  .standing.hypothesis {
    border-style: dashed;
    border-color: var(--edge);
  }
  .severity.critical,
  .severity.high {
    color: var(--warn);
    border-color: currentcolor;
    font-weight: 600;
  }
  .moment {
    font-weight: 600;
  }
  .measured {
    display: block;
    border-inline-start: 3px solid var(--measured);
    background: var(--measured-ground);
    padding: 3px 6px;
    font-variant-numeric: tabular-nums;
    border-radius: 0 3px 3px 0;
  }
  .measured + .measured,
  .notes + .measured,
  .said + .measured {
    margin-top: 4px;
  }
  .measured > span {
    display: block;
  }
  .measured b {
    color: var(--measured);
  }
  .glyph {
    color: var(--measured);
  }
  tr.measured {
    display: table-row;
    border: 0;
  }
  tr.measured td {
    background: var(--ground);
  }
  .measured > .bar {
    position: relative;
    display: block;
    height: 8px;
    margin: 3px 0;
    background: color-mix(in srgb, var(--ink) 12%, var(--ground));
    border-radius: 2px;
  }
  .bar > span {
    position: absolute;
    inset-block: 0;
    left: 0;
    background: var(--measured);
    border-radius: 2px;
  }
  .bar > .interval {
    inset-block: -2px;
    border: solid var(--ink);
    border-width: 0 1px;
    background: none;
    border-radius: 0;
  }
  .numbers {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
    margin-top: 4px;
  }
  .numbers .measured {
    margin: 0;
    min-width: 8rem;
  }
  tr.emotion td {
    padding: 0 0 6px;
  }
  tr.emotion td > :not(.plot, .editor) {
    margin-inline: 8px;
  }
  .plot {
    position: relative;
    height: 7.5rem;
    margin-bottom: 4px;
  }
  .plot::after {
    content: '';
    position: absolute;
    inset: 8% 0;
    z-index: -1;
    background: linear-gradient(var(--line) 1px, transparent 1px) 0 0 / 100% 25%;
    border-bottom: 1px solid var(--line);
  }
  .plot {
    isolation: isolate;
  }
  .plot::before {
    content: '';
    position: absolute;
    inset: 50% 0 auto;
    border-top: 1px solid var(--edge);
  }
  .plot svg {
    position: absolute;
    inset: 0;
    width: calc(100% + 1px);
    height: 100%;
    overflow: visible;
  }
  .plot path {
    fill: none;
    stroke: var(--claimed);
    stroke-width: 2.5px;
    vector-effect: non-scaling-stroke;
  }
  .plot path.hypothesis {
    stroke-dasharray: 6 4;
  }
  .plot path.refuted {
    stroke-dasharray: 2 3;
  }
  .claim,
  .score,
  .band {
    position: absolute;
    left: 50%;
  }
  .claim {
    width: 12px;
    height: 12px;
    margin: -6px;
    border-radius: 50%;
    border: 2.5px solid var(--claimed);
    background: var(--ground);
  }
  .claim.validated {
    background: var(--claimed);
  }
  .score {
    width: 10px;
    height: 10px;
    margin: -5px 0 0 15px;
    transform: rotate(45deg);
    border: 1px solid var(--ground);
    background: var(--measured);
  }
  .band {
    width: 12px;
    margin-left: 14px;
    min-height: 3px;
    border: solid var(--measured);
    border-width: 1.5px 0;
    background: linear-gradient(90deg, transparent 5px, var(--measured) 5px 7px, transparent 7px);
  }
  .scale {
    position: absolute;
    right: 4px;
    top: calc(0.08 * 7.5rem - 0.5em);
    height: calc(0.84 * 7.5rem + 1em);
    display: flex;
    flex-direction: column;
    justify-content: space-between;
    color: var(--muted);
    font-size: 0.85em;
    line-height: 1;
    font-variant-numeric: tabular-nums;
    text-align: end;
  }
  .scale i {
    font-style: normal;
  }
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
`;

export const zoomStyles = css`
  table.large {
    width: 100%;
    font-size: 1.1em;
  }
  table.overview {
    width: 100%;
  }
  .overview col.lanes {
    width: 5.5rem;
  }
  .overview :is(th, td) {
    padding: 4px 2px;
    overflow: hidden;
  }
  .overview th.lane {
    padding: 4px 6px;
  }
  .overview :is(.notes, .measured, .numbers, .tools, .value, .standing, .scale) {
    display: none;
  }
  .overview .flaw {
    padding: 0 2px;
  }
  .overview .heading {
    container-type: inline-size;
    display: block;
    min-height: 1.4em;
  }
  .overview [data-row='stage'] .heading {
    position: static;
    width: auto;
  }
  .overview [data-row='touchpoint'] .words {
    max-height: 13rem;
    overflow: hidden;
  }
  .overview td {
    border-right-color: color-mix(in srgb, var(--line) 50%, transparent);
  }
  .overview .begins {
    border-left-width: 1px;
  }
  .overview .plot {
    height: 15rem;
  }
  .overview [data-row='stage'] .name {
    font-size: 1em;
    hyphens: auto;
    overflow-wrap: break-word;
  }
  .overview .claim {
    width: 8px;
    height: 8px;
    margin: -4px;
  }
  .overview .score {
    width: 7px;
    height: 7px;
    margin: -3.5px 0 0 4px;
  }
  .overview .band {
    display: none;
  }
  @container (max-width: 4.5rem) {
    .overview [data-row='touchpoint'] .name {
      writing-mode: vertical-rl;
      display: block;
      max-height: 13rem;
      line-height: 1.2;
      font-weight: normal;
      white-space: nowrap;
      text-overflow: ellipsis;
    }
  }
  @container (max-width: 12px) {
    .overview .name,
    .overview .claim,
    .overview .mark {
      visibility: hidden;
    }
  }
`;
