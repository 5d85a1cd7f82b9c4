import { LitElement, TemplateResult, html } from 'lit';
import { theme } from '../component/theme';
import { Announcing } from './announcing';
import { Listening } from './follow';
import type { Entries } from './form';
import { entriesOf } from './form';
import { FormHost, FormView } from './form-view';
import { gallery } from './gallery';
import { head } from './head';
import { OverTime } from './over-time';
import { RunList } from './run-list';
import { runView } from './run-view';
import { runsView } from './runs-view';
import { panelStyles } from './styles';
import type { Decision, Desk, Finding, Run, Template, Values } from './talk';

type View = 'new' | 'runs' | 'run' | 'compare';

/** What of the panel outlives the page. */
export interface PanelState {
  view: View;
  run: string;
  template: string;
  entries: Entries;
}

/** `<cjm-audits>`: choose an audit, say what it needs, watch it, open what it has left. */
export class AuditsElement extends LitElement implements FormHost {
  static override styles = [theme, panelStyles];
  static override properties = { desk: { attribute: false } };

  declare desk: Desk;
  private view: View = 'new';
  private form!: FormView;
  private templates: Template[] | null = null;
  private readonly runs = new RunList();
  private shown = '';
  private findings = new Map<string, Finding[] | null>();
  /** What was said in one form is said in the next, where that asks for it. */
  private carried: Values = {};
  private readonly overTime = new OverTime(this);
  private said = '';
  private problem = '';
  private lost: string | null = null;
  private isSeen = false;
  readonly listening = new Listening();
  private readonly announcing = new Announcing();
  private waiting: Partial<PanelState> = {};

  get state(): PanelState {
    const { view, shown, form } = this;
    return { view, run: shown, template: form?.template?.name ?? '', entries: form?.entries ?? {} };
  }

  /** Show what was shown before the page was loaded anew. */
  restore(state: Partial<PanelState>): void {
    this.waiting = state;
    this.view = state.view ?? 'new';
    this.shown = state.run ?? '';
  }

  /** The form of `template`, filled with what is given. */
  async begin(template: string, given: Values): Promise<void> {
    await this.loaded;
    const found = this.templates?.find(({ name }) => name === template);
    if (!found) {
      this.problem = `There is no template ${template} any more.`;
      this.requestUpdate();
      return;
    }
    this.choose(found, given);
  }

  /** Listen to the runs while somebody sees the panel, and behind it until the last run has ended. */
  watch(isSeen: boolean): void {
    this.isSeen = isSeen;
    if (!isSeen) {
      this.rest();
      return;
    }
    this.listening.start(
      this.desk,
      run => this.hear(run),
      why => {
        this.lost = why;
        this.requestUpdate();
      },
      () => this.runs.underway.length > 0 && this.requestUpdate()
    );
    void this.refresh();
  }

  /** To where people go on after the panel was brought to the front. */
  goIn(): void {
    void this.updateComplete.then(() => this.find('h2')?.focus());
  }

  announce(sentence: string): void {
    this.said = sentence;
    this.requestUpdate();
  }

  async attempt(work: () => Promise<void>): Promise<void> {
    try {
      this.problem = '';
      await work();
    } catch (error) {
      this.problem = (error as Error).message;
    }
    this.requestUpdate();
  }

  started(run: Run): void {
    this.hear(run);
    this.show(run);
  }

  leave(): void {
    this.carried = this.form.values;
    this.form.template = null;
    this.go('new');
  }

  changed(): void {
    this.dispatchEvent(new CustomEvent('cjm-audits-state'));
  }

  protected override firstUpdated(): void {
    void this.loaded.then(() => this.goOn());
  }

  private get loaded(): Promise<void> {
    return (this.loading ??= this.load());
  }
  private loading: Promise<void> | undefined;

  private async load(): Promise<void> {
    this.form = new FormView(this);
    await this.attempt(async () => {
      this.templates = await this.desk.templates();
    });
  }

  /** The templates of a project change while people work on them. */
  private async refresh(): Promise<void> {
    await this.loaded;
    await this.attempt(async () => {
      this.templates = await this.desk.templates();
      (await this.desk.runs()).forEach(run => this.hear(run));
    });
  }

  private goOn(): void {
    const { template, entries } = this.waiting;
    const found = this.templates?.find(({ name }) => name === template);
    if (found && !this.form.template) {
      this.form.begin(found);
      this.form.entries = { ...entriesOf(found), ...entries };
      this.form.settleAll();
    }
    this.requestUpdate();
  }

