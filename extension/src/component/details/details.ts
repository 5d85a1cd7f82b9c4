import { CSSResult, TemplateResult, html, nothing } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { JsonObject, isObject } from '../../map/json';
import { Place, at, partAt, placeOf } from '../../map/place';
import { Field, fieldOf } from '../../map/shape';
import type { Host, Problem } from '../host';
import { Fields, isFilled } from './field';
import { actions, crumbs } from './head';
import { Group, groupsOf } from './groups';
import { measuredTable } from './measured';
import { ownFields } from './own';
import { ownerOf } from './references';
import { related } from './related';
import { sheetStyles } from './styles';
import { capital, clipped, counted, kindInWords, label, title } from './words';

const SCOPE = 'details';

/** Everything the map says about what is selected, and whatever else it could say. */
export class Details {
  static styles: CSSResult = sheetStyles;

  private readonly fields: Fields;
  private owner: Place = '';
  private selected: Place | null = null;
  private wanted = '';
  private empties = true;

  constructor(private readonly host: Host) {
    this.fields = new Fields(host, SCOPE);
  }

  /** Puts the keyboard into the field at `place`, whose panel is selected first. */
  focusField(place: Place): void {
    this.wanted = '';
    if (this.host.selected !== place) {
      this.host.select(place);
    }
    this.reveal(place);
    void this.fields.focus(place);
  }

  render(): TemplateResult {
    this.fields.followUp();
    const { host } = this;
    const selected = host.selected ?? '';
    const owner = ownerOf(selected);
    this.follow(owner);
    const part = at(host.journeyMap, owner);
    const shape = owner === '' ? 'JourneyMap' : partAt(owner);
    if (!isObject(part) || !shape) {
      return html`<div class="sheet ${SCOPE}">
        <p>There is nothing at <bdi>${clipped(owner)}</bdi> any more.</p>
        <button type="button" @click=${() => host.select('')}>Show the map</button>
      </div>`;
    }
    if (selected !== this.selected) {
      this.selected = selected;
      this.reveal(selected);
    }
    return html`<div class="sheet ${SCOPE}">${keyed(owner, this.panel(owner, part, shape))}</div>`;
  }

  /** Text that was typed into the last panel is kept, since its fields leave without a word. */
  private follow(owner: Place): void {
    if (owner !== this.owner) {
      const left = this.owner;
      this.owner = owner;
      void this.fields.turn(left, owner);
      this.wanted = '';
      queueMicrotask(() => left === '' || this.fields.drafts.settle(left));
    }
  }

  /** Opens the groups and entries around `place`. */
  private reveal(place: Place): void {
    const owner = ownerOf(place);
    const rest = place.slice(owner === '' ? 0 : owner.length + 1);
    if (rest === '') {
      return;
    }
    const shape = owner === '' ? 'JourneyMap' : (partAt(owner) ?? '');
    const [first] = rest.split('/');
    const group = groupsOf(shape).find(one => one.fields.some(field => field.name === first));
    this.fields.open(groupPlace(shape, group?.name ?? 'Own fields'), true);
    this.fields.openAround(place);
  }

  private panel(owner: Place, part: JsonObject, shape: string): TemplateResult {
    const { host } = this;
    const name = title(part, capital(kindInWords(shape)));
    return html`${crumbs(host, owner, shape, name)}
      <h2 dir="auto" tabindex="-1">${clipped(name, 120)} <small>${kindInWords(shape)}</small></h2>
      ${host.readonly ? nothing : actions(host, owner, shape)} ${this.problemList(owner)}
      ${measuredTable(this.numbers(owner, part), SCOPE)} ${this.finder()}
      ${groupsOf(shape).map(group => this.group(owner, part, shape, group))} ${this.own(owner, part, shape)}
      ${related(host, owner, SCOPE)}`;
  }

  private numbers(owner: Place, part: JsonObject) {
    const measured = ['', 'stages', 'touchpoints', 'outcomes'].includes(owner.split('/')[0]);
    return measured && typeof part.id === 'string' ? this.host.numbersOf(part.id) : [];
  }

