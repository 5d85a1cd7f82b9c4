/** Fields to edit a cell in place. Every field marked `data-draft` is one entry of the draft, in order. */
import { TemplateResult, html, nothing } from 'lit';
import type { Touchpoint } from '../map/generated/journey-map';
import type { Board, Editing } from './board';
import type { Option } from './cross-references';
import { Row } from './lanes';
import { EMOTIONS, KINDS, LANES, MOMENTS } from './words';

const ADDED: Partial<Record<Row, string>> = {
  pain_points: 'Add a pain point',
  opportunities: 'Add an opportunity',
  backstage: 'Add work behind the scenes'
};

function area(value: string, label: string, invalid = false): TemplateResult {
  return html`<textarea
    data-draft
    rows="1"
    dir="auto"
    aria-label=${label}
    aria-invalid=${invalid ? 'true' : nothing}
    aria-describedby=${invalid ? 'why' : nothing}
    .value=${value}
  ></textarea>`;
}

function named(editing: Editing): TemplateResult {
  const { part, row, typed, error } = editing;
  const kind = (part as Touchpoint).kind ?? 'action';
  return html`${area(typed ?? part.name, `Name of the ${row}`, error !== '')}
  ${
    row === 'touchpoint'
      ? html`<select data-draft aria-label="Kind of touchpoint">
          ${Object.entries(KINDS).map(([id, word]) => html`<option value=${id} ?selected=${id === kind}>${word}</option>`)}
        </select>`
      : nothing
  }`;
}

function list(board: Board, { row, part, typed }: Editing): TemplateResult {
  const touchpoint = part as Touchpoint;
  const said: Record<string, string[]> = {
    pain_points: (touchpoint.pain_points ?? []).map(one => one.text),
    backstage: (touchpoint.backstage ?? []).map(one => one.action),
    opportunities:
      row === 'opportunities' ? board.refs.opportunitiesAt(touchpoint).map(([, one]) => one.name) : []
  };
  const entries = said[row];
  const label = LANES[row as 'pain_points'];
  return html`<ul>
    ${entries.map((entry, number) => html`<li>${area(entry, `${label}, ${number + 1} of ${entries.length}`)}</li>`)}
    <li class="added">
      <textarea
        data-draft
        rows="1"
        dir="auto"
        aria-label=${ADDED[row]!}
        placeholder=${ADDED[row]!}
        .value=${typed ?? ''}
      ></textarea>
    </li>
  </ul>`;
}

function emotions({ part, typed }: Editing): TemplateResult {
  const value = typed ?? String((part as Touchpoint).emotion ?? '');
  return html`<fieldset class="levels">
    <legend class="unseen">Emotion</legend>
    ${['2', '1', '0', '-1', '-2', ''].map(
      level =>
        html`<label
          ><input type="radio" name="emotion" data-draft value=${level} ?checked=${level === value} /><span
            >${level === '' ? 'none claimed' : `${Number(level) > 0 ? '+' : ''}${level.replace('-', '−')} ${EMOTIONS[level]}`}</span
          ></label
        >`
    )}
  </fieldset>`;
}

/** What can be chosen in a cell with a list of choices. */
export function choicesOf(board: Board, { row, filter }: Editing): Option[] {
  const all: Option[] =
    row === 'moments_of_truth'
      ? [
          { id: 'yes', name: 'moment of truth' },
          ...Object.entries(MOMENTS).map(([id, name]) => ({ id, name }))
        ]
      : board.refs.options(row === 'channel' ? 'channels' : 'departments');
  const plain = filter?.trim().toLowerCase() ?? '';
  const found = plain ? all.filter(one => one.name.toLowerCase().includes(plain)) : all;
  const none = { id: '', name: row === 'moments_of_truth' ? 'not a moment of truth' : 'none' };
  const isNew =
    plain !== '' && row !== 'moments_of_truth' && !all.some(one => one.name.toLowerCase() === plain);
  return [...found, ...(isNew ? [{ id: '+', name: filter!.trim() }] : []), ...(plain ? [] : [none])];
}

