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
  const { roles, zone, unit } = kernel.layout;
  const columns = kernel.seen.columns.filter(({ name }) => TIMES.includes(roles[name] ?? ''));
  if (!columns.length) {
    return nothing;
  }
  const isNumber = columns.some(({ is_number }) => is_number);
  return html`
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
