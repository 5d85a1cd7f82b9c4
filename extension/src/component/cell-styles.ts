import { css } from 'lit';

/** What stands in the cells: texts, claims, numbers, the curve. */
export const cellStyles = css`
  .map {
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
    tr.emotion {
      height: 8rem;
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
  }
`;
