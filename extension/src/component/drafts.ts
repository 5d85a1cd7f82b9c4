/** From what somebody typed into a cell to the smallest edit of the map that says it. */
import type { Stage, Touchpoint } from '../map/generated/journey-map';
import { idFor } from '../map/edits';
import { Json } from '../map/json';
import { Edit, Operation } from '../map/operations';
import { Place, join } from '../map/place';
import type { CrossReferences } from './cross-references';
import { Row } from './lanes';
import { LANES } from './words';

/** Why a draft can't be kept. */
export class Refusal extends Error {}

/** A cell, and its part as it was when somebody began to edit it. */
export interface Edited {
  row: Row;
  at: Place;
  part: Touchpoint | Stage;
}

type Writer = (
  edited: Edited & { part: Touchpoint },
  draft: readonly string[],
  refs: CrossReferences
) => Operation[];

const set = (at: Place, value: Json): Operation => ({ op: 'set', at, value });

function name({ at, part }: Edited, [typed, kind]: readonly string[]): Operation[] {
  const name = typed.trim();
  if (name === '') {
    throw new Refusal('A name is needed. Press Escape to go back to the old one.');
  }
  const kept = name === part.name ? [] : [set(join(at, 'name'), name)];
  const before = 'kind' in part && part.kind ? part.kind : 'action';
  return kind === undefined || kind === before ? kept : [...kept, set(join(at, 'kind'), kind)];
}

function text(field: 'doing' | 'thinking' | 'feeling'): Writer {
  return ({ at, part }, [typed]) =>
    typed === (part[field] ?? '') ? [] : [set(join(at, field), typed.trim() === '' ? null : typed)];
}

function choice(field: 'channel' | 'department', list: 'channels' | 'departments'): Writer {
  return ({ at, part }, [typed], refs) => {
    const wanted = typed.trim();
    const found = optionNamed(refs, list, wanted);
    if (wanted === '' || found !== undefined) {
      return (found ?? null) === (part[field] ?? null) ? [] : [set(join(at, field), found ?? null)];
    }
    const id = idFor(refs.map, list, wanted);
    return [{ op: 'insert', into: list, value: { id, name: wanted } }, set(join(at, field), id)];
  };
}

/** Id of the channel or department that is called so, whatever the capitals. */
export function optionNamed(
  refs: CrossReferences,
  list: 'channels' | 'departments',
  wanted: string
): string | undefined {
  const plain = wanted.toLowerCase();
  const options = refs.options(list);
  const found =
    options.find(one => one.name.toLowerCase() === plain) ?? options.find(one => one.id === wanted);
  return found?.id;
}

const expectation: Writer = ({ at, part }, [typed]) => {
  const before = part.expectation;
  if (typed === (before?.text ?? '')) {
    return [];
  }
  if (typed.trim() === '') {
    return [set(join(at, 'expectation'), null)];
  }
  return [before ? set(join(at, 'expectation/text'), typed) : set(join(at, 'expectation'), { text: typed })];
};

const emotion: Writer = ({ at, part }, [typed]) => {
  const value = typed === '' ? null : Number(typed);
  return value === (part.emotion ?? null) ? [] : [set(join(at, 'emotion'), value)];
};

/** The entries of a list, then what is to be added; an emptied entry goes. */
function entries(field: 'pain_points' | 'backstage', said: 'text' | 'action'): Writer {
  return ({ at, part }, draft) => {
    const list = join(at, field);
    const before = ((part[field] ?? []) as unknown as Record<string, string>[]).map(entry => entry[said]);
    const changed = before.flatMap((was, number) => {
      const typed = draft[number];
      return typed.trim() !== '' && typed !== was ? [set(join(list, number, said), typed)] : [];
    });
    const added = written(draft.slice(before.length)).map((typed): Operation => ({
      op: 'insert',
      into: list,
      value: { [said]: typed }
    }));
    const gone = before.flatMap((_, number) => (draft[number].trim() === '' ? [number] : []));
    const removed = gone.reverse().map((number): Operation => ({ op: 'remove', at: join(list, number) }));
    return [...changed, ...added, ...removed];
  };
}

const written = (draft: readonly string[]): string[] => draft.filter(typed => typed.trim() !== '');

