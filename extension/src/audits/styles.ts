import { css } from 'lit';
import { formStyles } from './form-styles';

export const panelStyles = css`
  ${formStyles}
  :host {
    height: 100%;
    overflow: auto;
  }
  nav {
    position: sticky;
    top: 0;
    z-index: 1;
    display: flex;
    flex-wrap: wrap;
    gap: 4px;
    padding: 6px 16px;
    border-bottom: 1px solid var(--line);
    background: var(--ground);
  }
  nav [aria-current='page'] {
    border-color: var(--accent);
    background: var(--raised);
    box-shadow: inset 0 -2px var(--accent);
    font-weight: 600;
  }
  .page {
    max-width: 68em;
    padding: 8px 16px 32px;
    overflow-wrap: anywhere;
  }
  h2 {
    margin: 8px 0;
    font-size: 1.4em;
    line-height: 1.25;
  }
  h2:focus-visible {
    outline-offset: 3px;
  }
  h3 {
    display: inline;
    margin: 0;
    font-size: 1em;
  }
  h3:not(summary h3, li h3) {
    display: block;
    margin-top: 16px;
  }
  p {
    margin: 4px 0;
  }
  small,
  .help {
    color: var(--muted);
    font-size: 0.92em;
    font-weight: 400;
  }
  ul {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .notice {
    margin: 8px 16px;
    padding: 8px 12px;
    border-inline-start: 4px solid var(--warn);
    background: var(--raised);
    white-space: pre-line;
    overflow-wrap: anywhere;
  }
  .answers {
    max-width: 60ch;
    margin-bottom: 12px;
  }
  .gallery {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 250px), 1fr));
    gap: 10px;
  }
  .card {
    display: flex;
    flex-direction: column;
    gap: 6px;
    width: 100%;
    height: 100%;
    padding: 12px;
    text-align: start;
  }
  .card strong {
    font-size: 1.1em;
  }
  .card small {
    margin-top: auto;
  }
  .group {
    border-top: 1px solid var(--line);
  }
  summary {
    padding: 8px 0;
    cursor: pointer;
  }
  .turns {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    margin: 10px 0;
  }
  .main {
    border-color: var(--accent);
    color: var(--ground);
    background: var(--accent);
    font-weight: 600;
  }
  .main:hover:not(:disabled, [aria-disabled='true']) {
    background: color-mix(in oklab, var(--accent) 85%, var(--ink));
  }
  .quiet,
  .name {
    padding-inline: 4px;
    border-color: transparent;
    color: var(--accent);
    background: none;
    text-align: start;
  }
  .name {
    font-weight: 600;
    text-decoration: underline;
  }
  .runs > li,
  .findings > li {
    padding: 10px 0;
    border-top: 1px solid var(--line);
  }
  .runs .turns {
    margin: 6px 0 0;
  }
  .badge,
  .severity {
    display: inline-block;
    padding: 0 8px;
    border: 1px solid var(--edge);
    border-radius: 10px;
    background: var(--raised);
    font-weight: 600;
  }
  .badge.done {
    color: var(--good);
  }
  .badge:is(.failed, .interrupted),
  .severity:is(.high, .critical) {
    color: var(--warn);
    border-color: var(--warn);
  }
  .progress {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 10px;
    align-items: center;
    margin: 6px 0;
  }
  progress {
    flex: 1 1 160px;
    max-width: 320px;
    height: 12px;
    accent-color: var(--accent);
  }
  .runs label {
    display: inline-flex;
    gap: 4px;
    align-items: center;
  }
  .decided {
    padding-inline-start: 8px;
    border-inline-start: 3px solid var(--accent);
  }
  .findings summary {
    width: fit-content;
    padding: 4px 0;
  }
  .findings label {
    display: grid;
    gap: 2px;
  }
  .wide {
    overflow-x: auto;
  }
  table {
    width: 100%;
    margin-top: 12px;
    border-collapse: collapse;
  }
  th,
  td {
    min-width: 6em;
    padding: 6px 12px 6px 0;
    border-bottom: 1px solid var(--line);
    text-align: start;
    vertical-align: top;
    font-weight: 400;
  }
  td {
    overflow-wrap: break-word;
  }
  th:first-child {
    min-width: 14em;
  }
  thead th {
    color: var(--muted);
  }
  .headline {
    padding-inline-start: 20px;
    list-style: disc;
  }
  .why {
    margin: 8px 0;
    padding: 8px 12px;
    border-inline-start: 4px solid var(--warn);
    background: var(--raised);
    font-family: var(--jp-code-font-family, monospace);
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  dl {
    display: grid;
    grid-template-columns: max-content 1fr;
    gap: 4px 16px;
    margin: 0 0 12px;
  }
  dt {
    color: var(--muted);
  }
  dd {
    margin: 0;
    min-width: 0;
  }
  @media (forced-colors: active) {
    .main {
      color: HighlightText;
      background: Highlight;
      forced-color-adjust: none;
    }
  }
`;
