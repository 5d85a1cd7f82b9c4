import { LitElement, PropertyValues, TemplateResult, html, nothing } from 'lit';
import type { JourneyMap } from '../map/generated/journey-map';
import type { Edit } from '../map/operations';
import type { Place } from '../map/place';
import { JourneyMapElement, defineJourneyMap } from '../component/journey-map';
import { CoveragePart } from './coverage';
import type { Desk, Proposal } from './desk';
import { coverageSentence } from './figures';
import { MapInStep } from './in-step';
import { InventoryPart } from './inventory';
import { Kernel, Trait } from './kernel';
import type { Model, Row } from './model';
import { Placing } from './placing';
import { ProposalPart } from './proposal';
import { QuestionsPart } from './questions';
import { RulesPart } from './rules';
import { styles } from './styles';
import { SuggestionsPart } from './suggestions';
import { Target, dropAt, targetsOf } from './targets';
import { inWords } from './words';

type Tab = 'events' | 'suggestions' | 'questions';

/** The map and, where there are events, the builder of its rules beside it. */
export class MapBuilderElement extends LitElement implements Desk {
  static override styles = styles;

  readonly kernel: Kernel;
  private readonly inStep: MapInStep;

  constructor(model: Model) {
    super();
    this.inStep = new MapInStep(model, () => this.requestUpdate());
    this.kernel = new Kernel(model, trait => this.heard(trait));
    this.board = document.createElement(defineJourneyMap()) as JourneyMapElement;
    this.listen();
  }

  get map(): JourneyMap {
    return this.inStep.map;
  }

  get targets(): readonly Target[] {
    return targetsOf(this.map);
  }

  get readonly(): boolean {
    return this.kernel.readonly;
  }

  propose(proposal: Proposal): void {
    this.proposal.show(proposal);
  }

  announce(sentence: string): void {
    this.said = sentence;
    this.requestUpdate();
  }

  goTo(...selectors: string[]): void {
    this.wanted = selectors;
    this.requestUpdate();
  }

  /** Ends the connection to the kernel. */
  release(): void {
    this.inStep.disconnect();
    this.kernel.disconnect();
  }

  protected override update(changed: PropertyValues): void {
    const { history } = this.inStep;
    Object.assign(this.board, {
      journeyMap: this.map,
      measured: this.kernel.measured,
      problems: this.kernel.problems,
      readonly: this.readonly,
      canUndo: history.undoLabel !== null && !this.readonly,
      canRedo: history.redoLabel !== null && !this.readonly
    });
    this.focused = (this.renderRoot as ShadowRoot).activeElement as HTMLElement | null;
    super.update(changed);
  }

  /** A line that moved within its list keeps the keyboard. */
  protected override updated(): void {
    const found = this.wanted?.map(one => this.renderRoot.querySelector<HTMLElement>(one)).find(Boolean);
    if (found) {
      this.wanted = null;
      found.focus();
    } else if (this.focused?.isConnected && !(this.renderRoot as ShadowRoot).activeElement) {
      this.focused.focus();
    }
  }

  protected override render(): TemplateResult {
    const { unreadable, hasEvents } = this.kernel;
    const asks = hasEvents || this.kernel.questions.length > 0;
    return html`<div class="whole ${asks ? 'building' : ''}">
      ${
        unreadable
          ? html`<p class="fault strip" role="alert">
              The notebook keeps the last map that it could read; what you typed stays here.
              ${inWords(unreadable)}
            </p>`
          : nothing
      }
      <div class="board">${this.board}</div>
      ${
        asks
          ? html`<section class="pane" aria-label="Rule builder" @keydown=${this.takeBack}>
              ${hasEvents ? this.coverage.render() : nothing} ${this.failure()} ${this.proposal.render()}
              ${this.tabs()} ${hasEvents ? this.rules.render() : nothing}
            </section>`
          : this.failure()
      }
      <p class="unseen" role="status">${this.said}</p>
    </div>`;
  }

  private failure(): TemplateResult | typeof nothing {
    const { failure } = this.kernel;
    return failure && !this.proposal.isOpen
      ? html`<p class="fault strip" role="alert">${inWords(failure)}</p>`
      : nothing;
  }