const moment: Writer = ({ at, part }, [typed]) => {
  const before = part.moment_of_truth;
  const place = join(at, 'moment_of_truth');
  const kind = typed === 'yes' ? null : typed;
  if (typed === '' || !before) {
    const value = typed === '' ? null : kind === null ? {} : { kind };
    return (value === null) === !before ? [] : [set(place, value)];
  }
  return kind === (before.kind ?? null) ? [] : [set(join(place, 'kind'), kind)];
};

const opportunities: Writer = ({ part }, draft, refs) => {
  const before = refs.opportunitiesAt(part);
  const changed = before.flatMap(([key, one], number): Operation[] => {
    const at = join('opportunities', key);
    const typed = draft[number].trim();
    if (typed === one.name) {
      return [];
    }
    if (typed !== '') {
      return [set(join(at, 'name'), typed)];
    }
    const others = (one.touchpoints ?? []).filter(id => id !== part.id);
    if (others.length === one.touchpoints?.length || (one.pain_points?.length && !others.length)) {
      throw new Refusal(`“${one.name}” stands here for a stage or a pain point. Delete it in the panel.`);
    }
    return [others.length ? set(join(at, 'touchpoints'), others) : { op: 'remove', at }];
  });
  const taken: string[] = [];
  const added = written(draft.slice(before.length)).map((typed): Operation => {
    const id = idFor(
      { ...refs.map, opportunities: [...(refs.map.opportunities ?? []), ...taken.map(named)] },
      'opportunities',
      typed
    );
    taken.push(id);
    return { op: 'insert', into: 'opportunities', value: { id, name: typed.trim(), touchpoints: [part.id] } };
  });
  return [...changed, ...added];
};

const named = (id: string) => ({ id, name: id });

/** Ids of evidence that was ticked; an entry that begins with `+` is the name of a new one. */
const evidence: Writer = ({ at, part }, draft, refs) => {
  const ids = draft.filter(entry => entry !== '' && !entry.startsWith('+'));
  const added = written(draft.filter(entry => entry.startsWith('+')).map(entry => entry.slice(1)));
  const inserted = added.map((typed): [string, Operation] => {
    const id = idFor(refs.map, 'evidence', typed);
    return [id, { op: 'insert', into: 'evidence', value: { id, name: typed.trim() } }];
  });
  const wanted = [...ids, ...inserted.map(([id]) => id)];
  const before = part.evidence ?? [];
  const unchanged = wanted.length === before.length && wanted.every(id => before.includes(id));
  const value = wanted.length ? wanted : null;
  return unchanged ? [] : [...inserted.map(([, operation]) => operation), set(join(at, 'evidence'), value)];
};

const WRITERS: Partial<Record<Row, Writer>> = {
  stage: name,
  touchpoint: name,
  channel: choice('channel', 'channels'),
  department: choice('department', 'departments'),
  doing: text('doing'),
  thinking: text('thinking'),
  feeling: text('feeling'),
  expectation,
  emotion,
  pain_points: entries('pain_points', 'text'),
  moments_of_truth: moment,
  opportunities,
  evidence,
  backstage: entries('backstage', 'action')
};

export function isEditable(row: Row): boolean {
  return row in WRITERS;
}

/** What the draft changes; null where it says what was there already. */
export function editOf(edited: Edited, draft: readonly string[], refs: CrossReferences): Edit | null {
  const operations = WRITERS[edited.row]!(edited as Edited & { part: Touchpoint }, draft, refs);
  const what =
    edited.row === 'stage'
      ? 'stage name'
      : edited.row === 'touchpoint'
        ? 'touchpoint'
        : LANES[edited.row].toLowerCase();
  return operations.length ? { label: `Edit ${what}`, operations } : null;
}

/** The draft that leaves nothing in the cell. */
export function emptied({ row, part }: Edited, refs: CrossReferences): string[] {
  const touchpoint = part as Touchpoint;
  const count: Partial<Record<Row, number>> = {
    pain_points: touchpoint.pain_points?.length,
    backstage: touchpoint.backstage?.length,
    opportunities: row === 'opportunities' ? refs.opportunitiesAt(touchpoint).length : 0
  };
  return Array<string>(Math.max(count[row] ?? 0, 1)).fill('');
}
