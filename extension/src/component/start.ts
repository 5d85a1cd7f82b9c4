import { TemplateResult, html, nothing } from 'lit';

/** What stands where the map will be. */
export function start(isReadonly: boolean, isGuided: boolean): TemplateResult {
  if (isReadonly) {
    return html`<div class="start"><p>This map has no stages yet.</p></div>`;
  }
  return html`<div class="start">
    <h2>Where does the journey begin?</h2>
    <p>
      Stages and their touchpoints become columns, such as “Buy” and “Pays at the till”. What people do, think
      and feel there goes below.
    </p>
    <button data-act="begin">Add the first stage</button>
    ${isGuided ? nothing : html`<button data-act="guide">Guide me in seven steps</button>`}
  </div>`;
}
