import { TemplateResult, html, nothing } from 'lit';
import type { JourneyMap } from '../map/generated/journey-map';
import { Choice, Offers, keyOf, EVERYTHING } from './talk';

export interface Controls {
  offers: Offers;
  map: JourneyMap;
  choice: Choice;
  choose(part: Partial<Choice>): void;
}

type Field = HTMLInputElement | HTMLSelectElement;
const valueOf = (event: Event): string => (event.target as Field).value;

/** Everything that can be chosen, within reach of the keyboard. */
export function controls(all: Controls): TemplateResult {
  const isEverything = keyOf(all.choice) === keyOf(EVERYTHING);
  return html`
    <form class="controls" aria-label="Which journeys" @submit=${(event: Event) => event.preventDefault()}>
      ${segments(all)} ${place(all)} ${period(all)} ${pattern(all)}
      <button type="button" class="quiet" ?disabled=${isEverything} @click=${() => all.choose(EVERYTHING)}>
        All journeys
      </button>
    </form>
  `;
}

function segments({ offers, choice, choose }: Controls): TemplateResult | typeof nothing {
  const names = Object.keys(offers.segments).filter(name => offers.segments[name].length);
  if (!names.length) {
    return nothing;
  }
  const take = (event: Event): void => {
    const [segment, value] = JSON.parse(valueOf(event)) as [string | null, string | null];
    choose({ segment, value });
  };
  const option = (name: string | null, value: string | null, text: string): TemplateResult => html`
    <option
      .value=${JSON.stringify([name, value])}
      .selected=${choice.segment === name && choice.value === value}
    >
      ${text}
    </option>
  `;
  return html`
    <label>
      <span>Segment</span>
      <select name="segment" @change=${take}>
        ${option(null, null, 'All customers')}
        ${names.map(
          name => html`
            <optgroup label=${name}>
              ${offers.segments[name].map(value => option(name, value, `${name}: ${value}`))}
            </optgroup>
          `
        )}
      </select>
    </label>
  `;
}

function place({ map, choice, choose }: Controls): TemplateResult {
  const option = (id: string, text: string): TemplateResult =>
    html`<option .value=${id} .selected=${(choice.place ?? '') === id}>${text}</option>`;
  return html`
    <label>
      <span>Came through</span>
      <select name="place" @change=${(event: Event) => choose({ place: valueOf(event) })}>
        ${option('', 'Any stage or touchpoint')}
        ${(map.stages ?? []).map(
          stage => html`
            <optgroup label=${stage.name}>
              ${option(stage.id, `${stage.name} (stage)`)}
              ${(stage.touchpoints ?? []).map(touchpoint => option(touchpoint.id, touchpoint.name))}
            </optgroup>
          `
        )}
      </select>
    </label>
  `;
}

function period({ offers, choice, choose }: Controls): TemplateResult {
  const day = (name: 'first_day' | 'last_day', label: string): TemplateResult => html`
    <label>
      <span>${label}</span>
      <input
        type="date"
        name=${name}
        min=${offers.first_day}
        max=${offers.last_day}
        .value=${choice[name] ?? offers[name]}
        @change=${(event: Event) => choose({ [name]: besides(offers[name], valueOf(event)) })}
      />
    </label>
  `;
  return html`${day('first_day', 'Began on or after')} ${day('last_day', 'Began on or before')}`;
}

/** The first or last day of the data leaves nothing out. */
function besides(end: string, day: string): string | null {
  return day === end || day === '' ? null : day;
}

function pattern({ choice, choose }: Controls): TemplateResult {
  const take = (event: Event): void => choose({ pattern: valueOf(event).trim() });
  return html`
    <label class="wide">
      <span>Holds the steps</span>
      <input
        type="text"
        name="pattern"
        spellcheck="false"
        autocomplete="off"
        placeholder="browse -> ... -> cart"
        .value=${choice.pattern ?? ''}
        @change=${take}
        @keydown=${(event: KeyboardEvent) => event.key === 'Enter' && take(event)}
      />
    </label>
  `;
}
