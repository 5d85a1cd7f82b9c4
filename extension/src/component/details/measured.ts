import { TemplateResult, html, nothing } from 'lit';
import type { Measured } from '../../map/generated/measured-map';
import { spaced } from './words';

/** What was measured about one part, beside what people typed. */
export function measuredTable(numbers: readonly Measured[], scope: string): TemplateResult | typeof nothing {
  if (numbers.length === 0) {
    return nothing;
  }
  const id = `${scope}-measured`;
  return html`<section class="measured" aria-labelledby=${id}>
    <h3 id=${id}>Measured, not typed</h3>
    <div class="scroll" tabindex="0" role="region" aria-labelledby=${id}>
      <table>
        <thead>
          <tr>
            <th scope="col">Measure</th>
            <th scope="col">Estimate</th>
            <th scope="col">n</th>
            <th scope="col">Open</th>
            <th scope="col">Grade</th>
          </tr>
        </thead>
        <tbody>
          ${numbers.map(row)}
        </tbody>
      </table>
    </div>
  </section>`;
}

function row(number: Measured): TemplateResult {
  const { estimate, low, high, n, open, grade, verdict, unit } = number;
  const interval =
    low === undefined || low === null || high === undefined || high === null
      ? nothing
      : html`<small>${share(number.confidence ?? 0.95)}: ${plain(low)} to ${plain(high)}</small>`;
  return html`<tr>
    <th scope="row">
      <bdi>${spaced(number.measure.replaceAll('-', ' '))}</bdi>
      ${unit ? html`<small>${unit}</small>` : nothing}
    </th>
    <td>${plain(estimate)} ${interval}</td>
    <td>${plain(n)}</td>
    <td>${plain(open)}</td>
    <td>${grade ?? '–'} ${verdict ? html`<small>${verdict}</small>` : nothing}</td>
  </tr>`;
}

const share = (value: number) => `${Math.round(value * 1000) / 10} %`;

/** Three figures after the point at most; a dash where there is no number. */
export function plain(value: number | null | undefined): string {
  return value === null || value === undefined ? '–' : String(Number(value.toFixed(3)));
}