  protected override render(): TemplateResult {
    const { said, problem, lost } = this;
    const active = this.runs.underway.length;
    const go = (view: View): void => this.go(view);
    return html`${head({ isNew: this.view === 'new', active, said, problem, lost, go })}
      <div class="page">${this.page()}</div>`;
  }

  private page(): unknown {
    const now = Date.now();
    const actions = this.actions;
    switch (this.view) {
      case 'new':
        return this.form?.template ? this.form.render() : this.gallery();
      case 'runs':
        return runsView(this.runs.newestFirst, this.overTime.marked, now, actions);
      case 'compare':
        return this.comparison();
    }
    const run = this.runs.get(this.shown);
    const decided = { decisions: run ? this.overTime.decisionsOn(run) : null, who: this.overTime.who };
    return run
      ? runView(run, this.findingsOf(run), decided, now, actions)
      : html`<h2 tabindex="-1">Run</h2>
          <p>Looking for ${this.shown} …</p>`;
  }

  private gallery(): TemplateResult {
    return this.templates
      ? gallery(this.templates, template => this.choose(template, this.carried))
      : html`<h2 tabindex="-1">What do you want to know?</h2>`;
  }

  private choose(template: Template, given: Values): void {
    this.form.begin(template, given);
    this.go('new');
  }

  private findingsOf(run: Run): Finding[] | null {
    if (!run.files.findings || this.findings.has(run.id)) {
      return this.findings.get(run.id) ?? null;
    }
    this.findings.set(run.id, null);
    void this.attempt(async () => {
      this.findings.set(run.id, await this.desk.findings(run));
    });
    this.overTime.look(run);
    return null;
  }

  private readonly actions = {
    show: (run: Run) => this.show(run),
    cancel: (run: Run) => void this.attempt(async () => this.hear(await this.desk.cancel(run))),
    again: (run: Run) => void this.begin(run.template, run.parameters),
    insert: (run: Run) => void this.attempt(() => this.insert(run)),
    open: (run: Run, file: keyof Run['files']) => void this.attempt(() => this.desk.open(run, file)),
    openApart: (run: Run, file: keyof Run['files']) =>
      void this.attempt(() => this.desk.openApart(run, file)),
    decide: (run: Run, decision: Omit<Decision, 'on'>) => this.overTime.decide(run, decision),
    mark: (run: Run) => this.overTime.mark(run),
    compare: () => this.compare(),
    leave: () => this.go('runs')
  };

  private comparison(): TemplateResult {
    const runs = this.runs.newestFirst;
    const two = this.overTime.twoOf(runs);
    return two
      ? this.overTime.render(two, this.actions.leave)
      : runsView(runs, this.overTime.marked, Date.now(), this.actions);
  }

  private compare(): void {
    const two = this.overTime.twoOf(this.runs.newestFirst);
    if (two) {
      this.go('compare');
      this.overTime.compare(two);
    }
  }

  private async insert(run: Run): Promise<void> {
    const problems = Object.values(await this.desk.insert(run.template, run.parameters));
    if (problems.length > 0) {
      throw new Error(problems.join(' '));
    }
  }

  show(run: Run): void {
    this.shown = run.folder;
    this.go('run');
  }

  private go(view: View): void {
    this.view = view;
    this.problem = '';
    this.requestUpdate();
    this.changed();
    this.goIn();
  }

  private hear(run: Run): void {
    const news = this.runs.take(run);
    if (news === 'old') {
      return;
    }
    if (news === 'ended' && !this.isSeen) {
      this.dispatchEvent(new CustomEvent('cjm-audits-ended', { detail: run }));
      this.rest();
    }
    const isShown = this.view === 'run' && this.shown === run.folder;
    this.said = this.announcing.of(run, isShown, Date.now()) ?? this.said;
    this.requestUpdate();
  }

  /** Nobody looks, and nothing is left to tell of. */
  private rest(): void {
    if (this.runs.underway.length === 0) {
      this.listening.stop();
    }
  }

  private find(selector: string): HTMLElement | null {
    return this.renderRoot.querySelector(selector);
  }
}

/** The name of the element, once it is known to the page. */
export function defineAudits(): string {
  if (!customElements.get('cjm-audits')) {
    customElements.define('cjm-audits', AuditsElement);
  }
  return 'cjm-audits';
}
