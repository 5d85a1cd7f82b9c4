import { TemplateResult, html, nothing } from 'lit';
import type { Choice, Decision, Finding } from './talk';
import { CHOICES } from './words';

export type Decide = (decision: Omit<Decision, 'on'>) => void;

/** What was decided on a finding, and a form to decide anew. */
export function deciding(
  { id, what }: Finding,
  decision: Decision | undefined,
  who: string,
  decide: Decide
): TemplateResult {
  const submit = (event: Event): void => {
    event.preventDefault();
    const said = new FormData(event.target as HTMLFormElement);
    const text = (name: string): string => String(said.get(name) ?? '').trim();
    const choice = text('choice') as Choice;
    decide({ finding: id, choice, who: text('who'), what: text('what'), until: text('until') });
    (event.target as HTMLElement).closest('details')!.open = false;
  };
  return html`${decision ? html`<p class="decided">${inWords(decision)}</p>` : nothing}
    <details>
      <summary aria-label="Decide on: ${what.text}">Decide</summary>
      <form class="fields" @submit=${submit}>
        <label>
          Decision
          <select name="choice">
            ${(Object.keys(CHOICES) as Choice[]).map(
              choice =>
                html`<option value=${choice} ?selected=${choice === decision?.choice}>
                  ${CHOICES[choice]}
                </option>`
            )}
          </select>
        </label>
        <label>Who decides <input name="who" required maxlength="200" .value=${who} /></label>
        <label
          >What is done, or why nothing is <input name="what" maxlength="2000" .value=${decision?.what ?? ''}
        /></label>
        <label>Holds until (optional) <input name="until" type="date" /></label>
        <div class="turns"><button type="submit">Write Down</button></div>
      </form>
    </details>`;
}

function inWords({ choice, who, what, on, until }: Decision): string {
  const reason = what ? ` ${what}` : '';
  return `${CHOICES[choice]}: decided by ${who} on ${on}${until ? `, until ${until}` : ''}.${reason}`;
}
