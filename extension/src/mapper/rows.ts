import { TemplateResult, html, nothing } from 'lit';
import type { Desk } from './desk';

/** The first rows as they stand in the table, personal data masked. */
export function firstRows({ kernel, roleOf }: Desk): TemplateResult {
  if (!kernel.rows) {
    return html`<p class="muted">Reading …</p>`;
  }
  const { headings, rows } = kernel.rows;
  return html`
    <div class="scroll" role="region" aria-label="First rows" tabindex="0">
      <table class="numbers rows">
        <caption>
          Personal data that is found is masked here, and nowhere else.
        </caption>
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
