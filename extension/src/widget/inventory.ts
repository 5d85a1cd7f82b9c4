import { TemplateResult, html, nothing } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Desk } from './desk';
import { counted, days, rowName, shownValue, whole } from './figures';
import type { Row } from './model';
import { Picker } from './picker';
import type { Placing } from './placing';
import { nameOf } from './targets';

/** Every kind of recorded event with its counts; what no rule claims comes first. */
export class InventoryPart {
  constructor(
    private readonly desk: Desk,
    private readonly placing: Placing
  ) {
    this.picker = new Picker(desk, 'put-on');
  }

  /** Rows that are shown. */
  get rows(): Row[] {
    const words = this.query.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    return this.desk.kernel.inventory.filter(
      row =>
        (!this.onlyUnmatched || row.unclaimed > 0) &&
        words.every(word => rowName(row.values).toLocaleLowerCase().includes(word))
    );
  }

  render(): TemplateResult {
    const rows = this.rows;
    const { inventory, coverage } = this.desk.kernel;
    const current = rows.some(row => keyOf(row) === this.current) ? this.current : rows[0] && keyOf(rows[0]);
    return html`<div class="search">
        <label>
          <span class="unseen">Filter events</span>
          <input
            type="search"
            id="filter"
            placeholder="Filter events"
            dir="auto"
            .value=${this.query}
            @input=${this.typed}
          />
        </label>
        <label class="tick">
          <input type="checkbox" id="only-unmatched" .checked=${this.onlyUnmatched} @change=${this.ticked} />
          only unmatched
        </label>
      </div>
      ${this.empty(rows)}
      <ul class="inventory" aria-label="Recorded events, unmatched first" @keydown=${this.key}>
        ${guard(
          [
            inventory,
            this.query,
            this.onlyUnmatched,
            this.desk.map,
            this.current,
            this.desk.readonly,
            this.drawn()
          ],
          () =>
            repeat(
              rows,
              row => keyOf(row),
              (row, at) => this.row(row, at, current)
            )
        )}
      </ul>
      ${
        coverage?.rows_left_out
          ? html`<p class="faint">
              ${counted(coverage.rows_left_out, 'rarer kind')} of events are left out here and counted all the
              same.
            </p>`
          : nothing
      }`;
  }

  /** Where the keyboard goes when this row has found its place: to the next one that has none. */
  after(row: Row): string {
    const { rows } = this;
    const at = rows.findIndex(one => keyOf(one) === keyOf(row));
    const next = [...rows.slice(at + 1), ...rows.slice(0, at)].find(
      one => one.unclaimed > 0 && one.values.event !== row.values.event
    );
    this.current = keyOf(next ?? row);
    return `[data-row="${CSS.escape(this.current)}"] .put`;
  }

  /** What changes while the picker is open. */
  private drawn(): unknown {
    return this.picker.isOpen ? {} : null;
  }

  private row(row: Row, at: number, current: string): TemplateResult {
    const key = keyOf(row);
    const [event, ...others] = Object.entries(row.values);
    const claimed = row.touchpoint ?? row.outcome;
    return html`<li
      class="row"
      data-row=${key}
      @pointerdown=${(press: PointerEvent) => this.placing.press(press, row)}
    >
      <span class="grip" aria-hidden="true"></span>
      <span class="names">
        <bdi class="name clamped" title=${shownValue(event[1])}>${shownValue(event[1])}</bdi>
        ${others.map(
          ([column, value]) =>
            html`<span class="chip clamped" title=${`${column}: ${shownValue(value)}`}
              >${column} <bdi>${shownValue(value)}</bdi></span
            >`
        )}
      </span>
      <button
        class="put"
        type="button"
        tabindex=${current === key ? 0 : -1}
        ?disabled=${this.desk.readonly}
        aria-label=${`Put ${rowName(row.values)} on …`}
        aria-describedby=${`seen-${at}`}
        @click=${() => this.putOn(row)}
      >
        Put on …
      </button>
      <span class="seen" id=${`seen-${at}`}>
        ${this.claims(row, claimed)} · ${counted(row.events, 'event')}, ${counted(row.customers, 'customer')}
        · ${days(row.first_seen, row.last_seen)}
      </span>
      ${this.current === key ? this.picker.render() : nothing}
    </li>`;
  }

  private claims(row: Row, claimed: string | null): TemplateResult {
    const on = html`on <bdi class="on">${nameOf(this.desk.map, claimed)}</bdi>`;
    if (row.unclaimed === 0) {
      return html`<span class="state matched"><span aria-hidden="true">✓</span> ${on}</span>`;
    }
    const partly = claimed === null ? nothing : html`, the rest ${on}`;
    const some = row.unclaimed === row.events ? 'unmatched' : `${whole(row.unclaimed)} unmatched`;
    return html`<span class="state open"><span aria-hidden="true">○</span> ${some}${partly}</span>`;
  }

  private empty(rows: Row[]): TemplateResult | typeof nothing {
    const { inventory, coverage } = this.desk.kernel;
    if (coverage && coverage.events === 0) {
      return html`<p class="empty">No events were recorded in these days.</p>`;
    }
    if (
      coverage &&
      inventory.length > 0 &&
      coverage.unclaimed === 0 &&
      (this.onlyUnmatched || !rows.length)
    ) {
      return html`<p class="empty"><span aria-hidden="true">✓</span> Every event is on the map.</p>`;
    }
    return rows.length === 0 && inventory.length > 0
      ? html`<p class="empty">No event fits the filter.</p>`
      : nothing;
  }

  private putOn(row: Row): void {
    this.current = keyOf(row);
    this.picker.open({
      label: `Put ${rowName(row.values)} on`,
      options: this.placing.options(row),
      chosen: (key, typed) => this.placing.put(row, key, typed),
      left: () => this.desk.goTo(`[data-row="${CSS.escape(keyOf(row))}"] .put`)
    });
  }

  private readonly key = (event: KeyboardEvent): void => {
    const put = event.target as HTMLElement;
    const steps: Record<string, (at: number, count: number) => number> = {
      ArrowDown: (at, count) => Math.min(at + 1, count - 1),
      ArrowUp: at => Math.max(at - 1, 0),
      Home: () => 0,
      End: (_, count) => count - 1
    };
    if (!put.classList.contains('put') || !steps[event.key]) {
      return;
    }
    event.preventDefault();
    const rows = this.rows;
    const at = rows.findIndex(row => keyOf(row) === put.closest('li')!.dataset.row);
    const next = rows[steps[event.key](at, rows.length)];
    this.current = keyOf(next);
    this.desk.goTo(`[data-row="${CSS.escape(this.current)}"] .put`);
  };

  private readonly typed = (event: Event): void => {
    this.query = (event.target as HTMLInputElement).value;
    this.desk.requestUpdate();
  };

  private readonly ticked = (event: Event): void => {
    this.onlyUnmatched = (event.target as HTMLInputElement).checked;
    this.desk.requestUpdate();
  };

  private readonly picker: Picker;
  private query = '';
  private onlyUnmatched = false;
  /** The row that Tab comes to. */
  private current = '';
}

function keyOf(row: Row): string {
  return JSON.stringify(row.values);
}
