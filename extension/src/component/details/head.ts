import { TemplateResult, html, nothing } from 'lit';
import { duplicating, removing, shifting } from '../../map/edits';
import { JsonObject } from '../../map/json';
import { Place, at } from '../../map/place';
import { fieldOf } from '../../map/shape';
import type { Host } from '../host';
import { neighbours, stageOf } from './references';
import { capital, clipped, kindInWords, title } from './words';

/** The way from the map to this part, and its neighbours. */
export function crumbs(host: Host, owner: Place, shape: string, name: string): TemplateResult {
  const stage = stageOf(host.journeyMap, owner);
  const link = (place: Place, words: string) =>
    html`<li>
      <button type="button" class="link" @click=${() => host.select(place)}>
        <bdi>${clipped(words, 40)}</bdi>
      </button>
    </li>`;
  const [before, after] = neighbours(host.journeyMap, owner);
  const step = (place: Place | null, words: string, sign: string) =>
    html`<button
      type="button"
      aria-label="${words} ${kindInWords(shape)}"
      title="${words} ${kindInWords(shape)}"
      aria-disabled=${place === null}
      @click=${() => place !== null && host.select(place)}
    >
      ${sign}
    </button>`;
  return html`<nav class="crumbs" aria-label="Where this is in the map">
    <ol>
      ${owner === '' ? nothing : link('', title(host.journeyMap as unknown as JsonObject, 'Map'))}
      ${stage ? link(stage, title(at(host.journeyMap, stage), 'Stage')) : nothing}
      <li aria-current="page"><bdi>${clipped(name, 40)}</bdi></li>
    </ol>
    ${owner === '' ? nothing : html`<div class="pair">${step(before, 'Previous', '‹')}${step(after, 'Next', '›')}</div>`}
  </nav>`;
}

/** What can be done with the part as a whole. */
export function actions(host: Host, owner: Place, shape: string): TemplateResult | typeof nothing {
  if (owner === '') {
    return nothing;
  }
  const move = (by: -1 | 1) => {
    const edit = shifting(host.journeyMap, owner, by);
    if (edit) {
      host.edit(edit.label, ...edit.operations);
      host.announce(`Moved ${by < 0 ? 'before' : 'after'} its neighbour.`);
    } else {
      host.announce(`There is no place ${by < 0 ? 'before' : 'after'} this one.`);
    }
  };
  const copy = () => {
    const made = duplicating(host.journeyMap, owner);
    if (made) {
      host.edit(made[0].label, ...made[0].operations);
      host.select(made[1]);
    }
  };
  const remove = () => {
    const [before, after] = neighbours(host.journeyMap, owner);
    const edit = removing(owner);
    const keyed = fieldOf(shape, 'id') !== undefined;
    host.select((keyed ? (after ?? before) : null) ?? stageOf(host.journeyMap, owner) ?? '');
    host.edit(edit.label, ...edit.operations);
    host.announce(`${capital(kindInWords(shape))} deleted.`);
  };
  const movable = shape === 'Stage' || shape === 'Touchpoint';
  const button = (words: string, act: () => void) =>
    html`<button type="button" @click=${act}>${words}</button>`;
  return html`<div class="actions" role="group" aria-label="Actions">
    ${movable ? html`${button('← Move', () => move(-1))}${button('Move →', () => move(1))}${button('Duplicate', copy)}` : nothing}
    ${button('Delete', remove)}
  </div>`;
}
