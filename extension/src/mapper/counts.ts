import { TemplateResult, html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Desk } from './desk';
import { table } from './rows';
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

function rules(title: string, found: Rule[], desk: Desk): TemplateResult | typeof nothing {
  if (!found.length) {
    return nothing;
  }
  return html`
    <section class="rules" aria-label=${title}>
      <h5>${title}</h5>
      <ul>
        ${repeat(
          found,
          one => one.rule,
          one => html`<li>${rule(one, desk)}</li>`
        )}
      </ul>
    </section>
  `;
}

function rule({ rule: id, name, why, rows, places, can_be_shown }: Rule, desk: Desk): TemplateResult {
  const show = (event: Event): void => desk.kernel.show(id, (event.target as HTMLDetailsElement).open);
  const shown = desk.kernel.counted.get(id);
  const which = `${places.includes(', ') ? 'Rows' : 'Row'} ${places}, counted from 0`;
  return html`
    <p><strong>${rows}</strong> ${name}</p>
    <p class="muted">${desk.inWords(why)}</p>
    ${
      can_be_shown
        ? html`<details @toggle=${show}>
            <summary>${which}</summary>
            ${shown ? table(`${name}: rows`, shown, desk) : html`<p class="muted">Reading …</p>`}
          </details>`
        : places
          ? html`<p class="muted">${which}</p>`
          : nothing
    }
  `;
}
