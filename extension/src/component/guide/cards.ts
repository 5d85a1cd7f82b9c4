import { TemplateResult, html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { addingStage, addingTouchpoint, idFor } from '../../map/edits';
import { JsonObject } from '../../map/json';
import { Place, at, join, keysOf, partAt, touchpointsOf } from '../../map/place';
import { KEYED_LISTS, fieldOf } from '../../map/shape';
import type { Fields } from '../details/field';
import { removeButton } from '../details/part';
import { newPart } from '../details/references';
import { kindInWords, title } from '../details/words';

const OPEN_FROM_THE_START = 5;

/** What has been typed for new entries, by their list. */
export type Names = Map<string, string>;

/** The entries of a list of the map, each with the few fields that the step is about. */
export function cards(
  fields: Fields,
  list: string,
  names: string,
  mark?: (part: JsonObject) => string
): TemplateResult {
  const places = placesIn(fields, list);
  return html`<ol class="entries">
    ${places.map(place => card(fields, place, names.split(' '), places.length <= OPEN_FROM_THE_START && !mark, mark))}
  </ol>`;
}

function placesIn({ host }: Fields, list: string): Place[] {
  const entries = (at(host.journeyMap, list) ?? []) as JsonObject[];
  const keys = KEYED_LISTS.has(list) ? keysOf(entries) : touchpointsOf(host.journeyMap).map(one => one.key);
  return keys.map(key => join(list, key));
}

function card(
  fields: Fields,
  place: Place,
  names: string[],
  opened: boolean,
  mark?: (part: JsonObject) => string
): TemplateResult {
  const { host } = fields;
  const part = at(host.journeyMap, place) as JsonObject;
  const shape = partAt(place)!;
  const open = fields.isOpen(place, opened);
  const name = title(part, kindInWords(shape));
  const remove = () => {
    host.edit(`Delete ${kindInWords(shape)}`, { op: 'remove', at: place });
    host.announce(`${name} removed.`);
    void fields.focus(place.split('/')[0]);
  };
  return html`<li class="entry" data-place=${place}>
    <div class="head">
      <button type="button" class="fold" aria-expanded=${open} @click=${() => fields.open(place, !open)}>
        <span aria-hidden="true">${open ? '▾' : '▸'}</span> <bdi>${name}</bdi>
        ${mark ? html`<small>${mark(part)}</small>` : nothing}
      </button>
      <button
        type="button"
        aria-label="All fields of ${name}"
        title="All fields"
        @click=${() => host.select(place)}
      >
        ⋯
      </button>
      ${host.readonly ? nothing : removeButton(name, remove)}
    </div>
    ${open ? names.map(one => fields.render(place, fieldOf(shape, one)!)) : nothing}
  </li>`;
}

/** A line that makes a new entry of each name that is typed into it. */
export function adder(
  fields: Fields,
  list: string,
  asked: string,
  typed: Names,
  stage?: string
): TemplateResult {
  const { host } = fields;
  const id = `${fields.scope}-add-${list}`;
  if (host.readonly) {
    return html``;
  }
  const add = () => {
    const name = (typed.get(list) ?? '').trim();
    if (name === '') {
      host.announce('Write a name first.');
    } else {
      typed.delete(list);
      added(fields, list, name, stage);
      host.announce(`${name} added.`);
      host.requestUpdate();
    }
    void fields.focus(list);
  };
  const change = (event: Event) => typed.set(list, (event.target as HTMLInputElement).value);
  return html`<div class="field" data-place=${list}>
    <label for=${id}>${asked}</label>
    <div class="row">
      <input
        id=${id}
        dir="auto"
        autocomplete="off"
        .value=${live(typed.get(list) ?? '')}
        @input=${change}
        @keydown=${(event: KeyboardEvent) => event.key === 'Enter' && !event.isComposing && add()}
      />
      <button type="button" @click=${add}>Add</button>
    </div>
  </div>`;
}

function added(fields: Fields, list: string, name: string, stage?: string): void {
  const { host } = fields;
  const map = host.journeyMap;
  if (list === 'touchpoints') {
    addTouchpoint(fields, name, stage);
    return;
  }
  const part = partAt(join(list, 'x'))!;
  const value = { ...newPart(map, part, list), id: idFor(map, list, name), name };
  host.edit(`Add ${kindInWords(part)}`, { op: 'insert', into: list, value });
}

/** Into its stage; the first touchpoint of a map brings a stage with it. */
function addTouchpoint({ host }: Fields, name: string, stage?: string): void {
  const map = host.journeyMap;
  const [first] = keysOf(map.stages ?? []);
  const opening = first === undefined ? addingStage(map, 'Journey') : null;
  const into = opening ? opening[1].split('/')[1] : (stage ?? first);
  const [edit] = addingTouchpoint(map, into, name);
  host.edit(edit.label, ...(opening?.[0].operations ?? []), ...edit.operations);
}