  private tabs(): TemplateResult {
    const { hasEvents, suggestions, questions, inventory } = this.kernel;
    const unmatched = inventory.filter(row => row.unclaimed > 0).length;
    const tabs: [Tab, string][] = [
      ...(hasEvents
        ? ([
            ['events', `Events, ${unmatched} unmatched`],
            ['suggestions', `Suggestions, ${suggestions.length}`]
          ] as [Tab, string][])
        : []),
      ...(questions.length ? ([['questions', `Questions, ${questions.length}`]] as [Tab, string][]) : [])
    ];
    const shown = tabs.some(([tab]) => tab === this.tab) ? this.tab : tabs[0][0];
    const bodies = { events: this.inventory, suggestions: this.suggestions, questions: this.questions };
    return html`<div
        class="tabs"
        role="tablist"
        aria-label="What to put on the map"
        @keydown=${(event: KeyboardEvent) =>
          this.turn(
            event,
            tabs.map(([tab]) => tab),
            shown
          )}
      >
        ${tabs.map(
          ([tab, words]) =>
            html`<button
              type="button"
              role="tab"
              id="tab-${tab}"
              aria-controls="panel"
              aria-selected=${tab === shown}
              tabindex=${tab === shown ? 0 : -1}
              @click=${() => this.show(tab)}
            >
              ${words}
            </button>`
        )}
      </div>
      <div id="panel" class="panel" role="tabpanel" aria-labelledby="tab-${shown}">
        ${bodies[shown].render()}
      </div>`;
  }

  private show(tab: Tab): void {
    this.tab = tab;
    this.requestUpdate();
  }

  private turn(event: KeyboardEvent, tabs: Tab[], shown: Tab): void {
    const by = { ArrowRight: 1, ArrowLeft: tabs.length - 1 }[event.key];
    if (by) {
      event.preventDefault();
      this.tab = tabs[(tabs.indexOf(shown) + by) % tabs.length];
      this.goTo(`#tab-${this.tab}`);
    }
  }

  private listen(): void {
    const on = <T>(name: string, act: (detail: T) => void) =>
      this.board.addEventListener(name, event => act((event as CustomEvent<T>).detail));
    on<Edit>('cjm-edit', edit => this.inStep.edit(edit));
    on('cjm-undo', () => this.step('Undone', this.inStep.undo()));
    on('cjm-redo', () => this.step('Done again', this.inStep.redo()));
    on<string[]>('cjm-lanes', lanes => (this.board.lanes = lanes as JourneyMapElement['lanes']));
    on<Place | null>('cjm-select', place => {
      this.board.selected = place;
      const drop = place ? dropAt(this.map, place) : null;
      if (drop && 'target' in drop) {
        this.rules.open(drop.target.id);
      }
    });
  }

  private step(what: string, label: string | null): void {
    if (label !== null) {
      this.announce(`${what}: ${label}.`);
    }
  }

  /** Ctrl+Z and Ctrl+Y, as on the map. */
  private readonly takeBack = (event: KeyboardEvent): void => {
    const isTyping = (event.target as Element).matches('input, textarea, select');
    const key = (event.ctrlKey || event.metaKey) && !event.altKey && !isTyping ? event.key.toLowerCase() : '';
    if ((key === 'z' || key === 'y') && !this.readonly) {
      event.preventDefault();
      event.stopPropagation();
      const redoes = key === 'y' || event.shiftKey;
      this.step(redoes ? 'Done again' : 'Undone', redoes ? this.inStep.redo() : this.inStep.undo());
    }
  };

  private keep(edit: Edit): void {
    this.inStep.edit(edit);
    this.goBack();
  }

  /** The keyboard goes on with the next event, or to the target whose rule was changed. */
  private goBack(): void {
    this.goTo(
      ...(this.back
        ? [this.back, '#filter']
        : ['.disclosure[aria-expanded=true]', '[role=tab][tabindex="0"]'])
    );
    this.back = null;
  }

  private heard(trait: Trait): void {
    if (trait === 'coverage' && this.kernel.coverage) {
      const sentence = coverageSentence(this.kernel.coverage);
      this.said = this.said.endsWith(sentence) ? this.said : `Coverage: ${sentence}`;
    }
    this.proposal.answered();
    this.suggestions.answered();
    this.requestUpdate();
  }

  private readonly board: JourneyMapElement;
  private readonly coverage = new CoveragePart(this);
  private readonly placing = new Placing(this, (row: Row) => (this.back = this.inventory.after(row)));
  private readonly inventory = new InventoryPart(this, this.placing);
  private readonly suggestions = new SuggestionsPart(this);
  private readonly questions = new QuestionsPart(this);
  private readonly proposal = new ProposalPart(
    this,
    edit => this.keep(edit),
    () => this.goBack()
  );
  private readonly rules = new RulesPart(this, proposal => this.proposal.change(proposal));
  private tab: Tab = 'events';
  private said = '';
  private focused: HTMLElement | null = null;
  private wanted: string[] | null = null;
  private back: string | null = null;
}

const TAG = 'cjm-map-builder';
let defined = '';

/** The tag of the element; a page in which another version has taken it gives this one its own. */
export function defineMapBuilder(): string {
  for (let number = 1; !defined; number++) {
    const tag = number === 1 ? TAG : `${TAG}-${number}`;
    if (!customElements.get(tag)) {
      customElements.define(tag, MapBuilderElement as unknown as CustomElementConstructor);
      defined = tag;
    }
  }
  return defined;
}
