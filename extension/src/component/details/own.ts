import { TemplateResult, html, nothing } from 'lit';
import { Json, JsonObject } from '../../map/json';
import { Place, join } from '../../map/place';
import { Field, fieldOf, isOwnField } from '../../map/shape';
import type { Fields } from './field';
import { removeButton } from './part';
import { Reading } from './reading';

const ABOUT = 'A field of your own. It is kept as it is, and shown as JSON.';

/** What the author made up, and what no part of this kind has: JSON, as it stands in the file. */
export function ownFields(fields: Fields, owner: Place, part: JsonObject, shape: string): TemplateResult {
  const names = Object.keys(part).filter(name => part[name] !== undefined && !fieldOf(shape, name));
  return html`${names.map(name => ownField(fields, join(owner, name), name, part[name]!))}
  ${fields.host.readonly ? nothing : newField(fields, owner, part)}`;
}

function ownField(fields: Fields, place: Place, name: string, value: Json): TemplateResult {
  const about = isOwnField(name)
    ? ABOUT
    : 'This format has no such field. A field of your own begins with `x_`.';
  const text = JSON.stringify(value, null, 2);
  if (fields.host.readonly) {
    return html`<div class="field">
      <span class="label">${name}</span>
      <pre class="value">${text}</pre>
    </div>`;
  }
  const field: Field = { name, kind: 'value', about };
  const { id, describedBy, wrong } = fields.ties(place);
  const shown = fields.drafts.textAt(place, text);
  const typed = (event: Event) => {
    const now = (event.target as HTMLTextAreaElement).value;
    fields.drafts.type(place, now, { ...field, kind: 'text' }, undefined, readJson);
  };
  const remove = () => fields.host.edit(`Delete ${name}`, { op: 'set', at: place, value: null });
  const control = html`<div class="row">
    <div class="grow code">
      <textarea
        id=${id}
        rows="1"
        spellcheck="false"
        aria-describedby=${describedBy}
        aria-invalid=${wrong}
        .value=${shown}
        @input=${typed}
        @blur=${() => fields.drafts.keep(place)}
        @keydown=${(event: KeyboardEvent) =>
          event.key === 'Escape' && fields.drafts.giveUp(place) && event.stopPropagation()}
      ></textarea>
      <div class="double" aria-hidden="true">${shown}</div>
    </div>
    ${removeButton(name, remove)}
  </div>`;
  return fields.framed(place, field, name, control);
}

/** The value, or where the text stops being JSON. */
export function readJson(typed: string): Reading {
  try {
    return { value: JSON.parse(typed) as Json };
  } catch (error) {
    const why = error instanceof Error ? error.message.replace(/\.$/, '') : '';
    return {
      wrong: `This is not JSON: ${why}. Write what JSON can hold: text in "quotation marks", numbers, lists, objects.`
    };
  }
}

function newField(fields: Fields, owner: Place, part: JsonObject): TemplateResult {
  const place = join(owner, 'x_');
  const reading = (typed: string): Reading => {
    const given = typed.trim();
    const name = given === '' || isOwnField(given) ? given : `x_${given}`;
    if (!/^$|^x_[^\s/]+$/.test(name)) {
      return { wrong: `\`${name}\` has a blank or a slash in it. Write one word, such as \`x_board\`.` };
    }
    return part[name] === undefined
      ? { value: name }
      : { wrong: `There is a \`${name}\` already. Write another name.` };
  };
  const keep = (value: Json) => {
    if (typeof value === 'string' && value !== '') {
      fields.host.edit(`Add ${value}`, { op: 'set', at: join(owner, value), value: '' });
      void fields.focus(join(owner, value), 'textarea');
    }
  };
  const field: Field = { name: 'x_', kind: 'text', about: `${ABOUT} Its name begins with x_.` };
  return fields.framed(place, field, 'Add a field of your own', fields.text(place, field, { reading, keep }));
}
