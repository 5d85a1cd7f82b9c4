import { TemplateResult, html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { Entry, Option, isDay, labelOf } from './form';
import type { Parameter } from './talk';

/** What a field needs to be drawn, and whom it tells of what people do. */
export interface FieldState {
  parameter: Parameter;
  entry: Entry;
  /** What is wrong with it, once that shall be said. */
  problem: string | undefined;
  /** What there is to choose from, if the file that says so is known. */
  options: Option[] | undefined;
  /** Why there is nothing to choose from, or how it was filled in. */
  hint: string;
  write(entry: Entry): void;
  /** Somebody has finished writing. */
  settle(): void;
  choose(): void;
}

/** A label, the field for its kind, help, and what is wrong. */
export function field(state: FieldState): TemplateResult {
  const { parameter, problem, hint } = state;
  const id = idOf(parameter.name);
  const isGroup = parameter.type === 'dict[str, str]';
  const required = parameter.required ? html`<span class="required">(required)</span>` : nothing;
  const label = html`${labelOf(parameter)} ${required}`;
  return html`<div class="field ${problem ? 'wrong' : ''}">
    ${isGroup ? html`<span class="label" id="${id}-label">${label}</span>` : html`<label for=${id}>${label}</label>`}
    <div class="entry">${entryField(state, id)}</div>
    ${problem ? html`<p class="problem" id="${id}-wrong">${problem}</p>` : nothing}
    <p class="help" id="${id}-help">${sentence(parameter.help)} ${hint}</p>
  </div>`;
}

export function idOf(name: string): string {
  return `asked-${name}`;
}

function entryField(state: FieldState, id: string): TemplateResult {
  const { parameter, entry, options } = state;
  if (typeof entry === 'boolean') {
    return html`<input
      type="checkbox"
      id=${id}
      aria-describedby="${id}-help"
      .checked=${live(entry)}
      @change=${(event: Event) => state.write((event.target as HTMLInputElement).checked)}
    />`;
  }
  if (typeof entry !== 'string') {
    return rows(state, entry, id);
  }
  if (parameter.choices.length > 0) {
    const choices = parameter.choices.map(value => ({ value, label: value || 'not said' }));
    return select(state, entry, id, choices);
  }
  if (parameter.type === 'list[str]') {
    return html`<textarea
      id=${id}
      rows="3"
      placeholder="One a line"
      aria-invalid=${Boolean(state.problem)}
      aria-describedby=${describedBy(state, id)}
      .value=${live(entry)}
      @input=${writing(state)}
      @change=${state.settle}
    ></textarea>`;
  }
  if (options) {
    return select(state, entry, id, [{ value: '', label: 'not said' }, ...options]);
  }
  const isFile = parameter.kind === 'file' || parameter.kind === 'folder';
  return html`${input(state, entry, id)}
  ${
    isFile
      ? html`<button type="button" aria-label="Choose ${labelOf(parameter)}" @click=${state.choose}>
          Choose…
        </button>`
      : nothing
  }`;
}

function input(state: FieldState, entry: string, id: string): TemplateResult {
  const { type, kind, default: usual, required } = state.parameter;
  const isNumber = type === 'int' || type === 'float';
  return html`<input
    id=${id}
    type=${kind === 'moment' && isDay(entry) ? 'date' : 'text'}
    inputmode=${isNumber ? 'decimal' : 'text'}
    spellcheck="false"
    autocomplete="off"
    placeholder=${usual === '' ? '' : `usually ${String(usual)}`}
    aria-required=${required}
    aria-invalid=${Boolean(state.problem)}
    aria-describedby=${describedBy(state, id)}
    .value=${live(entry)}
    @input=${writing(state)}
    @change=${state.settle}
  />`;
}

function select(state: FieldState, entry: string, id: string, options: Option[]): TemplateResult {
  const isStrange = !options.some(({ value }) => value === entry);
  const all = isStrange ? [...options, { value: entry, label: `⚠ ${entry} (not there)` }] : options;
  const choose = (event: Event): void => {
    state.write((event.target as HTMLSelectElement).value);
    state.settle();
  };
  return html`<select
    id=${id}
    aria-required=${state.parameter.required}
    aria-invalid=${Boolean(state.problem)}
    aria-describedby=${describedBy(state, id)}
    @change=${choose}
  >
    ${all.map(
      ({ value, label }) =>
        html`<option value=${value} .selected=${live(value === entry)}>
          ${label === value || value === '' ? label : `${label} (${value})`}
        </option>`
    )}
  </select>`;
}

/** Names and values, a row each; there is always one more row to write into. */
function rows(state: FieldState, entry: [string, string][], id: string): TemplateResult {
  const label = labelOf(state.parameter);
  const all: [string, string][] = [...entry, ['', '']];
  const write = (row: number, column: 0 | 1) => (event: Event) => {
    const changed = all.map(one => [...one] as [string, string]);
    changed[row][column] = (event.target as HTMLInputElement).value;
    state.write(changed.slice(0, length(changed)));
  };
  const remove = (row: number) => () => state.write(entry.filter((_, at) => at !== row));
  const cell = (row: number, column: 0 | 1) =>
    html`<input
      id=${row === 0 && column === 0 ? id : nothing}
      aria-label="${column === 0 ? 'Name' : 'Value'} ${row + 1} of ${label}"
      placeholder=${column === 0 ? 'name' : 'value'}
      spellcheck="false"
      aria-describedby=${describedBy(state, id)}
      .value=${live(all[row][column])}
      @input=${write(row, column)}
      @change=${state.settle}
    />`;
  return html`<div class="rows" role="group" aria-labelledby="${id}-label">
    ${all.map(
      (_, row) =>
        html`<div class="row">
          ${cell(row, 0)} ${cell(row, 1)}
          ${
            row < entry.length
              ? html`<button
                  type="button"
                  aria-label="Remove row ${row + 1} of ${label}"
                  @click=${remove(row)}
                >
                  ✕
                </button>`
              : html`<span class="gap"></span>`
          }
        </div>`
    )}
  </div>`;
}

/** Without the empty rows at the end. */
function length(rows: [string, string][]): number {
  return rows.findLastIndex(([name, value]) => name !== '' || value !== '') + 1;
}

function writing(state: FieldState): (event: Event) => void {
  return event => state.write((event.target as HTMLInputElement | HTMLTextAreaElement).value);
}

function describedBy({ problem }: FieldState, id: string): string {
  return problem ? `${id}-wrong ${id}-help` : `${id}-help`;
}

function sentence(help: string): string {
  const begun = help.replace(/^./, first => first.toUpperCase());
  return begun && !/[.!?]$/.test(begun) ? `${begun}.` : begun;
}
