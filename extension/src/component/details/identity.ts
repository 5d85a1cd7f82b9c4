import type { TemplateResult } from 'lit';
import { renaming } from '../../map/edits';
import { Place, join, partAt } from '../../map/place';
import { Field } from '../../map/shape';
import type { Fields } from './field';
import { Reading, read } from './reading';
import { holderOf, ownerOf } from './references';
import { kindInWords } from './words';

/** The id: a new one goes wherever the old one is named. */
export function idField(fields: Fields, place: Place, field: Field): TemplateResult {
  const { host } = fields;
  const part = place.split('/').slice(0, -1).join('/');
  const reading = (typed: string): Reading => {
    const id = typed.trim();
    const holder = part === '' || id === '' ? undefined : holderOf(host.journeyMap, partAt(part)!, id, part);
    const wrong = `\`id\` is \`${id}\`. The ${kindInWords(holder?.kind ?? '')} ${holder?.name} has it already. Write another id.`;
    return holder ? { wrong } : read(field, typed);
  };
  const keep = (value: unknown) => {
    const id = value as string | null;
    if (part === '' || id === null) {
      host.edit('Change id', { op: 'set', at: place, value: id });
      return;
    }
    const edit = renaming(host.journeyMap, part, id);
    host.edit(edit.label, ...edit.operations);
    if (part === ownerOf(part)) {
      host.select(join(part.split('/')[0], id));
    }
  };
  return fields.text(place, field, { reading, keep });
}
