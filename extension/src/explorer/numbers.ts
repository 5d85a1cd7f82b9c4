import { TemplateResult, html, nothing } from 'lit';
import type { Answer, Share } from './talk';

const percent = (share: number | null): string => `${Math.round((share ?? 0) * 1000) / 10}%`;

/** The sentence that sums the choice up, for eyes and for those who listen. */
export function summary({ counts }: Answer): string {
  const { journeys = '–', customers = '–', open = '–' } = counts;
  return `${journeys} journeys of ${customers} customers; ${open} still open.`;
}

export function numbers(answer: Answer): TemplateResult | typeof nothing {
  if (!answer.shares.length) {
    return nothing;
  }
  const says = answer.shares.flatMap(share => Object.values(share.says));
  return html`
    <div class="scroll" role="region" aria-label="How far the chosen journeys came" tabindex="0">
      <table class="numbers">
        <caption>
          How far the chosen journeys came. ${says.includes('–') ? `${answer.hidden}.` : nothing}
        </caption>
        <thead>
          <tr>
            <th scope="col">Stage or outcome</th>
            <th scope="col">Share of journeys</th>
            <th scope="col" class="number">95 % interval</th>
            <th scope="col" class="number">Reached</th>
            <th scope="col" class="number">Of journeys</th>
            <th scope="col" class="number">Still open</th>
            <th scope="col" class="number">All journeys</th>
          </tr>
        </thead>
        <tbody>
          ${answer.shares.map(row)}
        </tbody>
      </table>
    </div>
  `;
}

function row(share: Share): TemplateResult {
  const { says } = share;
  return html`
    <tr class=${share.kind}>
      <th scope="row">
        <bdi>${share.name}</bdi>${share.kind === 'outcome' ? html`<small>outcome</small>` : nothing}
      </th>
      <td>
        <span class="share">${bar(share)}<span class="number">${says.share}</span></span>
      </td>
      <td class="number">${says.interval}</td>
      <td class="number">${says.reached}</td>
      <td class="number">${says.journeys}</td>
      <td class="number">${says.open}</td>
      <td class="number">${says.everywhere}</td>
    </tr>
  `;
}

/** The share as a length, and its interval as a line across the end of it. */
function bar({ share, low, high }: Share): TemplateResult {
  if (share === null) {
    return html`<span class="bar" aria-hidden="true"></span>`;
  }
  const width = `inline-size: ${percent(share)}`;
  const ends = `inset-inline-start: ${percent(low ?? share)}; inline-size: ${percent((high ?? share) - (low ?? share))}`;
  return html`<span class="bar" aria-hidden="true"><i style=${width}></i><b style=${ends}></b></span>`;
}
