import { TemplateResult, html, nothing } from 'lit';
import type { JourneyMap } from '../map/generated/journey-map';
import { counted } from './figures';
import type { Overlap } from './model';
import { nameOf } from './targets';
import { inWords } from './words';

/** Events that two rules claim, who gets them, and why. */
export function overlapsOf(map: JourneyMap, overlaps: readonly Overlap[]): TemplateResult | typeof nothing {
  return overlaps.length === 0
    ? nothing
    : html`<h4>Claimed by two rules</h4>
        <ul class="overlaps">
          ${overlaps.map(
            one =>
              html`<li>
                ${counted(one.events, 'event')} go to <bdi>${nameOf(map, one.winner)}</bdi>, not to
                <bdi>${nameOf(map, one.other)}</bdi>. ${inWords(one.words)}
                ${
                  one.examples.length
                    ? html`<span class="faint"
                        >For example
                        ${one.examples.map((example, at) => html`${at ? ', ' : ''}<code><bdi>${example}</bdi></code>`)}.</span
                      >`
                    : nothing
                }
              </li>`
          )}
        </ul>`;
}
