import { TemplateResult, html, nothing } from 'lit';
import { option } from '../component/details/choice';
import type { Rule } from '../map/generated/journey-map';
import { TESTS, Test } from '../map/conditions';
import type { Desk } from './desk';
import type { Value } from './model';
import { RuleContext, fault, faultId } from './rule-context';
import {
  ConditionDraft,
  Faults,
  RuleDraft,
  conditionPlace,
  draftOf,
  emptyCondition,
  ruleFromText,
  ruleOf
} from './rule-draft';

const PAUSE_IN_TYPING = 250;
const MOST_OFFERED = 200;

/** A rule to change field by field, or as JSON where it says more than fields can. */
export class RuleForm {
  constructor(
    private readonly desk: Desk,
    private readonly changed: (rule: Rule) => void
  ) {
    this.context = new RuleContext(desk, change => this.update(change));
  }

  open(rule: Rule | null): void {
    this.draft = draftOf(rule);
    this.text = this.draft ? '' : JSON.stringify(rule, null, 2);
    this.faults = {};
    this.isOpen = true;
    this.desk.requestUpdate();
  }

  close(): void {
    clearTimeout(this.timer);
    this.isOpen = false;
    this.isPending = false;
    this.context.close();
  }

  /** Whether what is typed makes no rule, or one whose numbers are not there yet. */
  get isFaulty(): boolean {
    return this.isOpen && (this.isPending || Object.keys(this.faults).length > 0);
  }

  /** `error` is what the kernel says of the rule as it was sent. */
  render(error: string): TemplateResult {
    const told = this.isFaulty ? {} : error ? { [this.placeOf(error)]: error } : {};
    const faults: Faults = { ...told, ...this.faults };
    return html`<div class="form" role="group" aria-label="The rule">
      ${this.draft ? this.fields(this.draft, faults) : this.written()} ${fault('', faults)}
    </div>`;
  }

  private fields(draft: RuleDraft, faults: Faults): TemplateResult {
    const several = draft.alternatives.length > 1;
    return html`${draft.alternatives.map(
        (group, number) =>
          html`<fieldset>
            <legend>${number === 0 ? 'The event' : 'or the event'}</legend>
            ${group.map((one, at) => this.condition(one, number, at, faults))}
            <button
              type="button"
              @click=${() => this.add(number, () => group.push(emptyCondition(this.columns()[1])))}
            >
              and …
            </button>
            ${
              several
                ? html`<button
                    type="button"
                    @click=${() => this.remove(() => draft.alternatives.splice(number, 1), [number, 0], [number - 1, 0])}
                  >
                    Take this alternative away
                  </button>`
                : nothing
            }
          </fieldset>`
      )}
      <button
        type="button"
        @click=${() => this.add(draft.alternatives.length, () => draft.alternatives.push([emptyCondition()]))}
      >
        or …
      </button>
      ${this.context.render(draft, faults)}`;
  }

  private condition(one: ConditionDraft, number: number, at: number, faults: Faults): TemplateResult {
    const place = conditionPlace(this.draft!, number, at);
    const group = this.draft!.alternatives[number];
    const offered = `offered-${number}-${at}`;
    const about = faultId(place);
    const wrong = place in faults;
    const label = one.test === 'in' ? 'Values, one a line' : 'Value';
    const set = this.set(value => (one.text = value));
    return html`<div class="condition">
      <select
        id="column-${number}-${at}"
        aria-label="Column"
        @change=${this.set(value => (one.column = value))}
      >
        ${[...new Set([...this.columns(), one.column])].map(column => option(column, column, one.column))}
      </select>
      <select aria-label="Test" @change=${this.set(value => ([one.not, one.test] = testOf(value)))}>
        ${[false, true].flatMap(not =>
          Object.entries(TESTS).map(([test, words]) =>
            option(named(not, test), not ? `not: ${words}` : words, named(one.not, one.test))
          )
        )}
      </select>
      ${
        one.test === 'in'
          ? html`<textarea
              rows="3"
              dir="auto"
              aria-label=${label}
              aria-describedby=${about}
              aria-invalid=${wrong}
              .value=${one.text}
              @input=${set}
            ></textarea>`
          : html`<input
                type="text"
                dir="auto"
                list=${offered}
                aria-label=${label}
                aria-describedby=${about}
                aria-invalid=${wrong}
                .value=${one.text}
                @input=${set}
              />
              <datalist id=${offered}>${this.offered(one)}</datalist>`
      }
      ${
        group.length > 1
          ? html`<button
              type="button"
              aria-label="Take this condition away"
              @click=${() => this.remove(() => group.splice(at, 1), [number, at], [number, at - 1])}
            >
              ✕
            </button>`
          : nothing
      }
      ${fault(place, faults)}
    </div>`;
  }

