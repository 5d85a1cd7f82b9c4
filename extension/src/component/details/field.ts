import { TemplateResult, html, nothing } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { live } from 'lit/directives/live.js';
import { Json, JsonObject, isObject } from '../../map/json';
import { Place, at, join } from '../../map/place';
import { Field } from '../../map/shape';
import type { Host, Problem } from '../host';
import { choiceField } from './choice';
import { emotionClaim } from './claim';
import { Drafts, Keep } from './drafts';
import { Focus } from './focus';
import { isProse } from './groups';
import { idField } from './identity';
import { partField } from './part';
import { partsField } from './parts';
import { Reading, hint, written } from './reading';
import { referenceField, referencesField } from './reference';
import { label, spaced } from './words';

/** How one field differs from what its kind says. */
export interface Manner {
  reading?: (text: string) => Reading;
  keep?: Keep;
  called?: string;
}

/** What ties a control to its label, help and complaint. */
export interface Ties {
  id: string;
  describedBy: string;
  wrong: boolean;
}

/** Fields of the map, made from its shape. `scope` keeps the ids of two panels of one page apart. */
export class Fields {
  readonly drafts: Drafts;
  private readonly focusing: Focus;
  private readonly explained = new Set<Place>();
  private readonly opened = new Map<Place, boolean>();

  constructor(
    readonly host: Host,
    readonly scope: string
  ) {
    this.focusing = new Focus(host, `.sheet.${scope}`);
    this.drafts = new Drafts(host, (from, to) => this.follow(from, to));
  }

  /** The field of the part at `owner`, with label, help, control, complaint and problems. */
  render(owner: Place, field: Field, manner: Manner = {}): TemplateResult | typeof nothing {
    const place = join(owner, field.name);
    const value = at(this.host.journeyMap, place);
    if (this.host.readonly && (value === undefined || value === null)) {
      return nothing;
    }
    if (field.kind === 'part') {
      return partField(this, place, field, value);
    }
    if (field.kind === 'parts') {
      return partsField(this, place, field, value);
    }
    const called = manner.called ?? label(field.name);
    const control = this.host.readonly ? shownValue(field, value) : this.control(place, field, value, manner);
    return this.framed(place, field, called, control);
  }

  /** What surrounds a control: its label with the mark of what must be given, its help and what is wrong. */
  framed(place: Place, field: Field, called: string, control: unknown, helped = true): TemplateResult {
    const { id } = this.ties(place);
    const labelled = field.kind !== 'references' && !this.host.readonly;
    const wrong = this.drafts.wrongAt(place);
    const several =
      field.kind === 'texts' || field.kind === 'values' ? html`<small>one a line</small>` : nothing;
    const mark = field.required && !this.host.readonly ? html`<small>needed</small>` : nothing;
    const name = labelled
      ? html`<label for=${id} id="${id}-label">${called} ${mark}${several}</label>`
      : html`<span class="label" id="${id}-label">${called}</span>`;
    return html`<div
      class="field"
      data-place=${place}
      role=${labelled ? nothing : 'group'}
      aria-labelledby=${labelled ? nothing : `${id}-label`}
    >
      <div class="head">${name}${helped ? this.aboutButton(place, called) : nothing}</div>
      ${place.startsWith('touchpoints/') && field.name === 'emotion' ? this.emotion(place) : nothing}
      ${control} ${this.aboutText(place, field)}
      <p class="wrong" id="${id}-wrong" ?hidden=${!wrong}>⚠ ${wrong}</p>
      ${this.problems(this.host.problemsAt(place), `${id}-problems`)}
    </div>`;
  }

  private emotion(place: Place): unknown {
    const touchpoint = at(this.host.journeyMap, place.slice(0, place.lastIndexOf('/')));
    return isObject(touchpoint) ? emotionClaim(this.host, touchpoint) : nothing;
  }

  aboutButton(place: Place, called: string): TemplateResult {
    const { id } = this.ties(place);
    return html`<button
      type="button"
      class="about-button"
      aria-expanded=${this.explained.has(place)}
      aria-controls="${id}-about"
      aria-label="About ${called}"
      @click=${() => this.toggle(this.explained, place)}
    >
      ?
    </button>`;
  }

  aboutText(place: Place, field: Field): TemplateResult {
    const { id } = this.ties(place);
    const more = hint(field, at(this.host.journeyMap, place));
    const text = more ? `${field.about} ${more}${/[.]$/.test(more) ? '' : '.'}` : field.about;
    return html`<p class="about" id="${id}-about" ?hidden=${!this.explained.has(place)}>${text}</p>`;
  }

  problems(problems: readonly Problem[], id: string): TemplateResult | typeof nothing {
    return problems.length === 0
      ? nothing
      : html`<ul class="problems" id=${id}>
          ${problems.map(one => html`<li>⚠ <bdi>${one.value}</bdi>: ${one.what} ${one.cure}</li>`)}
        </ul>`;
  }

  ties(place: Place): Ties {
    const id = `${this.scope}-${encodeURIComponent(place)}`;
    const wrong = this.drafts.wrongAt(place) !== undefined;
    const problems = this.host.problemsAt(place).length > 0;
    const parts = [`${id}-about`, wrong && `${id}-wrong`, problems && `${id}-problems`];
    return { id, describedBy: parts.filter(Boolean).join(' '), wrong: wrong || problems };
  }

