import { TemplateResult, html, nothing } from 'lit';
import type { Desk } from './desk';
import type { Counted } from './talk';

/** The first rows as they stand in the table, personal data masked. */
export function firstRows(desk: Desk): TemplateResult {
  const { rows } = desk.kernel;
  return rows
    ? html`${table('First rows', rows, desk)}
        <p class="muted">Personal data that is found is masked here, and nowhere else.</p>`
    : html`<p class="muted">Reading …</p>`;
}

/** Rows, each column under its name and what it is. */
export function table(title: string, { headings, rows }: Counted, { roleOf }: Desk): TemplateResult {
  return html`
    <div class="scroll" role="region" aria-label=${title} tabindex="0">
      <table class="numbers rows">
        <thead>
          <tr>
            ${headings.map(name => {
              const role = roleOf(name);
              return html`<th scope="col">
                <bdi>${name}</bdi>${role ? html`<span class="role">${role.says}</span>` : nothing}
              </th>`;
            })}
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            row =>
              html`<tr>
                ${row.map(cell => html`<td><bdi>${cell}</bdi></td>`)}
              </tr>`
          )}
        </tbody>
      </table>
    </div>
  `;
}
