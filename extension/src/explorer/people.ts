/** What people said, and what one of them did. */
import { TemplateResult, html, nothing } from 'lit';
import type { Moment, Reply, Story, Voice } from './talk';

const SHAPES: Record<Moment['kind'], string> = { touchpoint: '●', unmatched: '○', outcome: '◆', answer: '✎' };

export function voices(said: readonly Voice[]): TemplateResult {
  if (!said.length) {
    return html`<p class="muted">The evidence of the map quotes nobody about this.</p>`;
  }
  return html`<ul class="voices">
    ${said.map(
      voice => html`
        <li>
          <blockquote dir="auto">${voice.quote}</blockquote>
          <p class="muted"><bdi>${voice.source}</bdi>${origin(voice)}</p>
        </li>
      `
    )}
  </ul>`;
}

function origin({ n, strength, contradicts }: Voice): string {
  return [
    n === null ? '' : `, n = ${n}`,
    strength === null ? '' : `, evidence ${strength}`,
    contradicts ? ', contradicts the map' : ''
  ].join('');
}

export interface Telling {
  reply: Reply | undefined;
  isWaiting: boolean;
  tell(place: number): void;
}

export function oneCustomer({ reply, isWaiting, tell }: Telling): TemplateResult {
  if (reply?.problem) {
    return html`<p class="problem">${reply.problem}</p>`;
  }
  const story = reply?.story;
  if (!story) {
    return html`<p class="muted">Looking for a customer …</p>`;
  }
  const others = story.customers > 1;
  return html`
    <div class="turns">
      <button type="button" ?disabled=${!others} @click=${() => tell(story.place - 1)}>
        Previous customer
      </button>
      <button type="button" ?disabled=${!others} @click=${() => tell(story.place + 1)}>Next customer</button>
      <p aria-live="polite">
        Customer ${story.pseudonym}, ${story.place + 1} of ${story.customers} chosen${isWaiting ? ' …' : ''}
      </p>
    </div>
    ${timeline(story)}
    <p class="muted">
      The name is made up for this Explorer. Waits are counted from one moment to the next; dates, ids and
      unknown events are left out.
    </p>
  `;
}

function timeline({ moments }: Story): TemplateResult {
  return html`<ol class="story">
    ${moments.map(
      (moment, place) => html`
        ${journeyOf(moments, place)}
        <li class=${moment.kind}>
          <span class="shape" aria-hidden="true">${SHAPES[moment.kind]}</span>
          <span class="what"><bdi>${moment.says}</bdi></span>
          <span class="muted">${[waited(moment), ...moment.where].filter(Boolean).join(' · ')}</span>
        </li>
      `
    )}
  </ol>`;
}

const waited = ({ wait }: Moment): string => (wait === null ? '' : `${wait} later`);

/** A line where the customer's next journey begins. */
function journeyOf(moments: readonly Moment[], place: number): TemplateResult | typeof nothing {
  const { journey } = moments[place];
  const before = moments.slice(0, place).reduce<number | null>((last, one) => one.journey ?? last, null);
  return journey !== null && journey !== before ? html`<li class="journey">Journey ${journey}</li>` : nothing;
}
