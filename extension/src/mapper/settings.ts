import { TemplateResult, html, nothing } from 'lit';
import { asShape } from './asking';
import type { Desk } from './desk';
import type { Shape } from './talk';

const TIMES = ['time', 'milestone'];
const UNITS: Record<string, string> = {
  s: 'seconds',
  ms: 'milliseconds',
  us: 'microseconds',
  ns: 'nanoseconds'
};

/** What holds for the whole table: what one row is, and how its times are written. */
export function settings(desk: Desk): TemplateResult {
  return html`
    <form class="settings" aria-label="The table" @submit=${(event: Event) => event.preventDefault()}>
      <fieldset class="shapes">
        <legend>One row is</legend>
        ${desk.kernel.seen.shapes.map(shape => oneRow(desk, shape))}
      </fieldset>
      ${times(desk)}
    </form>
  `;
}

function oneRow(desk: Desk, shape: Shape): TemplateResult {
  const { seen } = desk.kernel;
  const isLikely = seen.shape.id === shape.id;
  const about = `${desk.id}-${shape.id}-about`;
  return html`
    <label>
      <input
        type="radio"
        name="${desk.id}-shape"
        value=${shape.id}
        aria-label=${shape.says}
        aria-describedby=${about}
        .checked=${desk.shape.id === shape.id}
        @change=${() => desk.kernel.ask(asShape(shape))}
      />
      <span>
        ${shape.says}
        <span class="muted" id=${about}>
          ${isLikely ? html`<span class="guess">Guess</span> ${desk.inWords(seen.shape.why)}` : shape.about}
        </span>
      </span>
    </label>
  `;
}

function times(desk: Desk): TemplateResult | typeof nothing {
  const { kernel } = desk;
  const { roles, zone, unit, time_format } = kernel.layout;
  const columns = kernel.seen.columns.filter(({ name }) => TIMES.includes(roles[name] ?? ''));
  if (!columns.length) {
    return nothing;
  }
  const isNumber = columns.some(({ is_number }) => is_number);
  const isFormatted = columns.some(({ may_be_formatted }) => may_be_formatted) || time_format;
  return html`
    ${isFormatted ? formatField(desk, [...new Set(columns.flatMap(({ formats }) => formats))]) : nothing}
    <div class="controls">
      ${isNumber || unit ? unitField(desk) : nothing} ${isNumber && !zone ? nothing : zoneField(desk)}
    </div>
  `;
}

function zoneField({ kernel, id }: Desk): TemplateResult {
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const near = ['UTC', here].filter((name, at, all) => name && all.indexOf(name) === at);
  const say = (zone: string): void => kernel.ask({ ...kernel.asked, zone: zone.trim() || null });
  return html`
    <label>
      <span>Time zone of times that state none</span>
      <input
        type="text"
        name="zone"
        list="${id}-zones"
        autocomplete="off"
        spellcheck="false"
        placeholder="such as Europe/Berlin"
        .value=${kernel.layout.zone ?? ''}
        @change=${(event: Event) => say((event.target as HTMLInputElement).value)}
      />
      <datalist id="${id}-zones">
        ${kernel.seen.zone_names.map(name => html`<option value=${name}></option>`)}
      </datalist>
    </label>
    ${near.map(
      name =>
        html`<button type="button" aria-pressed=${kernel.layout.zone === name} @click=${() => say(name)}>
          ${name}
        </button>`
    )}
  `;
}

/** How times are written: chosen where the table fits several ways, or stated. */
function formatField({ kernel, id }: Desk, near: string[]): TemplateResult {
  const said = kernel.layout.time_format;
  const say = (format: string): void => kernel.ask({ ...kernel.asked, time_format: format.trim() || null });
  return html`
    <div class="controls">
      <label>
        <span>How times are written, if not as 2025-12-31 14:05</span>
        <input
          type="text"
          name="time_format"
          list="${id}-formats"
          autocomplete="off"
          spellcheck="false"
          placeholder="such as %d.%m.%Y %H:%M"
          .value=${said ?? ''}
          @change=${(event: Event) => say((event.target as HTMLInputElement).value)}
        />
        <datalist id="${id}-formats">
          ${Object.entries(kernel.seen.formats).map(
            ([format, shown]) => html`<option value=${format}>${shown}</option>`
          )}
        </datalist>
      </label>
      ${near.map(
        format =>
          html`<button type="button" aria-pressed=${said === format} @click=${() => say(format)}>
            ${inWords(format)}
          </button>`
      )}
    </div>
  `;
}

/** `31/12/2025, day first`: the last day of 2025, at five past two. */
function inWords(format: string): string {
  const signs: Record<string, string> = {
    d: '31',
    m: '12',
    Y: '2025',
    y: '25',
    H: '14',
    I: '02',
    M: '05',
    S: '09',
    f: '123',
    p: 'PM',
    z: '+0100'
  };
  const shown = format.replace(/%([a-zA-Z])/g, (_, sign: string) => signs[sign] ?? '');
  return `${shown}: ${format.startsWith('%m') ? 'month' : 'day'} first`;
}

function unitField({ kernel }: Desk): TemplateResult {
  const say = (event: Event): void =>
    kernel.ask({ ...kernel.asked, unit: (event.target as HTMLSelectElement).value || null });
  return html`
    <label>
      <span>Numbers count, since 1970</span>
      <select name="unit" @change=${say}>
        <option value="" .selected=${!kernel.layout.unit}>–</option>
        ${kernel.seen.units.map(
          unit =>
            html`<option value=${unit} .selected=${unit === kernel.layout.unit}>
              ${UNITS[unit] ?? unit}
            </option>`
        )}
      </select>
    </label>
  `;
}
