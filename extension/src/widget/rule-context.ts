import { TemplateResult, html, nothing } from 'lit';
import { option } from '../component/details/choice';
import type { Desk } from './desk';
import { Picker } from './picker';
import { Faults, RuleDraft, UNITS, Unit } from './rule-draft';
import { nameOf } from './targets';
import { inWords } from './words';

type Side = 'after' | 'before';

/** Where in the journey an event must stand, and which rule wins. */
export class RuleContext {
  constructor(
    private readonly desk: Desk,
    private readonly update: (change: () => void) => void
  ) {
    this.pickers = { after: new Picker(desk, 'after'), before: new Picker(desk, 'before') };
  }

  close(): void {
    Object.values(this.pickers).forEach(picker => picker.close());
  }

  render(draft: RuleDraft, faults: Faults): TemplateResult {
    return html`<fieldset class="context">
      <legend>Where in the journey</legend>
      ${this.side('after', draft)} ${this.side('before', draft)}
      <label>within ${this.number('within', draft.amount, faults, value => (draft.amount = value))}</label>
      <select
        aria-label="Unit of the time"
        @change=${(event: Event) => this.update(() => (draft.unit = (event.target as HTMLSelectElement).value as Unit))}
      >
        ${Object.keys(UNITS).map(unit => option(unit, unit, draft.unit))}
      </select>
      ${fault('within', faults)}
      <label
        >only number ${this.number('nth', draft.nth, faults, value => (draft.nth = value))} of them</label
      >
      ${fault('nth', faults)}
      <label
        >priority ${this.number('priority', draft.priority, faults, value => (draft.priority = value))}</label
      >
      ${fault('priority', faults)}
    </fieldset>`;
  }

  private number(place: string, value: string, faults: Faults, set: (value: string) => void): TemplateResult {
    return html`<input
      class="number"
      type="text"
      inputmode="numeric"
      .value=${value}
      aria-describedby=${faultId(place)}
      aria-invalid=${place in faults}
      @input=${(event: Event) => this.update(() => set((event.target as HTMLInputElement).value))}
    />`;
  }

  private side(side: Side, draft: RuleDraft): TemplateResult {
    const { map } = this.desk;
    return html`<div class="side">
      only ${side}
      ${draft[side].map(
        (id, at) =>
          html`<button
            type="button"
            class="chip"
            aria-label=${`Not ${side} ${nameOf(map, id)} any more`}
            @click=${() => {
              this.update(() => draft[side].splice(at, 1));
              this.desk.goTo(`#add-${side}`);
            }}
          >
            <bdi>${nameOf(map, id)}</bdi> <span aria-hidden="true">✕</span>
          </button>`
      )}
      <button
        type="button"
        id="add-${side}"
        aria-label=${`Name what it comes ${side}`}
        @click=${() => this.open(side, draft)}
      >
        ${draft[side].length ? 'or …' : 'anything …'}
      </button>
      ${this.pickers[side].render()}
    </div>`;
  }

  private open(side: Side, draft: RuleDraft): void {
    const back = () => this.desk.goTo(`#add-${side}`);
    this.pickers[side].open({
      label: `Only ${side}`,
      options: this.desk.targets
        .filter(one => !draft[side].includes(one.id))
        .map(one => ({ key: one.id, name: one.name, about: '', group: one.group })),
      chosen: id => {
        this.update(() => draft[side].push(id));
        back();
      },
      left: back
    });
  }

  private readonly pickers: Record<Side, Picker>;
}

/** The element that tells what is wrong at this place of the rule. */
export function faultId(place: string): string {
  return `fault-${place.replaceAll('/', '-')}`;
}

export function fault(place: string, faults: Faults): TemplateResult {
  return html`<p class="fault" id=${faultId(place)} aria-live="polite">
    ${faults[place] ? inWords(faults[place]) : nothing}
  </p>`;
}
