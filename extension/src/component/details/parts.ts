import { TemplateResult, html, nothing } from 'lit';
import { addingTouchpoint } from '../../map/edits';
import { Json, JsonObject, isObject } from '../../map/json';
import { Operation } from '../../map/operations';
import { Place, at, join, keysOf, touchpointsOf } from '../../map/place';
import { Field, KEYED_LISTS } from '../../map/shape';
import { claim } from './claim';
import type { Fields } from './field';
import { groupsOf } from './groups';
import { entryTitle, insidePart, removeButton } from './part';
import { newPart } from './references';
import { kindInWords, label } from './words';

interface Entry {
  place: Place;
  value: JsonObject;
  number: number;
}

/** A list of parts: those of the map and touchpoints as links to their own panels, others in place. */
export function partsField(
  fields: Fields,
  place: Place,
  field: Field,
  value: Json | undefined
): TemplateResult {
  const linked = !place.includes('/') || field.part === 'Touchpoint';
  const entries = entriesOf(fields, place, field, value);
  const called = label(field.name);
  const { id } = fields.ties(place);
  const line = (entry: Entry) =>
    linked ? linkedEntry(fields, entry, field) : nestedEntry(fields, entry, entries.length, field, place);
  return html`<div class="field list" role="group" aria-labelledby="${id}-label" data-place=${place}>
    <div class="head">
      <span class="label" id="${id}-label">${called} <small>${entries.length}</small></span>
      ${fields.aboutButton(place, called)}
    </div>
    ${fields.aboutText(place, field)}
    ${
      entries.length
        ? html`<ol class="entries">
            ${entries.map(line)}
          </ol>`
        : nothing
    }
    ${fields.host.readonly ? nothing : addButton(fields, place, field, linked)}
  </div>`;
}

function entriesOf({ host }: Fields, place: Place, field: Field, value: Json | undefined): Entry[] {
  const given: Json[] = Array.isArray(value) ? value : [];
  const list = given.map(one => (isObject(one) ? one : {}));
  if (field.part === 'Touchpoint') {
    const known = new Map(touchpointsOf(host.journeyMap).map(one => [one.touchpoint as unknown, one.key]));
    return list.map((one, number) => ({
      place: join('touchpoints', known.get(one) ?? ''),
      value: one,
      number
    }));
  }
  const keys = KEYED_LISTS.has(place) ? keysOf(list) : list.map((_, number) => String(number));
  return list.map((one, number) => ({ place: join(place, keys[number]), value: one, number }));
}

function linkedEntry({ host }: Fields, { place, value, number }: Entry, field: Field): TemplateResult {
  const problems = host.problemsAt(place).length;
  const mark = problems ? html`<small> ⚠ ${problems}</small>` : nothing;
  return html`<li data-place=${place}>
    <button type="button" class="link" data-kind=${field.part} @click=${() => host.select(place)}>
      <bdi>${entryTitle(value, number)}</bdi>${mark}
    </button>
  </li>`;
}

function nestedEntry(
  fields: Fields,
  entry: Entry,
  length: number,
  field: Field,
  list: Place
): TemplateResult {
  const { place, value, number } = entry;
  const open = fields.isOpen(place, length === 1);
  const name = entryTitle(value, number);
  const shift = (by: -1 | 1) => shifted(fields, entry, length, by, list);
  const keys = (event: KeyboardEvent) => {
    if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
      event.preventDefault();
      event.stopPropagation();
      shift(event.key === 'ArrowUp' ? -1 : 1);
    }
  };
  const remove = () => {
    fields.host.edit(`Delete ${kindInWords(field.part!)}`, { op: 'remove', at: place });
    fields.host.announce(`${name} removed.`);
    void fields.focus(list, '.add');
  };
  const move = (by: -1 | 1, words: string, sign: string) =>
    html`<button
      type="button"
      aria-label="Move ${name} ${words}"
      aria-disabled=${!(number + by in [...Array(length)])}
      @click=${() => shift(by)}
    >
      ${sign}
    </button>`;
  const buttons = html`<div class="corner">
    ${move(-1, 'up', '↑')}${move(1, 'down', '↓')}${removeButton(name, remove)}
  </div>`;
  return html`<li class="entry" data-place=${place} @keydown=${fields.host.readonly ? nothing : keys}>
    <div class="head">
      <button type="button" class="fold" aria-expanded=${open} @click=${() => fields.open(place, !open)}>
        <span aria-hidden="true">${open ? '▾' : '▸'}</span>
        <bdi>${name}</bdi> ${claim(fields.host, field.part!, value)}
      </button>
      ${fields.host.readonly ? nothing : buttons}
    </div>
    ${open ? insidePart(fields, place, field.part!) : nothing}
  </li>`;
}

function shifted(fields: Fields, { place, number }: Entry, length: number, by: -1 | 1, list: Place): void {
  const target = number + by;
  if (target < 0 || target >= length) {
    return;
  }
  fields.drafts.settle(list);
  const before = by < 0 ? String(target) : target + 1 < length ? String(target + 1) : null;
  const [here, there] = [place, join(list, target)];
  const [open, other] = [fields.isOpen(here, false), fields.isOpen(there, false)];
  fields.host.edit('Move entry', { op: 'move', at: here, into: list, before });
  fields.open(there, open);
  fields.open(here, other);
  fields.host.announce(`Now entry ${target + 1} of ${length}.`);
  void fields.focus(there, '.fold');
}

/** What is written first about a new part. */
function firstField(part: string): string {
  return groupsOf(part)[0].fields.find(field => field.name !== 'id')!.name;
}

function addButton(fields: Fields, place: Place, field: Field, linked: boolean): TemplateResult {
  const { host } = fields;
  const kind = kindInWords(field.part!);
  const add = () => {
    if (field.part === 'Touchpoint') {
      const [edit, made] = addingTouchpoint(host.journeyMap, place.split('/')[1], 'New touchpoint');
      host.edit(edit.label, ...edit.operations);
      host.select(made);
      void fields.focus(join(made, 'name'), undefined, true);
      return;
    }
    const value = newPart(host.journeyMap, field.part!, place);
    if (!value) {
      host.announce(`A ${kind} names two touchpoints. Add touchpoints first.`);
      return;
    }
    const standing = at(host.journeyMap, place);
    const length = Array.isArray(standing) ? standing.length : 0;
    const operation: Operation = { op: 'insert', into: place, value };
    host.edit(`Add ${kind}`, operation);
    const made = join(place, KEYED_LISTS.has(place) ? String(value.id) : length);
    if (linked) {
      host.select(made);
      void fields.focus(join(made, firstField(field.part!)), undefined, true);
    } else {
      fields.open(made);
      void fields.focus(made, 'textarea, input');
    }
  };
  return html`<button type="button" class="add" @click=${add}>+ Add ${kind}</button>`;
}
