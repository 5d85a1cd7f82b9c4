import { TemplateResult, html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Desk } from './desk';
import { counted, shownValue } from './figures';
import type { Suggestion } from './model';
import { nameOf } from './targets';
import { inWords } from './words';

const STRENGTHS: Record<string, string> = { strong: '●●●', fair: '●●○', weak: '●○○' };

/** Which touchpoint an event may belong to, one at a time, each with its reasons. */
export class SuggestionsPart {
  constructor(private readonly desk: Desk) {}

  render(): TemplateResult {
    const { suggestions, inventory } = this.desk.kernel;
    if (suggestions.length === 0) {
      const isAll = inventory.every(row => row.unclaimed === 0);
      return html`<p class="empty" id="no-suggestions" tabindex="-1">
        ${isAll ? 'Every event is on the map: nothing to suggest.' : 'No suggestions: no event left resembles a touchpoint.'}
      </p>`;
    }
    return html`<p class="faint">
        ${counted(suggestions.length, 'suggestion')} left. On the focused one, <kbd>A</kbd> accepts and
        <kbd>R</kbd>
        refuses; one at a time.
      </p>
      <ol class="suggestions" aria-label="Suggestions, strongest first">
        ${repeat(suggestions, keyOf, (one, at) => this.item(one, at))}
      </ol>`;
  }

  private item(one: Suggestion, at: number): TemplateResult {
    const name = nameOf(this.desk.map, one.touchpoint);
    const about = `${shownValue(one.event)} on ${name}`;
    return html`<li
      class="suggestion"
      tabindex="0"
      data-suggestion=${keyOf(one)}
      aria-label=${`${about}: ${one.word}`}
      aria-describedby=${`why-${at}`}
      aria-keyshortcuts="A R"
      @keydown=${(event: KeyboardEvent) => this.key(event, one)}
    >
      <p class="pairing">
        <bdi class="clamped" title=${shownValue(one.event)}>${shownValue(one.event)}</bdi>
        <span aria-label="on">→</span> <bdi class="clamped" title=${name}>${name}</bdi>
      </p>
      <div id=${`why-${at}`}>
        <p>
          <span aria-hidden="true">${STRENGTHS[one.word] ?? ''}</span> ${one.word},
          ${counted(one.events, 'event')}, ${counted(one.customers, 'customer')}
        </p>
        <ul class="reasons">
          ${one.reasons.map(reason => html`<li><div class="clamped">${inWords(reason.words)}</div></li>`)}
        </ul>
      </div>
      ${
        this.desk.readonly
          ? nothing
          : html`<p class="buttons">
              <button
                type="button"
                class="chief"
                aria-label=${`Accept: ${about}`}
                @click=${() => this.answer('accept', one)}
              >
                Accept
              </button>
              <button
                type="button"
                aria-label=${`Refuse: ${about}`}
                @click=${() => this.answer('refuse', one)}
              >
                Refuse
              </button>
              <button type="button" aria-label=${`Show the numbers: ${about}`} @click=${() => this.show(one)}>
                Numbers first
              </button>
            </p>`
      }
    </li>`;
  }

  private key(event: KeyboardEvent, one: Suggestion): void {
    const kind = ({ a: 'accept', r: 'refuse' } as const)[event.key.toLowerCase()];
    if (kind && !event.ctrlKey && !event.metaKey && !event.altKey && !this.desk.readonly) {
      event.preventDefault();
      this.answer(kind, one);
    }
  }

  /** The one after it that is about something else is next; accepting ends all others of its event. */
  private answer(kind: 'accept' | 'refuse', one: Suggestion): void {
    const all = this.desk.kernel.suggestions;
    const at = all.findIndex(other => keyOf(other) === keyOf(one));
    const stays = (other: Suggestion) => (kind === 'accept' ? other.event !== one.event : other !== one);
    const order = [...all.slice(at + 1), ...all.slice(0, at).reverse()].filter(stays);
    this.desk.kernel.ask({ kind, event: one.event, touchpoint: one.touchpoint });
    this.next = order.map(keyOf);
  }

  /** To be called when the suggestions are others: the keyboard goes to the next one. */
  answered(): void {
    if (this.next && !this.desk.kernel.isWaiting) {
      const left = this.desk.kernel.suggestions.length;
      this.desk.goTo(
        ...this.next.map(key => `[data-suggestion="${CSS.escape(key)}"]`),
        '.suggestion',
        '#no-suggestions'
      );
      this.desk.announce(`${counted(left, 'suggestion')} left.`);
      this.next = null;
    }
  }

  private show(one: Suggestion): void {
    this.desk.propose({ target: one.touchpoint, change: { bind: { event: one.event } } });
  }

  private next: string[] | null = null;
}

function keyOf(one: Suggestion): string {
  return JSON.stringify([one.event, one.touchpoint]);
}