function choice(board: Board, editing: Editing): TemplateResult {
  const { row, part, option, typed } = editing;
  const label = LANES[row as 'channel'];
  const options = choicesOf(board, editing);
  return html`<input
      type="text"
      role="combobox"
      dir="auto"
      autocomplete="off"
      aria-label=${label}
      aria-expanded="true"
      aria-controls="choices"
      aria-autocomplete="list"
      aria-activedescendant=${option >= 0 ? `choice-${option}` : nothing}
      .value=${typed ?? chosenName(board, row, part as Touchpoint)}
    />
    <ul id="choices" role="listbox" aria-label=${label} popover="manual">
      ${options.map(
        (one, number) =>
          html`<li
            id="choice-${number}"
            role="option"
            data-choice=${number}
            aria-selected=${number === option ? 'true' : 'false'}
            dir="auto"
          >
            ${one.id === '+' ? html`Add “${one.name}” to the map` : one.name}
          </li>`
      )}
    </ul>`;
}

function chosenName(board: Board, row: Row, part: Touchpoint): string {
  if (row === 'moments_of_truth') {
    return part.moment_of_truth ? (MOMENTS[part.moment_of_truth.kind ?? ''] ?? 'moment of truth') : '';
  }
  const id = row === 'channel' ? part.channel : part.department;
  return id ? board.refs.name(row === 'channel' ? 'channels' : 'departments', id) : '';
}

function evidence(board: Board, { part }: Editing): TemplateResult {
  const touchpoint = part as Touchpoint;
  return html`<fieldset class="ticks">
    <legend class="unseen">Evidence</legend>
    ${(board.journeyMap.evidence ?? []).map(one => {
      const speaks = one.supports?.includes(touchpoint.id) || one.contradicts?.includes(touchpoint.id);
      return html`<label title=${speaks ? 'This evidence names the touchpoint itself.' : ''}
        ><input
          type="checkbox"
          data-draft
          value=${one.id}
          ?checked=${touchpoint.evidence?.includes(one.id)}
        /><bdi>${one.name || one.id}</bdi>${speaks ? ' ✓' : ''}</label
      >`;
    })}
    <textarea
      data-draft="+"
      rows="1"
      dir="auto"
      aria-label="Add evidence"
      placeholder="Add evidence"
    ></textarea>
  </fieldset>`;
}

type Fields = (board: Board, editing: Editing) => TemplateResult;

function text(field: 'doing' | 'thinking' | 'feeling'): Fields {
  return (_, { part, typed }) => area(typed ?? (part as Touchpoint)[field] ?? '', LANES[field]);
}

const FIELDS: Partial<Record<Row, Fields>> = {
  stage: (_, editing) => named(editing),
  touchpoint: (_, editing) => named(editing),
  channel: choice,
  department: choice,
  moments_of_truth: choice,
  doing: text('doing'),
  thinking: text('thinking'),
  feeling: text('feeling'),
  expectation: (_, { part, typed }) =>
    area(typed ?? (part as Touchpoint).expectation?.text ?? '', LANES.expectation),
  emotion: (_, editing) => emotions(editing),
  evidence,
  pain_points: list,
  opportunities: list,
  backstage: list
};

export function editor(board: Board, editing: Editing): TemplateResult {
  return html`<div class="editor">
    ${FIELDS[editing.row]?.(board, editing)}
    ${editing.error ? html`<p class="error" id="why" role="alert">${editing.error}</p>` : nothing}
  </div>`;
}

/** What the fields of an editor say now. */
export function draftIn(cell: ParentNode): string[] {
  const fields = cell.querySelectorAll<HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement>(
    '[data-draft]'
  );
  return [...fields].flatMap(field => {
    if (field instanceof HTMLInputElement && (field.type === 'radio' || field.type === 'checkbox')) {
      return field.checked ? [field.value] : [];
    }
    return [`${field.dataset.draft ?? ''}${field.value}`];
  });
}
