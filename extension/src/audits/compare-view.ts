import { TemplateResult, html, nothing } from 'lit';
import type { Change, Comparison, Run } from './talk';
import { SEVERITY, folderName, when } from './words';

/** What changed from one run to the other, what needs attention first. */
export function compareView(
  [before, after]: [Run, Run],
  comparison: Comparison | undefined,
  leave: () => void
): TemplateResult {
  return html`<p><button type="button" class="quiet" @click=${leave}>← All runs</button></p>
    <h2 tabindex="-1">Two runs compared</h2>
    <p>From ${named(before)} to ${named(after)}.</p>
    ${comparison ? compared(comparison) : html`<p>Comparing …</p>`}`;
}

function named(run: Run): TemplateResult {
  return html`<strong>${run.title}</strong> (${folderName(run)}, ${when(run.started_at)})`;
}

function compared({ is_comparable: isComparable, summary, states, changes }: Comparison): TemplateResult {
  return html`<ul class=${isComparable ? '' : 'notice'}>
      ${summary.map(sentence => html`<li>${sentence}</li>`)}
    </ul>
    ${
      changes.length > 0
        ? html`<div class="wide" tabindex="0" role="region" aria-label="Findings of both runs">
            <table>
              <thead>
                <tr>
                  <th scope="col">Finding</th>
                  <th scope="col">What became of it</th>
                  <th scope="col">Before</th>
                  <th scope="col">After</th>
                </tr>
              </thead>
              <tbody>
                ${changes.map(change => row(change, states))}
              </tbody>
            </table>
          </div>`
        : nothing
    }`;
}

function row(change: Change, states: Record<string, string>): TemplateResult {
  const { finding, state, severity_before: before, severity: after, what, because } = change;
  return html`<tr>
    <th scope="row">${what.text}<br /><small>${finding}</small></th>
    <td><strong>${states[state] ?? state}</strong> ${because?.text ?? ''}</td>
    <td>${before ? SEVERITY[before] : '–'}</td>
    <td>${after ? SEVERITY[after] : '–'}</td>
  </tr>`;
}
