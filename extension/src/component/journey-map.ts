import { LitElement, PropertyValues, TemplateResult, html, nothing } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { VERSION } from '../map/generated/facts';
import type { JourneyMap } from '../map/generated/journey-map';
import type { Measured, MeasuredMap } from '../map/generated/measured-map';
import type { Edit, Operation } from '../map/operations';
import { Place, placeOf } from '../map/place';
import { Actions } from './actions';
import { aboutActive, measuredStrip, neighbours, personaStrip } from './around';
import { Board, Cell, Editing, Menu, Zoom, partAt } from './board';
import { Column, Columns, Section } from './columns';
import { CrossReferences } from './cross-references';
import { Details } from './details/details';
import { Editor } from './editing';
import { Find } from './find';
import { Grid } from './grid';
import { gridStyles, zoomStyles } from './grid-styles';
import type { Peer, Problem } from './host';
import { Keys } from './keys';
import { cellAt, lanesToShow, placeIn } from './lanes';
import { ActionsMenu } from './menu';
import { Moving } from './moving';
import { Pointer } from './pointer';
import { sharing } from './sharing';
import { shortcuts } from './shortcuts';
import { editorStyles, frameStyles } from './styles';
import { theme } from './theme';
import { Toolbar } from './toolbar';
import type { Lane } from './words';

const NO_MAP: JourneyMap = { id: 'map', name: '' };

/** What a static page or a notebook's output carries. */
export interface Payload {
  journey_map: JourneyMap;
  measured?: MeasuredMap | null;
  problems?: Problem[];
}

/**
 * `<journey-map>`: a map to read and to edit. It never changes the map it is given: what somebody
 * does becomes a `cjm-edit`, and whoever holds the map sets `journeyMap` anew.
 */
export class JourneyMapElement extends LitElement implements Board {
  static version = VERSION;
  static override styles = [theme, gridStyles, zoomStyles, frameStyles, editorStyles, Details.styles];
  static override properties = {
    journeyMap: { attribute: false },
    measured: { attribute: false },
    problems: { attribute: false },
    peers: { attribute: false },
    beside: { attribute: false },
    lanes: { attribute: false },
    selected: { attribute: false },
    readonly: { type: Boolean, reflect: true },
    outdated: { type: Boolean },
    canUndo: { attribute: false },
    canRedo: { attribute: false },
    zoom: { reflect: true },
    panel: { state: true },
    guided: { state: true },
    persona: { state: true },
    active: { state: true },
    editing: { state: true },
    menu: { state: true }
  };

  journeyMap: JourneyMap = NO_MAP;
  measured: MeasuredMap | null = null;
  problems: readonly Problem[] = [];
  peers: readonly Peer[] = [];
  /** Another map to show the changes against. (`before` is a method of every element.) */
  beside: JourneyMap | null = null;
  /** Ids of the lanes to show, in order; null for all that can show something. */
  lanes: readonly string[] | null = null;
  selected: Place | null = null;
  readonly = false;
  /** Whether the map has changed since it was measured. */
  outdated = false;
  canUndo = false;
  canRedo = false;
  zoom: Zoom = 'normal';
  panel: 'details' | 'changes' | null = null;
  guided = false;
  persona: string | null = null;
  active: Cell = { row: 'touchpoint', at: '' };
  editing: Editing | null = null;
  menu: Menu | null = null;

  sections: readonly Section[] = [];
  columns: readonly Column[] = [];
  shownLanes: readonly Lane[] = [];
  refs = new CrossReferences(NO_MAP);

  private readonly made = new Columns();
  private readonly actions = new Actions(this);
  private readonly editor = new Editor(this);
  private readonly keys = new Keys(this, this.actions, this.editor);
  private readonly moving = new Moving(this, this.actions);
  private readonly pointer = new Pointer(this, this.actions);
  private readonly grid = new Grid(this);
  private readonly finding = new Find(this);
  private readonly toolbar = new Toolbar(this, this.actions);
  private readonly actionsMenu = new ActionsMenu(this, this.actions);
  private readonly details = new Details(this);
  private numbers = new Map<string, Measured[]>();
  private places: [Place, Problem][] = [];
  private awaited: { place: Place; sentence: () => string; rename: boolean } | null = null;
  private wantsFocus = false;
  private hadFocus = false;
  private wantsSight = false;
  private position = 0;
  private untouched = true;

  get isComparing(): boolean {
    return this.beside !== null;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const script = this.querySelector(':scope > script[type="application/json"]');
    if (script && this.journeyMap === NO_MAP) {
      const payload = JSON.parse(script.textContent ?? '') as Payload;
      this.journeyMap = payload.journey_map;
      this.measured = payload.measured ?? null;
      this.problems = payload.problems ?? [];
    }
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.moving.stop();
  }

  problemsAt(place: Place): readonly Problem[] {
    return this.places.filter(([at]) => place === '' || at === place || at.startsWith(`${place}/`)).map(([, one]) => one);
  }

