import { TemplateResult, html, nothing } from 'lit';
import type { JourneyMap } from '../../map/generated/journey-map';
import { Json, JsonObject } from '../../map/json';
import { Place, at, join, keysOf } from '../../map/place';
import { Field, KEYED_LISTS, fieldsOf } from '../../map/shape';
import type { Host } from '../host';
import { candidatesFor } from './references';
import { entryTitle } from './part';
import { label } from './words';

const NAMING = ['opportunities', 'flows', 'evidence', 'hypotheses', 'kpis'];
const NAMED_BY_ID = new Set(['Touchpoint', 'Stage', 'Part', 'Evidence', 'Persona', 'Kpi', 'PainPoint']);

interface Naming {
  list: string;
  place: Place;
  title: string;
  by: string[];
}

/** Entries of the map that name the part at `owner`, or a part inside it. */
export function namingOf(map: JourneyMap, owner: Place): Naming[] {
  const ids = new Set(
    candidatesFor(map, 'Part')
      .filter(one => one.place === owner || one.place.startsWith(`${owner}/`))
      .map(one => one.id)
  );
  return NAMING.flatMap(list => {
    const entries = (at(map, list) ?? []) as JsonObject[];
    const keys = KEYED_LISTS.has(list) ? keysOf(entries) : [...entries.keys()].map(String);
    const part = fieldsOf('JourneyMap').find(field => field.name === list)!.part!;
    const found = entries.map((entry, number) => ({
      list,
      place: join(list, keys[number]),
      title: entryTitle(entry, number),
      by: fieldsOf(part)
        .filter(field => names(field, entry[field.name], ids))
        .map(field => label(field.name).toLowerCase())
    }));
    return found.filter(one => one.by.length > 0 && one.place !== owner);
  });
}

function names(field: Field, value: Json | undefined, ids: ReadonlySet<string>): boolean {
  if (!field.refersTo || !NAMED_BY_ID.has(field.refersTo)) {
    return false;
  }
  return (Array.isArray(value) ? value : [value]).some(id => typeof id === 'string' && ids.has(id));
}

export function related(host: Host, owner: Place, scope: string): TemplateResult | typeof nothing {
  const found = owner === '' ? [] : namingOf(host.journeyMap, owner);
  if (found.length === 0) {
    return nothing;
  }
  const id = `${scope}-related`;
  return html`<section class="related" aria-labelledby=${id}>
    <h3 id=${id}>Named by</h3>
    <ul class="entries">
      ${found.map(
        one =>
          html`<li>
            <button type="button" class="link" @click=${() => host.select(one.place)}>
              <bdi>${one.title}</bdi> <small>${label(one.list).toLowerCase()}, ${one.by.join(', ')}</small>
            </button>
          </li>`
      )}
    </ul>
  </section>`;
}
