import { TemplateResult, html } from 'lit';
import type { Template } from './talk';

const NEEDS: Record<string, string> = {
  map: 'a journey map',
  events: 'recorded events',
  feedback: 'feedback',
  customers: 'a table of customers'
};

/** The templates: what each answers, and what it cannot be answered without. */
export function gallery(templates: Template[], choose: (template: Template) => void): TemplateResult {
  return html`<h2 tabindex="-1">What do you want to know?</h2>
    ${templates.length === 0 ? html`<p>There are no templates.</p>` : ''}
    <ul class="gallery">
      ${templates.map(
        template =>
          html`<li>
            <button type="button" class="card" @click=${() => choose(template)}>
              <strong>${template.title}</strong>
              <span>${template.answers}</span>
              <small>${needed(template)}</small>
            </button>
          </li>`
      )}
    </ul>`;
}

function needed({ needs }: Template): string {
  const words = needs.map(need => NEEDS[need] ?? need);
  return words.length > 0 ? `Needs ${new Intl.ListFormat('en').format(words)}.` : '';
}
