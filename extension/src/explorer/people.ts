/** What people said, and what one of them did. */
import { TemplateResult, html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Comment, Moment, Reply, Story, Voice } from './talk';

const SHAPES: Record<Moment['kind'], string> = { touchpoint: '●', unmatched: '○', outcome: '◆', answer: '✎' };

const LONG = 400;

/** What customers said beside their scores; waits for the reply about what is chosen now. */
export function comments(reply: Reply | undefined, isWaiting: boolean): TemplateResult {
  if (reply?.problem) {
    return html`<p class="problem">${reply.problem}</p>`;
  }
  if (!reply?.comments) {
    return html`<p class="muted">Looking for comments …</p>`;
  }
  const { says, newest } = reply.comments;
  return html`
    <section class=${isWaiting ? 'comments isWaiting' : 'comments'} aria-busy=${isWaiting}>
      <h4>Said by customers in this choice</h4>
      <p class="muted">${says}</p>
      <ul class="voices">
        ${repeat(newest, keyOf, comment)}
      </ul>
      ${
        newest.length
          ? html`<p class="muted">
              Personal data that can be told by how it is written is masked; a name in a sentence is not.
            </p>`
          : nothing
      }
    </section>
  `;
}

const keyOf = ({ said, about }: Comment, place: number): string =>
  [place, ...about, said.slice(0, LONG)].join(' ');

function comment({ said, about, cut }: Comment): TemplateResult {
  return html`
    <li class=${said.length > LONG ? 'long' : ''}>
      <blockquote dir="auto">${said}</blockquote>
      ${
        said.length > LONG
          ? html`<button type="button" aria-expanded="false" @click=${unfold}>Show all of it</button>`
          : nothing
      }
      <p class="muted">${about.map((part, place) => html`${place ? ' · ' : nothing}<bdi>${part}</bdi>`)}</p>
      ${cut ? html`<p class="muted">${cut}</p>` : nothing}
    </li>
  `;
}

function unfold(event: Event): void {
  const button = event.currentTarget as HTMLButtonElement;
  const isOpen = button.closest('li')!.classList.toggle('isOpen');
  button.setAttribute('aria-expanded', String(isOpen));
  button.textContent = isOpen ? 'Show less' : 'Show all of it';
}

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
