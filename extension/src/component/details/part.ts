import { TemplateResult, html, nothing } from 'lit';
import { Json, JsonObject, isObject } from '../../map/json';
import { Place, at, join } from '../../map/place';
import { Field, fieldsOf } from '../../map/shape';
import { claim } from './claim';
import { conditionField } from './condition';
import { Fields, isFilled } from './field';
import { Reading, read } from './reading';
import { newPart } from './references';
import { clipped, label, title } from './words';

/** A part inside a part: its fields, once it is there. */
export function partField(
  fields: Fields,
  place: Place,
  field: Field,
  value: Json | undefined
): TemplateResult {
  const { host } = fields;
  const called = label(field.name);
  const { id } = fields.ties(place);
  const always = isObject(field.default) || field.required;
  if (!isObject(value) && !always) {
    const add = () => {
      const made = field.part === 'Condition' ? { is: '' } : newPart(host.journeyMap, field.part!);
      if (made) {
        host.edit(`Add ${called.toLowerCase()}`, { op: 'set', at: place, value: made });
        void fields.focus(place, 'input, textarea, select');
      }
    };
    return html`<div class="field absent" data-place=${place}>
      <div class="head">
        <button type="button" @click=${add}>+ ${called}</button>
        ${fields.aboutButton(place, called)}
      </div>
      ${fields.aboutText(place, field)}
    </div>`;
  }
  const remove = () => {
    host.edit(`Delete ${called.toLowerCase()}`, { op: 'set', at: place, value: null });
    void fields.focus(place, 'button');
  };
  const removal = always || host.readonly ? nothing : removeButton(called, remove);
  const part = isObject(value) ? value : {};
  return html`<div
    class="part"
    data-place=${place}
    role="group"
    aria-labelledby="${id}-label"
    aria-describedby="${id}-about"
  >
    <div class="head">
      <span class="label"><span id="${id}-label">${called}</span> ${claim(host, field.part!, part)}</span>
      <div class="corner">${fields.aboutButton(place, called)}${removal}</div>
    </div>
    ${fields.aboutText(place, field)} ${insidePart(fields, place, field.part!)}
  </div>`;
}

export function removeButton(called: string, remove: () => void): TemplateResult {
  return html`<button type="button" aria-label="Remove ${called}" title="Remove" @click=${remove}>✕</button>`;
}

/** The fields of the part at `place`; what has to be said first, the empty rest on demand. */
export function insidePart(fields: Fields, place: Place, part: string): TemplateResult {
  if (part === 'Condition') {
    return conditionField(fields, place);
  }
  const value = at(fields.host.journeyMap, place);
  const own = isObject(value) ? value : {};
  const shape = fieldsOf(part);
  const first = shape.filter((field, number) => field.required || number < 3 || isFilled(own, field));
  const rest = shape.filter(field => !first.includes(field));
  const shown = (field: Field) => fields.render(place, field, manner(fields, part, place, field));
  const more = join(place, '…');
  const open = fields.isOpen(more, false) || rest.length < 3;
  const toggle = html`<button
    type="button"
    class="more"
    aria-expanded=${open}
    @click=${() => fields.open(more, !open)}
  >
    ${open ? 'Fewer fields' : `${rest.length} more fields`}
  </button>`;
  return html`${first.map(shown)} ${fields.host.readonly || rest.length < 3 ? nothing : toggle}
  ${open && !fields.host.readonly ? rest.map(shown) : nothing}`;
}

/** `within` needs something to count from. */
function manner({ host }: Fields, part: string, place: Place, field: Field) {
  if (part !== 'Rule' || field.name !== 'within') {
    return {};
  }
  const reading = (typed: string): Reading => {
    const rule = at(host.journeyMap, place) as JsonObject;
    const counts = [rule.after, rule.before].some(list => Array.isArray(list) && list.length > 0);
    const found = read(field, typed);
    return counts || 'wrong' in found || found.value === null
      ? found
      : { wrong: 'The rule says `within` and neither `after` nor `before`. Name what the time counts from.' };
  };
  return { reading };
}

export function entryTitle(entry: Json | undefined, number: number): string {
  return clipped(title(entry, `Entry ${number + 1}`), 60);
}
