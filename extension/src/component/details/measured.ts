import { TemplateResult, html, nothing } from 'lit';
import type { Measured } from '../../map/generated/measured-map';
import { confidenceOf, countOf, estimateOf, intervalOf, nameOf, verdictOf } from '../numbers';

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
  const { grade, unit } = number;
  const interval = intervalOf(number);
  const verdict = verdictOf(number);
  return html`<tr>
    <th scope="row">
      <bdi>${nameOf(number)}</bdi>
      ${unit ? html`<small>${unit}</small>` : nothing}
    </th>
    <td>
      ${estimateOf(number)}
      ${interval ? html`<small>${confidenceOf(number)} interval ${interval}</small>` : nothing}
    </td>
    <td>${countOf(number.n)}</td>
    <td>${countOf(number.open)}</td>
    <td>${grade ?? '–'} ${verdict ? html`<small>${verdict}</small>` : nothing}</td>
  </tr>`;
}
