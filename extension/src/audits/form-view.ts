import { TemplateResult, html, nothing } from 'lit';
import { field, idOf } from './fields';
import {
  Entries,
  Entry,
  Group,
  asked,
  entriesOf,
  fieldsOf,
  filledIn,
  firstWrong,
  groupsOf,
  guessed,
  isNeeded
} from './form';
import { Sources } from './sources';
import type { Desk, Parameter, Problems, Run, Template, Values } from './talk';

const CHECKED_AFTER = 400;

/** What the form asks of the panel around it. */
export interface FormHost {
  readonly desk: Desk;
  readonly renderRoot: HTMLElement | DocumentFragment;
  readonly updateComplete: Promise<boolean>;
  requestUpdate(): void;
  announce(sentence: string): void;
  /** Does it, and says what went wrong. */
  attempt(work: () => Promise<void>): Promise<void>;
  started(run: Run): void;
  leave(): void;
  changed(): void;
}

/** The form of one template: filled in, checked while people write, started. */
export class FormView {
  template: Template | null = null;
  entries: Entries = {};
  name = '';
  private problems: Problems = {};
  private touched = new Set<string>();
  private settled: Record<string, string> = {};
  private opened = new Map<string, boolean>();
  private guesses = new Set<string>();
  private isAttempted = false;
  private isStarting = false;
  private asks = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly sources: Sources;

  constructor(private readonly host: FormHost) {
    this.sources = new Sources(host.desk, (file, columns) => this.guess(file, columns));
  }

  begin(template: Template, given: Values = {}): void {
    this.template = template;
    this.entries = entriesOf(template, given);
    this.name = '';
    this.problems = {};
    this.touched = new Set(Object.keys(given));
    this.guesses.clear();
    this.opened.clear();
    this.isAttempted = false;
    this.settled = {};
    this.settleAll();
  }

  /** Look at every file that is named, and at what is wrong. */
  settleAll(): void {
    fieldsOf(this.template!).forEach(parameter => this.settle(parameter));
    this.checkSoon();
  }

  get values(): Values {
    return this.template ? asked(this.template, this.entries) : {};
  }

  render(): TemplateResult | typeof nothing {
    const { template, isStarting } = this;
    if (!template) {
      return nothing;
    }
    const start = (event: Event): void => {
      event.preventDefault();
      void this.start();
    };
    return html`<form class="asking" novalidate @submit=${start}>
      <p><button type="button" class="quiet" @click=${() => this.host.leave()}>← All audits</button></p>
      <h2 tabindex="-1">${template.title}</h2>
      <p class="answers">${template.answers}</p>
      ${groupsOf(template).map(group => this.group(group, template))} ${this.nameField()}
      <div class="turns">
        <button type="submit" class="main" aria-disabled=${isStarting}>
          ${isStarting ? 'Starting …' : 'Start'}
        </button>
        <button type="button" @click=${() => this.insert()}>Insert into Notebook</button>
      </div>
    </form>`;
  }

  private group(group: Group, template: Template): TemplateResult {
    const { title, parameters } = group;
    const values = this.values;
    const shown = this.isAttempted ? this.problems : {};
    const isOpen = this.opened.get(title) ?? isNeeded(group, template, values, shown);
    const filled = filledIn(group, values);
    const remember = (event: Event): void => {
      this.opened.set(title, (event.target as HTMLDetailsElement).open);
    };
    return html`<details class="group" ?open=${isOpen} @toggle=${remember}>
      <summary>
        <h3>${title}</h3>
        <small>${filled > 0 ? `${filled} of ${parameters.length} filled in` : ''}</small>
      </summary>
      <div class="fields">${parameters.map(parameter => this.field(parameter))}</div>
    </details>`;
  }

  private field(parameter: Parameter): TemplateResult {
    const { name, of } = parameter;
    const { options, why } = this.sources.optionsFor(parameter, this.settled[of] ?? '');
    return field({
      parameter,
      entry: this.entries[name],
      problem: this.isAttempted || this.touched.has(name) ? this.problems[name] : undefined,
      options,
      hint: this.guesses.has(name) ? 'Chosen by the column’s name: check it.' : why,
      write: entry => this.write(parameter, entry),
      settle: () => {
        this.touched.add(name);
        this.settle(parameter);
        this.host.requestUpdate();
      },
      choose: () => void this.host.attempt(() => this.choose(parameter))
    });
  }

