import { css } from 'lit';

/** What stands around the grid: toolbar, strips, panel, menus, editors. */
export const frameStyles = css`
  .frame {
    display: flex;
    flex-direction: column;
    gap: 8px;
    height: 100%;
    padding: 8px;
  }
  .toolbar {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 6px;
  }
  .toolbar select {
    max-width: 11em;
  }
  .title {
    flex: 0 1 auto;
    max-width: clamp(12em, 100cqi - 66em, 44em);
    overflow: hidden;
    white-space: nowrap;
    text-overflow: ellipsis;
    border-color: transparent;
    font-size: 1.2em;
    font-weight: 600;
    text-align: start;
    padding: 0 4px;
  }
  .panels {
    display: flex;
    gap: 6px;
    margin-inline-start: auto;
  }
  .segments {
    display: inline-flex;
  }
  .segments button {
    border-radius: 0;
    margin-inline-end: -1px;
  }
  .segments button:first-child {
    border-start-start-radius: 4px;
    border-end-start-radius: 4px;
  }
  .segments button:last-child {
    border-start-end-radius: 4px;
    border-end-end-radius: 4px;
  }
  .problems,
  .outdated,
  .wrong {
    color: var(--warn);
  }
  .notes {
    color: var(--muted);
  }
  .glyph {
    color: var(--measured);
  }
  .persona,
  .about {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 14px;
    align-items: baseline;
  }
  .persona {
    padding: 6px 10px;
    border-inline-start: 3px solid var(--claimed);
    background: var(--raised);
  }
  .persona q {
    margin-inline-start: 8px;
    font-style: italic;
  }
  .as-of,
  .about {
    color: var(--muted);
    font-size: 0.95em;
  }
  .about {
    min-height: 1.5em;
    max-height: 6em;
    overflow: auto;
  }
  .about b {
    color: var(--ink);
  }
  .about .was {
    color: var(--changed);
  }
  .neighbours {
    display: flex;
    justify-content: space-between;
    align-items: center;
    gap: 8px;
  }
  .neighbours button {
    max-width: 42%;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .body {
    display: flex;
    gap: 8px;
    flex: 1;
    min-height: 0;
  }
  .map {
    flex: 1;
    display: flex;
    min-width: 0;
    min-height: 0;
  }
  .side {
    flex: 0 0 22rem;
    max-width: 40%;
    overflow: auto;
    border: 1px solid var(--line);
    border-radius: 6px;
    position: relative;
  }
  .side > .shut {
    position: sticky;
    display: block;
    top: 4px;
    margin: 4px 4px -32px auto;
    height: 28px;
    z-index: 2;
  }
  .side > .sheet > :first-child {
    padding-inline-end: 32px;
  }
  @container (max-width: 760px) {
    .frame {
      overflow: auto;
    }
    .body {
      flex-direction: column;
      flex: 1 0 14rem;
    }
    .body:has(> .side) {
      flex-basis: 26rem;
    }
    .map {
      flex: 1 1 45%;
    }
    .side {
      flex: 0 1 55%;
      max-width: none;
    }
    .scroller {
      --lane-width: 8.4em;
      --column-width: 13em;
    }
    .title {
      max-width: 100%;
    }
    .toolbar select {
      max-width: 8.6em;
    }
    .frame {
      padding: 4px;
    }
  }
  [popover],
  dialog {
    color: var(--ink);
    background: var(--ground);
    border: 1px solid var(--edge);
    border-radius: 6px;
    box-shadow: 0 4px 18px rgb(0 0 0 / 25%);
  }
  [popover] {
    position: fixed;
    inset: auto;
    margin: 0;
    padding: 4px;
    overflow: auto;
  }
  .menu:popover-open {
    display: flex;
    flex-direction: column;
    min-width: 12rem;
  }
  .menu button {
    display: flex;
    justify-content: space-between;
    gap: 24px;
    border-color: transparent;
    text-align: start;
  }
  .menu button:focus-visible {
    background: var(--raised);
    outline-offset: -2px;
  }
  .choice {
    display: flex;
    gap: 4px;
    align-items: center;
    padding: 1px 4px;
  }
  .choice label {
    flex: 1;
    display: flex;
    gap: 6px;
    min-height: 26px;
    min-width: 10rem;
    align-items: center;
  }
  .start {
    flex: 1;
    align-content: center;
    padding: 24px;
    border: 1px dashed var(--edge);
    border-radius: 6px;
    text-align: center;
  }
  .start :is(h2, p) {
    max-width: 34em;
    margin: 0 auto 12px;
  }
  .start h2 {
    font-size: 1.3em;
  }
  .start button {
    min-height: 32px;
    margin: 4px;
    padding: 4px 14px;
  }
  .start [data-act='begin'] {
    border-color: var(--accent);
    box-shadow: inset 0 0 0 1px var(--accent);
    font-weight: 600;
  }
  .find {
    display: flex;
    gap: 6px;
    align-items: center;
  }
  .find input {
    flex: 0 1 18rem;
    min-width: 6rem;
    min-height: 26px;
    border: 1px solid var(--edge);
    border-radius: 4px;
    background: var(--ground);
    padding: 2px 6px;
  }
  .find .count {
    min-width: 5rem;
    font-variant-numeric: tabular-nums;
  }
  .shortcuts {
    width: min(40rem, 92vw);
    padding: 12px 20px 20px;
  }
  .shortcuts form {
    display: flex;
    justify-content: space-between;
    align-items: center;
  }
  .shortcuts :is(h2, h3) {
    margin: 8px 0 4px;
    font-size: 1.1em;
  }
  .shortcuts dl {
    display: grid;
    grid-template-columns: minmax(9rem, auto) 1fr;
    gap: 2px 12px;
    margin: 0;
  }
  .shortcuts dd {
    margin: 0;
  }
`;