  numbersOf(id: string): readonly Measured[] {
    return this.numbers.get(id) ?? [];
  }

  edit(label: string, ...operations: Operation[]): void {
    if (!this.readonly && operations.length) {
      this.emit<Edit>('cjm-edit', { label, operations });
    }
  }

  undo(): void {
    this.emit('cjm-undo');
  }

  redo(): void {
    this.emit('cjm-redo');
  }

  select(place: Place | null): void {
    if (place !== this.selected) {
      this.selected = place;
      this.emit('cjm-select', place);
    }
    if (place === '') {
      this.panel = 'details';
    }
  }

  showLanes(lanes: readonly Lane[]): void {
    this.lanes = lanes;
    this.emit('cjm-lanes', [...lanes]);
  }

  announce(sentence: string): void {
    const region = this.renderRoot.querySelector('[role=status].unseen');
    if (region) {
      region.textContent = sentence;
    }
  }

  cellElement({ row, at }: Cell): HTMLElement | null {
    return this.renderRoot.querySelector(`tr[data-row="${row}"] > [data-at="${CSS.escape(at)}"]`);
  }

  activate(cell: Cell, { focus = false } = {}): void {
    this.active = cell;
    this.untouched = false;
    this.wantsFocus ||= focus;
    this.wantsSight = true;
    this.requestUpdate();
    if (cell.at !== '') {
      this.select(placeIn(cell.at, cell.row));
    }
  }

  begin(cell: Cell, typed: string | null = null): void {
    const editing = this.editor.opened(cell, typed);
    if (editing) {
      this.activate(cell);
      this.editing = editing;
    }
  }

  keep({ focus = false } = {}): boolean {
    if (this.editing && !this.editor.keep(this.editing)) {
      return false;
    }
    this.editing = null;
    this.wantsFocus ||= focus;
    return true;
  }

  giveUp(): void {
    this.editing = null;
    this.wantsFocus = true;
  }

  change(editing: Partial<Editing>): void {
    this.editing = this.editing && { ...this.editing, ...editing };
  }

  await(place: Place, sentence: () => string, rename = false): void {
    this.awaited = { place, sentence, rename };
  }

  zoomTo(zoom: Zoom): void {
    this.zoom = zoom;
    this.wantsSight = true;
  }

  openMenu(menu: Menu | null): void {
    this.menu = menu;
  }

  find(): void {
    this.finding.open();
  }

  help(): void {
    this.renderRoot.querySelector<HTMLDialogElement>('.shortcuts')?.showModal();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    this.hadFocus = this.hasUpdated && this.shadowRoot?.activeElement?.closest('.map') != null;
    if (changed.has('journeyMap')) {
      this.journeyMap = sharing(changed.get('journeyMap'), this.journeyMap ?? NO_MAP);
      this.refs = new CrossReferences(this.journeyMap);
    }
    if (changed.has('measured')) {
      this.numbers = new Map();
      for (const one of this.measured?.targets ?? []) {
        this.numbers.set(one.target, [...(this.numbers.get(one.target) ?? []), one]);
      }
    }
    if (changed.has('problems') || changed.has('journeyMap')) {
      this.places = this.problems.map(one => [placeOf(this.journeyMap, one.place) ?? '', one]);
    }
    this.shownLanes = sharing(this.shownLanes, lanesToShow(this.lanes, this.measured !== null));
    const inputs = ['journeyMap', 'measured', 'problems', 'peers', 'beside', 'persona'] as const;
    if (inputs.some(name => changed.has(name))) {
      const given = { ...this.given, numbersOf: (id: string) => this.numbersOf(id) };
      this.sections = this.made.sections(given, this.refs);
    }
    if (changed.has('selected')) {
      this.follow();
    }
    this.keepActive();
    const all = this.sections.flatMap(one => one.columns);
    const only = all[this.position];
    const columns = this.zoom === 'large' && only ? [only] : all;
    const isKept = columns.length === this.columns.length && columns.every((one, at) => one === this.columns[at]);
    this.columns = isKept ? this.columns : columns;
  }

  private get given() {
    const { journeyMap: map, problems, peers, beside: before, persona } = this;
    return { map, problems, peers, before, persona };
  }

  /** Goes where the host says, unless the active cell is there already. */
  private follow(): void {
    const cell = this.selected === null ? null : cellAt(this.selected);
    const { row, at } = this.active;
    if (cell && this.selected !== placeIn(at, row)) {
      const isShown = cell.row === 'stage' || this.shownLanes.includes(cell.row);
      this.active = isShown ? cell : { row: 'touchpoint', at: cell.at };
      this.wantsSight = true;
    }
  }

