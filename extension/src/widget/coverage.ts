import { TemplateResult, html, nothing } from 'lit';
import type { Desk } from './desk';
import { counted, percent, whole } from './figures';

/** How much of what was recorded is on the map, and in which days. */
export class CoveragePart {
  constructor(private readonly desk: Desk) {}

  render(): TemplateResult {
    const { kernel } = this.desk;
    const coverage = kernel.coverage;
    return html`<section class="coverage" aria-labelledby="coverage-title">
      <h3>
        <span id="coverage-title">Coverage</span>
        <span class="waiting">${kernel.isWaiting ? 'counting …' : nothing}</span>
      </h3>
      ${
        coverage
          ? html`<p class="figure">
                <strong>${percent(coverage.share)}</strong>
                <span>${whole(coverage.claimed)} of ${counted(coverage.events, 'event')} on the map</span>
              </p>
              <div
                class="bar"
                role="meter"
                aria-labelledby="coverage-title"
                aria-valuemin="0"
                aria-valuemax="100"
                aria-valuenow=${Math.round((coverage.share ?? 0) * 1000) / 10}
                aria-valuetext=${`${percent(coverage.share)}, ${whole(coverage.claimed)} of ${counted(coverage.events, 'event')}`}
              >
                <span style=${`width: ${(coverage.share ?? 0) * 100}%`}></span>
              </div>`
          : html`<p>
              ${kernel.failure ? 'The rules of this map could not be counted.' : 'Counting the events …'}
            </p>`
      }
      ${this.period()}
    </section>`;
  }

  private period(): TemplateResult {
    const period = this.desk.kernel.coverage?.period;
    return html`<form class="period" @submit=${this.count} @change=${this.count} aria-label="Days that count">
      <label>From <input type="date" name="from" .value=${this.from ?? period?.from ?? ''} /></label>
      <label
        >to
        <input type="date" name="to" .value=${this.to ?? period?.to ?? ''} aria-describedby="period-fault"
      /></label>
      ${
        period || this.from || this.to
          ? html`<button type="button" @click=${this.countAll}>All days</button>`
          : html`<span class="faint">all days</span>`
      }
      <p id="period-fault" class="fault">${this.fault}</p>
    </form>`;
  }

  private readonly count = (event: Event): void => {
    event.preventDefault();
    const form = (event.currentTarget as HTMLFormElement).elements;
    [this.from, this.to] = ['from', 'to'].map(name => (form.namedItem(name) as HTMLInputElement).value);
    this.fault = this.from && this.to && this.from > this.to ? 'The first day comes after the last.' : '';
    if (this.from && this.to && !this.fault) {
      this.desk.kernel.ask({ kind: 'period', from: this.from, to: this.to });
      this.from = this.to = null;
    }
    this.desk.requestUpdate();
  };

  private readonly countAll = (): void => {
    this.from = this.to = null;
    this.fault = '';
    this.desk.kernel.ask({ kind: 'period', from: null, to: null });
    this.desk.goTo('[name=from]');
  };

  /** What was typed and not counted yet. */
  private from: string | null = null;
  private to: string | null = null;
  private fault = '';
}
