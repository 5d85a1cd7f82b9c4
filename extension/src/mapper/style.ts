import { look } from '../explorer/look';

/** The mapper's own style, beside what widgets share. */
export const STYLE = `${look('.cjm-mapper')}
.cjm-mapper input[type='radio'], .cjm-mapper input[type='checkbox'] {
  min-block-size: 1rem; block-size: 1rem; inline-size: 1rem; margin: 0.2rem 0 0; flex: none; accent-color: var(--accent);
}
.cjm-mapper h4 { margin: 0; }
.cjm-mapper fieldset { margin: 0; padding: 0.4rem 0.8rem 0.6rem; border: 1px solid var(--line); border-radius: 4px; min-inline-size: 0; }
.cjm-mapper legend { padding-inline: 0.3rem; font-weight: 600; }
.cjm-mapper .settings { display: grid; gap: 0.75rem; }
.cjm-mapper .shapes { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 14rem), 1fr)); gap: 0.4rem 1.2rem; }
.cjm-mapper .shapes label { display: flex; gap: 0.5rem; }
.cjm-mapper .shapes .muted { display: block; }
.cjm-mapper .controls span { font-size: 0.9em; }
.cjm-mapper .guess {
  display: inline-block; padding-inline: 0.4rem; border: 1px dashed var(--muted); border-radius: 0.7rem;
  font-size: 0.85em; color: var(--ink); line-height: 1.4;
}
.cjm-mapper .desk { display: grid; gap: 0.75rem 1.5rem; grid-template-columns: minmax(0, 1fr); }
.cjm-mapper .head { display: flex; flex-wrap: wrap; gap: 0.5rem; align-items: center; justify-content: space-between; }
.cjm-mapper [aria-disabled='true'] { cursor: default; border-style: dashed; color: var(--muted); }
.cjm-mapper .columns { list-style: none; margin: 0.4rem 0 0; padding: 0; }
.cjm-mapper .columns > li {
  display: grid; grid-template-columns: minmax(0, 3fr) minmax(0, 4fr) minmax(0, 5fr) 6.5rem; gap: 0.2rem 1rem; align-items: start;
  padding: 0.5rem 0; border-block-start: 1px solid var(--line);
}
.cjm-mapper .columns p { margin: 0; overflow-wrap: anywhere; }
.cjm-mapper .what label { font-weight: 600; overflow-wrap: anywhere; }
.cjm-mapper .unused .what label { font-weight: 400; }
.cjm-mapper .personal { color: var(--warn); font-size: 0.9em; }
.cjm-mapper .is { display: flex; flex-wrap: wrap; gap: 0.3rem 0.5rem; align-items: center; min-inline-size: 0; }
.cjm-mapper .is > select { inline-size: 100%; }
.cjm-mapper .is > label + :is(input, select) { flex: 1 1 6rem; min-inline-size: 0; }
.cjm-mapper .question { display: grid; grid-template-columns: 1fr 1fr; gap: 0.3rem 0.5rem; inline-size: 100%; }
.cjm-mapper .question > bdi { grid-column: 1 / -1; font-weight: 600; overflow-wrap: anywhere; }
.cjm-mapper .question label { display: flex; gap: 0.4rem; align-items: center; min-inline-size: 0; }
.cjm-mapper .question select { grid-column: 1 / -1; }
.cjm-mapper .question :is(input, select) { inline-size: 100%; min-inline-size: 0; }
.cjm-mapper .why { font-size: 0.95em; }
.cjm-mapper .right label { display: flex; gap: 0.4rem; white-space: nowrap; }
.cjm-mapper .samples {
  display: flex; flex-wrap: wrap; gap: 0.15rem 0.4rem; list-style: none; margin: 0.2rem 0 0; padding: 0;
}
.cjm-mapper .samples:empty { display: none; }
.cjm-mapper .samples li {
  max-inline-size: 100%; padding-inline: 0.4rem; background: var(--raised); border-radius: 3px;
  font: 0.9em/1.5 var(--jp-code-font-family, monospace); white-space: nowrap; overflow: hidden; text-overflow: ellipsis;
}
.cjm-mapper .outcome { display: grid; gap: 0.5rem; align-content: start; min-inline-size: 0; }
.cjm-mapper .outcome > * { min-inline-size: 0; }
.cjm-mapper ul.problem { padding-inline-start: 1.8rem; }
.cjm-mapper .problem p { margin: 0 0 0.4rem; }
.cjm-mapper .buttons { display: flex; flex-wrap: wrap; gap: 0.5rem; align-items: center; margin-block-start: 0.5rem; }
.cjm-mapper h5 { margin: 0.4rem 0 0; font: inherit; font-weight: 600; }
.cjm-mapper .rules ul { list-style: none; margin: 0.2rem 0; padding: 0; }
.cjm-mapper .rules li { padding: 0.3rem 0; border-block-end: 1px solid var(--line); }
.cjm-mapper .rules p { margin: 0; }
.cjm-mapper .rules strong { font-variant-numeric: tabular-nums; }
.cjm-mapper .rules summary { cursor: pointer; font-size: 0.9em; inline-size: fit-content; }
.cjm-mapper .rows :is(th, td) { max-inline-size: 16rem; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
.cjm-mapper .rows .role { display: block; font-weight: 400; color: var(--accent); }
.cjm-mapper code { font: 0.95em var(--jp-code-font-family, monospace); overflow-wrap: anywhere; }
@container (min-width: 64rem) {
  .cjm-mapper .desk { grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); }
  .cjm-mapper .outcome { position: sticky; inset-block-start: 0; align-self: start; }
}
@container (max-width: 40rem) {
  .cjm-mapper .columns > li { grid-template-columns: minmax(0, 1fr) 6.5rem; }
  .cjm-mapper .columns > li > .what { grid-row: 1; grid-column: 1; }
  .cjm-mapper .columns > li > .right { grid-row: 1; grid-column: 2; }
  .cjm-mapper .columns > li > :is(.is, .why) { grid-column: 1 / -1; }
}
@media (forced-colors: active) {
  .cjm-mapper button[aria-pressed='true'] { border: 2px solid Highlight; }
}
.cjm-mapper button[aria-pressed='true'] { border-color: var(--accent); box-shadow: inset 0 0 0 1px var(--accent); }
`;