  private offered(one: ConditionDraft): TemplateResult[] | typeof nothing {
    return one.test === 'is'
      ? this.recorded(one.column)
          .slice(0, MOST_OFFERED)
          .map(value => html`<option value=${String(value)}></option>`)
      : nothing;
  }

  private written(): TemplateResult {
    return html`<label>
      This rule says more than fields can show. Change it as it stands in the file:
      <textarea
        rows="8"
        class="written"
        spellcheck="false"
        aria-describedby="fault-"
        .value=${this.text}
        @input=${this.set(value => (this.text = value))}
      ></textarea>
    </label>`;
  }

  /** The keyboard goes to what was added. */
  private add(alternative: number, change: () => void): void {
    this.update(change);
    const last = (this.draft?.alternatives[alternative]?.length ?? 1) - 1;
    this.desk.goTo(`#column-${alternative}-${last}`);
  }

  /** The keyboard goes to what now stands in one of these places. */
  private remove(change: () => void, ...places: [number, number][]): void {
    this.update(change);
    this.desk.goTo(...places.map(([alternative, at]) => `#column-${alternative}-${at}`));
  }

  private set(change: (value: string) => void): (event: Event) => void {
    return event => this.update(() => change((event.target as HTMLInputElement).value));
  }

  /** After a short pause the numbers of the new rule are asked for. */
  private update(change: () => void): void {
    change();
    clearTimeout(this.timer);
    const { rule, faults } = this.read();
    this.faults = faults;
    this.isPending = rule !== null;
    if (rule) {
      this.timer = setTimeout(() => {
        this.isPending = false;
        this.changed(rule);
      }, PAUSE_IN_TYPING);
    }
    this.desk.requestUpdate();
  }

  private read(): { rule: Rule | null; faults: Faults } {
    if (this.draft) {
      return ruleOf(this.draft, column => this.recorded(column));
    }
    const { rule, fault } = ruleFromText(this.text);
    return { rule, faults: fault ? { '': fault } : {} };
  }

  private columns(): string[] {
    const { coverage, inventory } = this.desk.kernel;
    return coverage?.columns ?? Object.keys(inventory[0]?.values ?? { event: null });
  }

  private recorded(column: string): Value[] {
    const values = this.desk.kernel.inventory.map(row => row.values[column]);
    return [...new Set(values.filter(value => value !== undefined && value !== null))];
  }

  /** The field that a sentence such as "`where.all[0].matches` is ..." is about. */
  private placeOf(error: string): string {
    const written = /`((?:where|within|nth|priority)\b[^`\s]*)`/.exec(error)?.[1] ?? '';
    const at = written.split(/[.[\]]+/).join('/');
    const conditions = (this.draft?.alternatives ?? []).flatMap((group, number) =>
      group.map((_, one) => conditionPlace(this.draft!, number, one))
    );
    return [...conditions, 'within', 'nth', 'priority'].find(field => `${at}/`.startsWith(`${field}/`)) ?? '';
  }

  isOpen = false;
  private readonly context: RuleContext;
  private draft: RuleDraft | null = null;
  private text = '';
  private faults: Faults = {};
  private isPending = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
}

function named(not: boolean, test: string): string {
  return `${not ? 'not ' : ''}${test}`;
}

function testOf(value: string): [boolean, Test] {
  return [value.startsWith('not '), value.replace('not ', '') as Test];
}
