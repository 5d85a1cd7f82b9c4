import { TemplateResult, html, nothing } from 'lit';
import type { Desk } from './desk';
import type { Rule } from './talk';

/** One sentence on what comes of the table, for eyes and for those who listen, or why nothing does. */
export function status({ kernel, inWords }: Desk): TemplateResult {
  const { isWaiting, isSilent, answer } = kernel;
  const says = isSilent
    ? html`<p class="problem" role="status">
        The kernel does not answer. It may be busy with another cell, or stopped: run the cell of this mapper
        again.
      </p>`
    : answer.problem && !isWaiting
      ? html`<p class="problem" role="status">${inWords(answer.problem)}</p>`
      : html`<p role="status">${isWaiting ? nothing : answer.says}</p>`;
  return html`<div class="status" aria-busy=${isWaiting}>
    ${says}${isWaiting && !isSilent ? html`<p class="working">Working …</p>` : nothing}
  </div>`;
}

/** What should be looked at again, and what became of each row. */
export function counts(desk: Desk): TemplateResult | typeof nothing {
  const { kernel, inWords } = desk;
  const { answer, isWaiting } = kernel;
  if (answer.problem) {
    return nothing;
  }
  const setAside = answer.rules.filter(rule => rule.is_set_aside);
  const noticed = answer.rules.filter(rule => !rule.is_set_aside);
  return html`
    <div class=${isWaiting ? 'isWaiting' : ''}>
      ${answer.doubts.map(doubt => html`<p class="problem">${inWords(doubt)}</p>`)}
      ${answer.period || answer.scope ? html`<p class="muted">${answer.period} ${answer.scope}</p>` : nothing}
      ${
        answer.is_of_all
          ? nothing
          : html`<button type="button" ?disabled=${isWaiting} @click=${() => kernel.countAll()}>
              Count all rows
            </button>`
      }
      ${rules('Set aside', setAside, desk)} ${rules('Kept, and counted', noticed, desk)}
    </div>
  `;
}

function rules(title: string, found: Rule[], { inWords }: Desk): TemplateResult | typeof nothing {
  if (!found.length) {
    return nothing;
  }
  return html`
    <div class="scroll" role="region" aria-label=${title} tabindex="0">
      <table class="numbers">
        <caption>
          ${title}
        </caption>
        <thead>
          <tr>
            <th scope="col">Rule</th>
            <th scope="col" class="number">Count</th>
            <th scope="col">Rows, from 0</th>
          </tr>
        </thead>
        <tbody>
          ${found.map(
            ({ name, why, rows, places }) => html`
              <tr>
                <th scope="row">${name} <span class="muted">${inWords(why)}</span></th>
                <td class="number">${rows}</td>
                <td class="places">${places}</td>
              </tr>
            `
          )}
        </tbody>
      </table>
    </div>
  `;
}