  /** Keeps the active cell on something that is there, whatever others do to the map. */
  private keepActive(): void {
    const { row, at } = this.active;
    const columns = this.sections.flatMap(one => one.columns);
    const isShown = row === 'stage' || this.shownLanes.includes(row);
    const places = row === 'stage' ? this.sections.map(one => one.place) : columns.map(one => one.place);
    if (!isShown) {
      this.active = { row: 'touchpoint', at };
    } else if (at !== '' && !places.includes(at)) {
      const found = columns.find(one => one.stage === at) ?? columns[Math.min(this.position, columns.length - 1)];
      this.active = row === 'stage' ? { row, at: this.sections.at(-1)?.place ?? '' } : { row, at: found?.place ?? '' };
    } else if (this.untouched && columns[0]) {
      this.active = { row: 'touchpoint', at: columns[0].place };
    }
    const here = columns.findIndex(one => one.place === this.active.at || one.stage === this.active.at);
    this.position = here < 0 ? Math.min(this.position, Math.max(columns.length - 1, 0)) : here;
    if (this.editing && !partAt(this, this.editing)) {
      this.editing = null;
      this.announce('What you were writing in is not there any more.');
    }
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('journeyMap') && this.awaited && changed.get('journeyMap') !== undefined) {
      const { place, sentence, rename } = this.awaited;
      this.awaited = null;
      const cell: Cell = { row: place.startsWith('stages/') ? 'stage' : 'touchpoint', at: place };
      if (partAt(this, cell)) {
        this.activate(cell, { focus: true });
        this.announce(sentence());
        if (rename) {
          this.begin(cell);
        }
      }
    }
    this.renderRoot.querySelectorAll('[data-at][tabindex="0"]').forEach(one => one.setAttribute('tabindex', '-1'));
    const element = this.cellElement(this.active);
    element?.setAttribute('tabindex', '0');
    if (element && this.wantsSight) {
      element.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    }
    this.wantsFocus ||= this.hadFocus && !this.shadowRoot?.activeElement;
    const before = changed.get('editing');
    if (this.editing && changed.has('editing')) {
      const isNew = !before || before.row !== this.editing.row || before.at !== this.editing.at;
      isNew ? this.editor.focus(this.editing) : this.editor.shown(this.editing);
    } else if (element && this.wantsFocus) {
      element.focus({ preventScroll: true });
    }
    this.wantsFocus = this.wantsSight = false;
    this.actionsMenu.shown();
    this.finding.highlight();
  }

  override render(): TemplateResult {
    return html`<div class="frame" @keydown=${this.key}>
      ${this.toolbar.render()} ${this.finding.render()} ${personaStrip(this, this.persona)} ${measuredStrip(this, this.outdated)}
      ${neighbours(this)}
      <div class="body">
        <div
          class="map"
          @pointerdown=${this.moving.down}
          @click=${this.pointer.click}
          @dblclick=${this.pointer.twice}
          @mousedown=${this.pointer.press}
          @contextmenu=${this.pointer.context}
          @focusin=${this.pointer.came}
          @focusout=${this.pointer.left}
          @input=${this.input}
          @copy=${this.pointer.copy}
          @paste=${this.pointer.paste}
        >
          ${guard([this.sections, this.columns, this.shownLanes, this.zoom, this.editing, this.readonly, this.journeyMap.name], () => this.grid.render())}
        </div>
        ${this.side()}
      </div>
      ${aboutActive(this)} ${this.actionsMenu.render()} ${shortcuts()}
      <div role="status" class="unseen"></div>
    </div>`;
  }

  private side(): unknown {
    const shown = this.panel === 'details' ? this.details.render() : nothing;
    return shown === nothing
      ? nothing
      : html`<aside class="side" aria-label="Details">
          <button class="shut" aria-label="Close" @click=${() => (this.panel = null)}>✕</button>
          ${shown}
        </aside>`;
  }

  private readonly input = (event: Event): void => {
    if (this.editing && event.target) {
      this.editor.input(this.editing, event.target);
    }
  };

  private readonly key = (event: KeyboardEvent): void => {
    const inMap = event.target instanceof Element && event.target.closest('.map') !== null;
    const taken = this.keys.anywhere(event) || (inMap && (this.editing ? this.keys.inEditor(event) : this.keys.inGrid(event)));
    if (taken) {
      event.preventDefault();
      event.stopPropagation();
    }
  };

  private emit<T>(name: string, detail?: T): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }
}

/**
 * Defines the element once for a page, and returns the tag to create. A labextension and a kernel's
 * widget can be in one page and of different versions: the second then has a tag of its own.
 */
export function defineJourneyMap(): string {
  const tag = 'journey-map';
  const known = customElements.get(tag) as typeof JourneyMapElement | undefined;
  if (known?.version === VERSION) {
    return tag;
  }
  const own = known ? `${tag}-${VERSION.replace(/\W/g, '-')}` : tag;
  if (!customElements.get(own)) {
    customElements.define(own, JourneyMapElement);
  }
  return own;
}
