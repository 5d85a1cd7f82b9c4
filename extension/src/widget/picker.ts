import { TemplateResult, html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Desk } from './desk';

export interface Option {
  key: string;
  name: string;
  /** Shown beside the name and searched too. */
  about: string;
  group: string;
  /** Whether it is called as was typed, so that it is offered whatever is typed. */
  isNew?: boolean;
}

export interface Question {
  label: string;
  options: readonly Option[];
  /** With what was typed. */
  chosen(key: string, typed: string): void;
  left(): void;
}

/** A box to type in and a list below it: the combobox pattern, one at a time. */
export class Picker {
  constructor(
    private readonly desk: Desk,
    private readonly id: string
  ) {}

  open(question: Question): void {
    this.question = question;
    this.query = '';
    this.active = 0;
    this.desk.goTo(`#${this.id}-box`);
    void this.desk.updateComplete.then(() =>
      this.desk.renderRoot.querySelector(`#${this.id}-list`)?.scrollIntoView({ block: 'nearest' })
    );
  }

  close(): void {
    this.question = null;
    this.desk.requestUpdate();
  }

  get isOpen(): boolean {
    return this.question !== null;
  }

  render(): TemplateResult | typeof nothing {
    if (!this.question) {
      return nothing;
    }
    const options = this.found();
    const active = options.length ? `${this.id}-${this.active}` : nothing;
    return html`<div class="picker" @keydown=${this.key} @focusout=${this.leave}>
      <label for="${this.id}-box">${this.question.label}</label>
      <input
        id="${this.id}-box"
        type="text"
        role="combobox"
        dir="auto"
        autocomplete="off"
        spellcheck="false"
        aria-expanded="true"
        aria-autocomplete="list"
        aria-controls="${this.id}-list"
        aria-activedescendant=${active}
        .value=${this.query}
        @input=${this.typed}
      />
      <ul id="${this.id}-list" role="listbox" aria-label=${this.question.label}>
        ${repeat(
          options,
          one => one.key,
          (one, at) =>
            html`${
                one.group !== options[at - 1]?.group
                  ? html`<li class="group" role="presentation" dir="auto">${one.group}</li>`
                  : nothing
              }
              <li
                id="${this.id}-${at}"
                role="option"
                class="option"
                aria-selected=${at === this.active}
                aria-label=${`${one.name}, ${one.group}${one.about ? `, ${one.about}` : ''}`}
                @pointerdown=${(event: Event) => event.preventDefault()}
                @click=${() => this.choose(one)}
              >
                <bdi class="clamped" title=${one.name}>${one.name}</bdi>
                <span class="faint">${one.about}</span>
              </li>`
        )}
      </ul>
      ${options.length ? nothing : html`<p role="status">Nothing on the map is called like this.</p>`}
    </div>`;
  }

  private found(): Option[] {
    const words = this.query.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    return this.question!.options.map(one => this.called(one)).filter(one => {
      const text = `${one.name} ${one.about} ${one.group} ${one.key}`.toLocaleLowerCase();
      return one.isNew || words.every(word => text.includes(word));
    });
  }

  private called(option: Option): Option {
    const typed = this.query.trim();
    return option.isNew && typed ? { ...option, name: typed } : option;
  }

  private readonly typed = (event: Event): void => {
    this.query = (event.target as HTMLInputElement).value;
    this.active = 0;
    this.desk.requestUpdate();
  };

  private readonly key = (event: KeyboardEvent): void => {
    const options = this.found();
    const steps: Record<string, number> = {
      ArrowDown: (this.active + 1) % options.length,
      ArrowUp: (this.active + options.length - 1) % options.length
    };
    if (event.key === 'Enter' && options[this.active]) {
      event.preventDefault();
      this.choose(options[this.active]);
    } else if (event.key === 'Escape') {
      const { left } = this.question!;
      this.close();
      left();
    } else if (event.key in steps && options.length) {
      event.preventDefault();
      this.active = steps[event.key];
      this.desk.requestUpdate();
      void this.desk.updateComplete.then(() =>
        this.desk.renderRoot.querySelector(`#${this.id}-${this.active}`)?.scrollIntoView({ block: 'nearest' })
      );
    }
  };

  private readonly leave = (event: FocusEvent): void => {
    const inside = (event.currentTarget as HTMLElement).contains(event.relatedTarget as Node | null);
    if (!inside && event.relatedTarget) {
      this.close();
    }
  };

  private choose(option: Option): void {
    const { chosen } = this.question!;
    const typed = this.query.trim();
    this.close();
    chosen(option.key, typed);
  }

  private question: Question | null = null;
  private query = '';
  private active = 0;
}