  isOpen(place: Place, otherwise: boolean): boolean {
    return this.opened.get(place) ?? otherwise;
  }

  open(place: Place, open = true): void {
    if (this.opened.get(place) !== open) {
      this.opened.set(place, open);
      this.host.requestUpdate();
    }
  }

  /** Opens whatever `place` stands in. */
  openAround(place: Place): void {
    const steps = place.split('/');
    for (const [number] of steps.entries()) {
      const around = join(...steps.slice(0, number + 1));
      this.open(around);
      this.open(join(around, '…'));
    }
  }

  /** As `Focus.to`. */
  focus(place: Place, what?: string, anew?: boolean): Promise<void> {
    return this.focusing.to(place, what, anew);
  }

  /** As `Focus.turn`. */
  turn(from: Place, to: Place): Promise<void> {
    return this.focusing.turn(from, to);
  }

  /** Looks again for what was to be focused; called with each new picture. */
  followUp(): void {
    this.focusing.again();
  }

  private follow(from: Place, to: Place): void {
    this.openAround(to);
    void this.focusing.follow(this.ties(from).id, to);
  }

  private toggle(places: Set<Place>, place: Place): void {
    if (!places.delete(place)) {
      places.add(place);
    }
    this.host.requestUpdate();
  }

  private control(place: Place, field: Field, value: Json | undefined, manner: Manner): TemplateResult {
    switch (field.kind) {
      case 'choice':
      case 'boolean':
        return choiceField(this, place, field, value);
      case 'reference':
        return referenceField(this, place, field, value);
      case 'references':
        return referencesField(this, place, field, value);
      default:
        return field.name === 'id' && field.pattern
          ? idField(this, place, field)
          : this.text(place, field, manner);
    }
  }

  /** A line or, for prose, a text that grows. */
  text(place: Place, field: Field, { reading, keep }: Manner = {}): TemplateResult {
    const { id, describedBy, wrong } = this.ties(place);
    const value = at(this.host.journeyMap, place);
    const text = this.drafts.textAt(place, written(field, value));
    const typed = (event: Event) =>
      this.drafts.type(place, (event.target as HTMLInputElement).value, field, keep, reading);
    const left = () => this.drafts.keep(place);
    const keys = (event: KeyboardEvent) => this.keys(event, place);
    const invalid = wrong ? 'true' : undefined;
    if (isProse(field) || field.kind === 'texts' || field.kind === 'values' || text.includes('\n')) {
      return html`<div class="grow">
        <textarea
          id=${id}
          dir="auto"
          rows="1"
          aria-describedby=${describedBy}
          aria-invalid=${ifDefined(invalid)}
          .value=${live(text)}
          @input=${typed}
          @blur=${left}
          @keydown=${keys}
        ></textarea>
        <div class="double" aria-hidden="true">${text}</div>
      </div>`;
    }
    const mode = field.kind === 'number' ? 'decimal' : undefined;
    const line = html`<input
      id=${id}
      type="text"
      dir="auto"
      autocomplete="off"
      inputmode=${ifDefined(mode)}
      aria-describedby=${describedBy}
      aria-invalid=${ifDefined(invalid)}
      .value=${live(text)}
      @input=${typed}
      @blur=${left}
      @keydown=${keys}
    />`;
    return field.kind === 'date' ? this.withCalendar(place, field, text, line) : line;
  }

  private withCalendar(place: Place, field: Field, text: string, line: TemplateResult): TemplateResult {
    const chosen = (event: Event) => {
      this.drafts.type(place, (event.target as HTMLInputElement).value, field);
      this.drafts.keep(place);
    };
    const show = (event: Event) =>
      (event.currentTarget as HTMLElement)
        .parentElement!.querySelector<HTMLInputElement>('.calendar')!
        .showPicker();
    return html`<div class="row">
      ${line}
      <input class="calendar" type="date" tabindex="-1" aria-hidden="true" .value=${text} @change=${chosen} />
      <button type="button" aria-label="Choose a day for ${label(field.name)}" @click=${show}>▾</button>
    </div>`;
  }

  private keys(event: KeyboardEvent, place: Place): void {
    const lines = event.target instanceof HTMLTextAreaElement;
    if (event.key === 'Enter' && (!lines || event.ctrlKey || event.metaKey) && !event.isComposing) {
      event.preventDefault();
      this.drafts.keep(place);
    }
    if (event.key === 'Escape' && this.drafts.giveUp(place)) {
      event.stopPropagation();
    }
  }
}

/** The value for people who may not change it. */
export function shownValue(field: Field, value: Json | undefined): TemplateResult {
  const words =
    typeof value === 'boolean'
      ? value
        ? 'yes'
        : 'no'
      : field.kind === 'choice'
        ? spaced(String(value))
        : written(field, value);
  return html`<p class="value" dir="auto">${words}</p>`;
}

/** Whether the map says anything in this field. */
export function isFilled(part: JsonObject, field: Field): boolean {
  const value = part[field.name];
  const empty = value === '' || (Array.isArray(value) && value.length === 0);
  return (
    value !== undefined && value !== null && !empty && !(isObject(value) && Object.keys(value).length === 0)
  );
}
