import { TemplateResult, html, nothing } from 'lit';
import type { Rule } from '../map/generated/journey-map';
import { at } from '../map/place';
import type { Desk, Proposal } from './desk';
import { counted, rowName, whole } from './figures';
import type { CountedTarget, Row, Values } from './model';
import { overlapsOf } from './overlaps';
import type { Target } from './targets';
import { inWords } from './words';

/** Touchpoints and outcomes with what they claim: an event can be put on each, its rule be changed. */
export class RulesPart {
  constructor(
    private readonly desk: Desk,
    private readonly change: (proposal: Proposal) => void
  ) {}

  /** Shows the rule of that target, such as one that was chosen on the map. */
  open(id: string): void {
    if (this.shown !== id) {
      this.shown = id;
      this.desk.requestUpdate();
      void this.desk.updateComplete.then(() =>
        this.desk.renderRoot
          .querySelector(`[data-target="${CSS.escape(id)}"]`)
          ?.scrollIntoView({ block: 'nearest' })
      );
    }
  }

  render(): TemplateResult {
    const { targets, kernel } = this.desk;
    const counts = new Map(kernel.coverage?.targets.map(one => [one.id, one]));
    return html`<section class="rules" aria-labelledby="rules-title">
      <h3 id="rules-title">Touchpoints and outcomes</h3>
      ${
        targets.length === 0
          ? html`<p class="empty">
              The map has no touchpoint yet. Add a stage on the map; events can then become touchpoints of it.
            </p>`
          : nothing
      }
      <ul class="targets">
        ${targets.map((target, number) => this.item(target, number, targets[number - 1], counts.get(target.id)))}
      </ul>
    </section>`;
  }

  private item(
    target: Target,
    number: number,
    before: Target | undefined,
    counts?: CountedTarget
  ): TemplateResult {
    const isShown = this.shown === target.id;
    return html`${target.group === before?.group ? nothing : html`<li class="group" dir="auto">${target.group}</li>`}
      <li class="target" data-at=${target.place} data-target=${target.id}>
        <button
          type="button"
          class="disclosure"
          aria-expanded=${isShown}
          aria-controls=${`rule-${number}`}
          @click=${() => this.toggle(target.id)}
        >
          <bdi class="clamped" title=${target.name}>${target.name}</bdi>
          <span class="count">${counts?.words ? counted(counts.events, 'event') : 'no rule'}</span>
        </button>
        <div id=${`rule-${number}`} ?hidden=${!isShown}>
          ${isShown ? this.detail(target, counts) : nothing}
        </div>
      </li>`;
  }

  private detail(target: Target, counts?: CountedTarget): TemplateResult {
    const { map, kernel, readonly } = this.desk;
    const rule = (at(map, `${target.place}/match`) ?? null) as Rule | null;
    const overlaps = (kernel.coverage?.overlaps ?? []).filter(
      one => one.winner === target.id || one.other === target.id
    );
    return html`${
      counts?.words
        ? html`<p class="rule">${inWords(counts.words)}</p>
            <p>${counted(counts.events, 'event')} of ${counted(counts.customers, 'customer')}</p>`
        : html`<p>No rule says yet which events belong here.</p>`
    }
    ${this.claims(target)} ${overlapsOf(map, overlaps)}
    ${
      readonly
        ? nothing
        : html`<p class="buttons">
            <button
              type="button"
              aria-label=${`Change the rule of ${target.name}`}
              @click=${() => this.change({ target: target.id, change: { rule } })}
            >
              ${rule ? 'Change the rule' : 'Make a rule'}
            </button>
            ${
              rule
                ? html`<button
                    type="button"
                    aria-label=${`Take the rule of ${target.name} away`}
                    @click=${() => this.desk.propose({ target: target.id, change: { rule: null } })}
                  >
                    Take the rule away
                  </button>`
                : nothing
            }
          </p>`
    }`;
  }

  private claims(target: Target): TemplateResult | typeof nothing {
    const rows = this.desk.kernel.inventory.filter(row => row[target.kind] === target.id);
    return rows.length === 0
      ? nothing
      : html`<ul class="claims" aria-label=${`Events on ${target.name}`}>
          ${rows.map(
            row =>
              html`<li>
                <bdi class="clamped" title=${rowName(row.values)}>${rowName(row.values)}</bdi>
                <span class="count">${whole(row.events - row.unclaimed)}</span>
                ${
                  this.desk.readonly
                    ? nothing
                    : html`<button
                        type="button"
                        aria-label=${`Take ${rowName(row.values)} off ${target.name}`}
                        @click=${() => this.desk.propose({ target: target.id, change: { unbind: this.narrowest(row) }, values: row.values })}
                      >
                        Take off
                      </button>`
                }
              </li>`
          )}
        </ul>`;
  }

  /** The event alone where nothing else is called so, else all that tells the row apart. */
  private narrowest(row: Row): Values {
    const { event } = row.values;
    const isAlone = this.desk.kernel.inventory.filter(one => one.values.event === event).length === 1;
    const stated = Object.entries(row.values).filter(([, value]) => value !== null);
    return isAlone ? { event } : Object.fromEntries(stated);
  }

  private toggle(id: string): void {
    this.shown = this.shown === id ? '' : id;
    this.desk.requestUpdate();
  }

  private shown = '';
}
