import { TemplateResult, html, nothing } from 'lit';

export interface Head {
  isNew: boolean;
  /** How many runs go on or wait. */
  active: number;
  said: string;
  problem: string;
  /** Why the server is not heard any more. */
  lost: string | null;
  go(view: 'new' | 'runs'): void;
}

/** The two halves of the panel, and what went wrong. */
export function head({ isNew, active, said, problem, lost, go }: Head): TemplateResult {
  const page = (view: 'new' | 'runs', isHere: boolean, label: string): TemplateResult =>
    html`<button type="button" aria-current=${isHere ? 'page' : 'false'} @click=${() => go(view)}>
      ${label}
    </button>`;
  return html`<nav aria-label="Journey audits">
      ${page('new', isNew, 'New audit')}
      ${page('runs', !isNew, active > 0 ? `Runs (${active} going on)` : 'Runs')}
    </nav>
    <p role="status" class="unseen">${said}</p>
    ${
      lost
        ? html`<p class="notice" role="status">
            The server does not answer; runs go on without the page. ${lost}
          </p>`
        : nothing
    }
    ${problem ? html`<p class="notice" role="alert">${problem}</p>` : nothing}`;
}
