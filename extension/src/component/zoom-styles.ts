import { css } from 'lit';

/** The overview and the large view. */
export const zoomStyles = css`
  .map {
    table.large {
      width: 100%;
      font-size: 1.1em;
    }
    table.overview {
      width: 100%;
      min-width: calc(5.5rem + var(--columns) * 17px);
    }
    table.overview.crowded {
      min-width: 0;
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
      height: clamp(10rem, 100cqi / 4, 26rem);
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
      margin: -3.5px 0 0 1px;
    }
    .overview .band {
      display: none;
    }
    .overview.crowded .words {
      display: none;
    }
    .overview.crowded :is(.claim, .score) {
      width: 4px;
      height: 4px;
      margin: -2px;
      border-width: 0.5px;
    }
    .overview.crowded .score {
      border: 0;
    }
    .overview.crowded path {
      stroke-width: 1.5px;
    }
    .overview.crowded path.hypothesis {
      stroke-dasharray: 2 1.5;
    }
    @container (max-width: 4.5rem) {
      .overview [data-row='touchpoint'] .words {
        width: fit-content;
        margin: 0 auto;
      }
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
    @container (max-width: 9px) {
      .overview .name,
      .overview .claim,
      .overview .mark {
        visibility: hidden;
      }
    }
  }
`;
