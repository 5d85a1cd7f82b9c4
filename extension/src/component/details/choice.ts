import { TemplateResult, html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { Json } from '../../map/json';
import { Place } from '../../map/place';
import { Field } from '../../map/shape';
import type { Fields } from './field';
import { written } from './reading';
import { label, spaced } from './words';

const NOT_SAID = '';

/** One of the words of the schema, or yes and no. */
export function choiceField(
  fields: Fields,
  place: Place,
  field: Field,
  value: Json | undefined
): TemplateResult {
  const { id, describedBy, wrong } = fields.ties(place);
  const choices = field.kind === 'boolean' ? ['true', 'false'] : field.choices!;
  const chosen = value === undefined || value === null ? written(field, undefined) : String(value);
  const choose = (event: Event) => {
    const text = (event.target as HTMLSelectElement).value;
    const picked = text === NOT_SAID ? null : field.kind === 'boolean' ? text === 'true' : text;
    const kept = picked === field.default && !field.required ? null : picked;
    fields.host.edit(`Change ${label(field.name).toLowerCase()}`, { op: 'set', at: place, value: kept });
  };
  const optional = field.default === undefined && !field.required;
  const strange = chosen !== NOT_SAID && !choices.includes(chosen);
  return html`<select
    id=${id}
    aria-describedby=${describedBy}
    aria-invalid=${wrong || strange}
    @change=${choose}
  >
    ${optional ? option(NOT_SAID, 'not said', chosen) : nothing}
    ${strange ? option(chosen, `⚠ ${chosen} (not a choice)`, chosen) : nothing}
    ${choices.map(one => option(one, choiceInWords(field, one), chosen))}
  </select>`;
}

export function option(value: string, words: string, chosen: string): TemplateResult {
  return html`<option value=${value} .selected=${live(value === chosen)}>${words}</option>`;
}

function choiceInWords(field: Field, choice: string): string {
  const words = field.kind === 'boolean' ? (choice === 'true' ? 'yes' : 'no') : spaced(choice);
  return field.default !== undefined && String(field.default) === choice ? `${words} (usual)` : words;
}
