import { TemplateResult, html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { asRole, confirming, doubting } from './asking';
import { details } from './details';
import type { Desk } from './desk';
import type { Column, Role } from './talk';

/** Each column of the table: what it seems to be, why, and what it is. */
export function columns(desk: Desk): TemplateResult {
  return html`
    <ul class="columns" aria-label="Columns">
      ${repeat(
        desk.kernel.seen.columns,
        column => column.name,
        (column, at) => one(desk, column, at)
      )}
    </ul>
  `;
}

function one(desk: Desk, column: Column, at: number): TemplateResult {
  const { kernel } = desk;
  const role = desk.roleOf(column.name);
  const id = `${desk.id}-${at}`;
  const isConfirmed = kernel.asked.confirmed.includes(column.name);
  return html`
    <li class=${role ? 'used' : 'unused'}>
      <div class="what">
        <label for="${id}-role"><bdi>${column.name}</bdi></label>
        <p class="muted">${column.about}</p>
        ${column.personal ? html`<p class="personal">Personal data: ${column.personal}</p>` : nothing}
      </div>
      <div class="is">${choice(desk, column, role, id)} ${details(desk, column, role, id)}</div>
      <div class="why">
        <p id="${id}-why">
          ${
            role && !isConfirmed
              ? html`<span class="guess">Guess</span> ${desk.inWords(column.why)}`
              : html`<span class="muted">${desk.inWords(role?.about ?? column.why)}</span>`
          }
        </p>
        ${samples(kernel.rows?.samples[column.name] ?? [])}
      </div>
      <div class="right">
        ${
          role
            ? html`<label
                ><input
                  type="checkbox"
                  aria-label="Confirmed: ${column.name}"
                  .checked=${isConfirmed}
                  @change=${(event: Event) => confirm(desk, column, event)}
                />
                Confirmed</label
              >`
            : nothing
        }
      </div>
    </li>
  `;
}

function choice(desk: Desk, column: Column, role: Role | undefined, id: string): TemplateResult {
  const shape = desk.shape;
  const take = (event: Event): void => {
    const chosen = (event.target as HTMLSelectElement).value || null;
    desk.kernel.ask(asRole(desk.kernel.asked, shape, column.name, chosen));
  };
  return html`
    <select id="${id}-role" aria-describedby="${id}-why" @change=${take}>
      <option value="" .selected=${!role}>${shape.rest}</option>
      ${shape.roles.map(
        ({ id: is, says }) => html`<option value=${is} .selected=${role?.id === is}>${says}</option>`
      )}
    </select>
  `;
}

function confirm(desk: Desk, column: Column, event: Event): void {
  const isRight = (event.target as HTMLInputElement).checked;
  const { asked } = desk.kernel;
  desk.kernel.ask(isRight ? confirming(asked, [column.name]) : doubting(asked, column.name));
}

function samples(texts: string[]): TemplateResult {
  return html`<ul class="samples" aria-label="Values in the first rows">
    ${texts.map(text => html`<li><bdi>${text}</bdi></li>`)}
  </ul>`;
}