  private problemList(owner: Place): TemplateResult | typeof nothing {
    const problems = this.host.problemsAt(owner);
    if (problems.length === 0) {
      return nothing;
    }
    const line = (problem: Problem) => {
      const place = placeOf(this.host.journeyMap, problem.place);
      return html`<li>
        <button type="button" class="link" @click=${() => place !== null && this.focusField(place)}>
          ⚠ ${problem.value ? html`<bdi>${clipped(problem.value, 60)}</bdi>: ` : nothing}${problem.what}
          ${problem.cure}
        </button>
      </li>`;
    };
    return html`<details class="troubles" open>
      <summary>⚠ ${counted(problems.length, 'problem')}</summary>
      <ul>
        ${problems.map(line)}
      </ul>
    </details>`;
  }

  private finder(): TemplateResult {
    const { host } = this;
    const find = (event: Event) => {
      this.wanted = (event.target as HTMLInputElement).value;
      host.requestUpdate();
    };
    const leave = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && this.wanted !== '') {
        event.stopPropagation();
        this.wanted = '';
        host.requestUpdate();
      }
    };
    const toggle = (event: Event) => {
      this.empties = (event.target as HTMLInputElement).checked;
      host.requestUpdate();
    };
    const box = html`<label class="check">
      <input type="checkbox" .checked=${this.empties} @change=${toggle} /> Show empty fields
    </label>`;
    return html`<div class="finder" role="search">
      <input
        type="search"
        aria-label="Find a field"
        placeholder="Find a field"
        .value=${this.wanted}
        @input=${find}
        @keydown=${leave}
      />
      ${host.readonly ? nothing : box}
    </div>`;
  }

  private isShown(part: JsonObject, field: Field): boolean {
    const filled = isFilled(part, field) || field.required === true;
    const found = matches(this.wanted, label(field.name), field.name, field.about);
    return this.wanted === '' ? filled || (this.empties && !this.host.readonly) : found;
  }

  private group(
    owner: Place,
    part: JsonObject,
    shape: string,
    group: Group
  ): TemplateResult | typeof nothing {
    const shown = group.fields.filter(field => this.isShown(part, field));
    if (shown.length === 0) {
      return nothing;
    }
    const filled = group.fields.filter(field => isFilled(part, field)).length;
    const place = groupPlace(shape, group.name);
    const open =
      this.wanted !== '' ||
      this.fields.isOpen(
        place,
        group.essential || (shape === 'JourneyMap' && group.name === 'Parts of the map')
      );
    return this.folded(
      place,
      group.name,
      filled,
      open,
      () => html`${shown.map(field => this.fields.render(owner, field))}`
    );
  }

  private own(owner: Place, part: JsonObject, shape: string): TemplateResult | typeof nothing {
    const names = Object.keys(part).filter(name => part[name] !== undefined && !fieldOf(shape, name));
    const found = this.wanted === '' || matches(this.wanted, 'own fields', ...names);
    if (!found || (names.length === 0 && (this.host.readonly || !this.empties))) {
      return nothing;
    }
    const place = groupPlace(shape, 'Own fields');
    const open = this.fields.isOpen(place, false);
    return this.folded(place, 'Own fields', names.length, open, () =>
      ownFields(this.fields, owner, part, shape)
    );
  }

  private folded(
    place: Place,
    name: string,
    filled: number,
    open: boolean,
    inside: () => TemplateResult
  ): TemplateResult {
    const mark = filled ? html`<small>● ${filled} filled</small>` : nothing;
    const toggled = (event: Event) =>
      this.wanted === '' && this.fields.open(place, (event.target as HTMLDetailsElement).open);
    return html`<details class="group" .open=${open} @toggle=${toggled}>
      <summary>
        <h3>${name}</h3>
        ${mark}
      </summary>
      ${open ? inside() : nothing}
    </details>`;
  }
}

/** Groups stay open from one touchpoint to the next. */
function groupPlace(shape: string, name: string): Place {
  return `${shape}: ${name}`;
}

function matches(wanted: string, ...texts: string[]): boolean {
  const words = wanted.toLowerCase().split(/\s+/);
  return words.every(word => texts.some(text => text.toLowerCase().includes(word)));
}
