import { look } from './look';

/** The Explorer's own style, beside what widgets share. */
export const STYLE = `${look('.cjm-explorer')}
.cjm-explorer .controls label.wide { flex: 1 1 14rem; }
.cjm-explorer .controls input[type='text'] { inline-size: 100%; font-family: var(--jp-code-font-family, monospace); }
.cjm-explorer .map { overflow: auto; max-block-size: 32rem; }
.cjm-explorer .numbers small { margin-inline-start: 0.4rem; color: var(--muted); }
.cjm-explorer .share { display: flex; gap: 0.6rem; align-items: center; }
.cjm-explorer .share .number { min-inline-size: 3.6em; }
.cjm-explorer .bar {
  position: relative; inline-size: 9rem; block-size: 0.8rem; background: var(--raised); border-radius: 2px; flex: none;
}
.cjm-explorer .bar i { position: absolute; inset-block: 0; inset-inline-start: 0; background: #0072b2; border-radius: 2px; }
.cjm-explorer .outcome .bar i { background: #009e73; }
.cjm-explorer .bar b {
  position: absolute; inset-block: 0.15rem; border-inline: 2px solid var(--ink);
  background: linear-gradient(var(--ink), var(--ink)) center/100% 2px no-repeat;
}
.cjm-explorer .cjm-exhibit { margin: 0.25rem 0 0.75rem; font: inherit; }
.cjm-explorer .cjm-exhibit figcaption > :first-child { font: inherit; margin-block-end: 0.35rem; }
.cjm-explorer .cjm-exhibit button { background: none; border-radius: 1rem; }
.cjm-explorer .voices { list-style: none; margin: 0; padding: 0; }
.cjm-explorer blockquote {
  margin: 0.5rem 0 0; padding-inline-start: 0.75rem; border-inline-start: 3px solid var(--line); overflow-wrap: anywhere;
}
.cjm-explorer .voices blockquote { white-space: pre-line; }
.cjm-explorer .voices .long:not(.isOpen) blockquote {
  display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 4; overflow: hidden;
}
.cjm-explorer .voices bdi ~ bdi { white-space: nowrap; }
.cjm-explorer .voices button { margin-block-start: 0.25rem; }
.cjm-explorer .turns { display: flex; flex-wrap: wrap; gap: 0.5rem; align-items: center; }
.cjm-explorer .turns p { margin: 0; }
.cjm-explorer .story { list-style: none; margin: 0.5rem 0; padding: 0; max-block-size: 24rem; overflow-y: auto; }
.cjm-explorer .story li { display: grid; grid-template-columns: 1.4rem minmax(6rem, auto) 1fr; gap: 0.5rem; padding: 0.15rem 0; }
.cjm-explorer .story li.journey { display: block; font-weight: 600; }
.cjm-explorer .story .what { overflow-wrap: anywhere; }
.cjm-explorer .story .outcome .what { font-weight: 600; }
@container (max-width: 34rem) {
  .cjm-explorer .bar { inline-size: 4rem; }
  .cjm-explorer .story li { grid-template-columns: 1.4rem 1fr; }
  .cjm-explorer .story li .muted { grid-column: 2; }
}
@media (forced-colors: active) {
  .cjm-explorer .bar { border: 1px solid CanvasText; }
  .cjm-explorer .bar i { background: Highlight; forced-color-adjust: none; }
}
`;