  private nameField(): TemplateResult {
    const write = (event: Event): void => {
      this.name = (event.target as HTMLInputElement).value;
      this.host.changed();
    };
    return html`<div class="fields">
      <div class="field">
        <label for="asked-run">Name of the run</label>
        <div class="entry">
          <input
            id="asked-run"
            maxlength="100"
            autocomplete="off"
            .value=${this.name}
            @input=${write}
            aria-describedby="asked-run-help"
          />
        </div>
        <p class="help" id="asked-run-help">
          Its folder begins with it. Without one, it is called like the audit.
        </p>
      </div>
    </div>`;
  }

  private write({ name }: Parameter, entry: Entry): void {
    this.entries = { ...this.entries, [name]: entry };
    this.guesses.delete(name);
    this.host.requestUpdate();
    this.host.changed();
    this.checkSoon();
  }

  /** What depends on a file is looked up once its name is whole. */
  private settle({ name, kind }: Parameter): void {
    const entry = this.entries[name];
    if (kind === 'file' && typeof entry === 'string') {
      const file = entry.trim();
      const isNew = this.settled[name] !== file;
      this.settled[name] = file;
      const columns = this.sources.known(file);
      if (isNew && columns) {
        this.guess(file, columns);
      }
    }
  }

  private async choose(parameter: Parameter): Promise<void> {
    const chosen = await this.host.desk.choose(parameter, String(this.entries[parameter.name]));
    if (chosen !== undefined) {
      this.touched.add(parameter.name);
      this.write(parameter, chosen);
      this.settle(parameter);
    }
    await this.focusOn(parameter.name);
  }

  private guess(file: string, columns: string[]): void {
    const { template, entries } = this;
    for (const [name, value] of Object.entries(this.settled)) {
      if (template && value === file) {
        const found = guessed(template, name, entries, columns);
        Object.keys(found).forEach(one => this.guesses.add(one));
        this.entries = { ...this.entries, ...found };
      }
    }
    this.host.requestUpdate();
    this.checkSoon();
  }

  private checkSoon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.check(), CHECKED_AFTER);
  }

  private async check(): Promise<void> {
    const { template } = this;
    const ask = ++this.asks;
    if (!template) {
      return;
    }
    const problems = await this.host.desk.check(template.name, this.values).catch(() => null);
    if (problems && ask === this.asks) {
      this.problems = problems;
      this.host.requestUpdate();
    }
  }

  private async start(): Promise<void> {
    const { template } = this;
    if (!template || this.isStarting) {
      return;
    }
    this.isStarting = true;
    this.host.requestUpdate();
    await this.host.attempt(async () => {
      const { problems, run } = await this.host.desk.start(template.name, this.values, this.name.trim());
      if (run) {
        this.host.started(run);
      } else {
        await this.refused(template, problems);
      }
    });
    this.isStarting = false;
    this.host.requestUpdate();
  }

  private async insert(): Promise<void> {
    const { template } = this;
    await this.host.attempt(async () => {
      const problems = await this.host.desk.insert(template!.name, this.values);
      if (Object.keys(problems).length > 0) {
        await this.refused(template!, problems);
      }
    });
  }

  /** Shows every problem and goes to the first. */
  private async refused(template: Template, problems: Problems): Promise<void> {
    clearTimeout(this.timer);
    this.asks += 1;
    this.problems = problems;
    this.isAttempted = true;
    this.opened.clear();
    const number = Object.keys(problems).length;
    this.host.announce(number === 1 ? 'One field is wrong.' : `${number} fields are wrong.`);
    const first = firstWrong(template, problems);
    if (first) {
      await this.focusOn(first);
    }
  }

  private async focusOn(name: string): Promise<void> {
    this.host.requestUpdate();
    await this.host.updateComplete;
    (this.host.renderRoot as ParentNode).querySelector<HTMLElement>(`#${idOf(name)}`)?.focus();
  }
}
