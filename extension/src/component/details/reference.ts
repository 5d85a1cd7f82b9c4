import { TemplateResult, html, nothing } from 'lit';
import { Json } from '../../map/json';
import { Operation } from '../../map/operations';
import { Place, at, partAt } from '../../map/place';
import { Field } from '../../map/shape';
import { option } from './choice';
import type { Fields } from './field';
import { candidatesFor, isKnown } from './references';
import { clipped, kindInWords, label, spaced } from './words';

/** One id, chosen from those that exist; an id of nothing stays and is marked. */
export function referenceField(
  fields: Fields,
  place: Place,
  field: Field,
  value: Json | undefined
): TemplateResult {
  const { host } = fields;
  const { id, describedBy, wrong } = fields.ties(place);
  const chosen = typeof value === 'string' ? value : '';
  const choose = (event: Event) => {
    const picked = (event.target as HTMLSelectElement).value;
    host.edit(`Change ${label(field.name).toLowerCase()}`, { op: 'set', at: place, value: picked || null });
  };
  const lost = chosen !== '' && !isKnown(host.journeyMap, field, chosen);
  return html`<select
    id=${id}
    aria-describedby=${describedBy}
    aria-invalid=${wrong || lost}
    @change=${choose}
  >
    ${field.required && chosen ? nothing : option('', 'not said', chosen)}
    ${lost ? option(chosen, `⚠ ${chosen} (refers to nothing)`, chosen) : nothing}
    ${options(fields, field, chosen, [])}
  </select>`;
}

/** Several ids as chips, and what can be added to them. */
export function referencesField(
  fields: Fields,
  place: Place,
  field: Field,
  value: Json | undefined
): TemplateResult {
  const { host } = fields;
  const { id, describedBy, wrong } = fields.ties(place);
  const ids = Array.isArray(value) ? value.map(String) : [];
  const keep = (next: string[], sentence: string) => {
    const operation: Operation = { op: 'set', at: place, value: next.length ? next : null };
    host.edit(`Change ${label(field.name).toLowerCase()}`, operation, ...alone(fields, place, next));
    host.announce(sentence);
    void fields.focus(place, 'select');
  };
  const add = (event: Event) => {
    const select = event.target as HTMLSelectElement;
    const picked = select.value;
    select.value = '';
    if (picked) {
      keep([...ids, picked], `${nameOf(fields, field, picked)} added.`);
    }
  };
  const chip = (one: string, number: number) => {
    const name = nameOf(fields, field, one);
    const lost = !isKnown(host.journeyMap, field, one);
    const rest = ids.filter((_, other) => other !== number);
    return html`<li class="chip">
      <bdi>${lost ? `⚠ ${one} (refers to nothing)` : clipped(name, 60)}</bdi>
      <button type="button" aria-label="Remove ${name}" @click=${() => keep(rest, `${name} removed.`)}>
        ✕
      </button>
    </li>`;
  };
  return html`${
      ids.length
        ? html`<ul class="chips">
            ${ids.map(chip)}
          </ul>`
        : nothing
    }
    <select
      id=${id}
      aria-label="Add to ${label(field.name).toLowerCase()}"
      aria-describedby=${describedBy}
      aria-invalid=${wrong}
      @change=${add}
    >
      ${option('', emptyWords(fields, field, ids), '')} ${options(fields, field, '', ids)}
    </select>`;
}

function emptyWords(fields: Fields, field: Field, ids: string[]): string {
  const kind = kindInWords(field.refersTo!);
  const left = candidatesFor(fields.host.journeyMap, field.refersTo!).some(one => !ids.includes(one.id));
  return left || field.known?.length
    ? `Add ${kind} …`
    : `The map has no ${ids.length ? 'other ' : ''}${kind}`;
}

function options(fields: Fields, field: Field, chosen: string, without: string[]): TemplateResult {
  const own = candidatesFor(fields.host.journeyMap, field.refersTo!).filter(one => !without.includes(one.id));
  const ids = new Set(own.map(one => one.id));
  const several = field.refersTo === 'Part' || field.refersTo === 'Rule';
  const words = (name: string, id: string, kind: string) => {
    const short = clipped(name, 60);
    return several ? `${short} (${kindInWords(kind)})` : short === id ? id : `${short} · ${id}`;
  };
  const known = (field.known ?? []).filter(one => !ids.has(one) && !without.includes(one));
  const mine = own.map(one => option(one.id, words(one.name, one.id, one.kind), chosen));
  if (known.length === 0) {
    return html`${mine}`;
  }
  return html`${mine.length ? html`<optgroup label="In this map">${mine}</optgroup>` : nothing}
    <optgroup label="Common">${known.map(one => option(one, spaced(one), chosen))}</optgroup>`;
}

function nameOf({ host }: Fields, field: Field, id: string): string {
  const found = candidatesFor(host.journeyMap, field.refersTo!).find(one => one.id === id);
  return found?.name ?? (field.known?.includes(id) ? spaced(id) : id);
}

/** A rule's `within` counts from what it comes after or before, and goes when nothing is left of that. */
function alone({ host }: Fields, place: Place, next: string[]): Operation[] {
  const rule = place.split('/').slice(0, -1).join('/');
  const name = place.split('/').at(-1);
  if (next.length > 0 || partAt(rule) !== 'Rule' || at(host.journeyMap, `${rule}/within`) === undefined) {
    return [];
  }
  const other = at(host.journeyMap, `${rule}/${name === 'after' ? 'before' : 'after'}`);
  return Array.isArray(other) && other.length > 0 ? [] : [{ op: 'set', at: `${rule}/within`, value: null }];
}
