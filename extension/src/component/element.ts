import { LitElement, PropertyValues, TemplateResult, html } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { VERSION } from '../map/generated/facts';
import type { JourneyMap } from '../map/generated/journey-map';
import type { Measured, MeasuredMap } from '../map/generated/measured-map';
import type { Edit, Operation } from '../map/operations';
import type { Place } from '../map/place';
import { Actions } from './actions';
import { aboutActive, measuredStrip, neighbours, personaStrip } from './around';
import { Board, Cell, Editing, Menu, Zoom } from './board';
import type { Column, Section } from './columns';
import type { CrossReferences } from './cross-references';
import { Editor } from './editing';
import { Find } from './find';
import { Grid } from './grid';
import type { Peer, Problem } from './host';
import { Keys } from './keys';
import { lanesToShow } from './lanes';
import { ActionsMenu } from './menu';
import { Moving } from './moving';
import { Pointer } from './pointer';
import { propertiesIn } from './payload';
import { Reading } from './reading';
import { sharing } from './sharing';
import { Panel, Side } from './side';
import { shortcuts } from './shortcuts';
import { styles } from './styles';
import { Toolbar } from './toolbar';
import { Whereabouts } from './whereabouts';
import type { Lane } from './words';

const NO_MAP: JourneyMap = { id: 'map', name: '' };

/**
 * `<journey-map>`: a map to read and to edit. It never changes the map it is given: what somebody
 * does becomes a `cjm-edit`, and whoever holds the map sets `journeyMap` anew.
 */
export class JourneyMapElement extends LitElement implements Board {
  static version = VERSION;
  static override styles = styles;
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
    persona: { state: true },
    active: { state: true },
    editing: { state: true },
    menu: { state: true }
  };

  journeyMap: JourneyMap = NO_MAP;
  measured: MeasuredMap | null = null;
  problems: readonly Problem[] = [];
  peers: readonly Peer[] = [];
  /** Another map to show the changes against; `before` is a method of every element. */
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
  panel: Panel | null = null;
  persona: string | null = null;
  active: Cell = { row: 'touchpoint', at: '' };
  editing: Editing | null = null;
  menu: Menu | null = null;

  columns: readonly Column[] = [];
  shownLanes: readonly Lane[] = [];

  private readonly reading = new Reading(this);
  private readonly whereabouts = new Whereabouts(this);
  private readonly actions = new Actions(this);
  private readonly editor = new Editor(this);
  private readonly keys = new Keys(this, this.actions, this.editor);
  private readonly moving = new Moving(this, this.actions);
  private readonly pointer = new Pointer(this, this.actions);
  private readonly grid = new Grid(this);
  private readonly finding = new Find(this);
  private readonly toolbar = new Toolbar(this, this.actions);
  private readonly actionsMenu = new ActionsMenu(this, this.actions);
  private readonly side = new Side(this);

  get sections(): readonly Section[] {
    return this.reading.sections;
  }

  get refs(): CrossReferences {
    return this.reading.refs;
  }

  get isComparing(): boolean {
    return this.beside !== null;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.journeyMap === NO_MAP) {
      Object.assign(this, propertiesIn(this));
    }
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.moving.stop();
  }

  problemsAt(place: Place): readonly Problem[] {
    return this.reading.problemsAt(place);
  }

  numbersOf(id: string): readonly Measured[] {
    return this.reading.numbersOf(id);
  }

  edit(label: string, ...operations: Operation[]): void {
    if (!this.readonly && operations.length) {
      this.emit<Edit>('cjm-edit', { label, operations });
    }
  }

  undo(): void {
    this.announce(this.canUndo ? 'Undone.' : 'There is nothing to undo.');
    this.emit('cjm-undo');
  }

  redo(): void {
    this.announce(this.canRedo ? 'Done again.' : 'There is nothing to do again.');
    this.emit('cjm-redo');
  }

  select(place: Place | null): void {
    if (place !== this.selected) {
      this.selected = place;
      this.emit('cjm-select', place);
    }
    this.panel = place === '' ? 'details' : this.panel;
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
    this.whereabouts.go(cell, focus);
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
    this.whereabouts.wantsFocus ||= focus;
    return true;
  }

  giveUp(): void {
    this.editing = null;
    this.whereabouts.wantsFocus = true;
  }

  change(editing: Partial<Editing>): void {
    this.editing = this.editing && { ...this.editing, ...editing };
  }

  await(place: Place, sentence: () => string, rename = false): void {
    this.whereabouts.awaited = { place, sentence, rename };
  }

  zoomTo(zoom: Zoom): void {
    this.zoom = zoom;
    this.whereabouts.wantsSight = true;
  }

  openMenu(menu: Menu | null): void {
    this.menu = menu;
  }

  find(): void {
    this.finding.open();
  }

  help(): void {
    this.renderRoot.querySelector('dialog')?.showModal();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    this.whereabouts.remember();
    if (changed.has('journeyMap')) {
      this.begins(changed.get('journeyMap'));
      this.journeyMap = sharing(changed.get('journeyMap'), this.journeyMap ?? NO_MAP);
    }
    this.reading.read(changed);
    this.shownLanes = sharing(this.shownLanes, lanesToShow(this.lanes, this.measured !== null));
    if (changed.has('selected')) {
      this.whereabouts.follow();
    }
    this.whereabouts.stay();
    const { position } = this.whereabouts;
    const all = this.sections.flatMap(one => one.columns);
    const columns = this.zoom === 'large' && all[position] ? [all[position]] : all;
    const isKept =
      columns.length === this.columns.length && columns.every((one, at) => one === this.columns[at]);
    this.columns = isKept ? this.columns : columns;
    this.grid.fill(position);
  }

  /** A map without stages begins with the guide. */
  private begins(before: JourneyMap = NO_MAP): void {
    const isNew = before === NO_MAP && this.journeyMap !== NO_MAP;
    this.panel = isNew && !this.readonly && !this.journeyMap?.stages?.length ? 'guide' : this.panel;
  }

  protected override updated(changed: PropertyValues<this>): void {
    this.whereabouts.arrive(changed.has('journeyMap') && changed.get('journeyMap') !== undefined);
    this.whereabouts.show(changed.get('editing') ?? null, changed.has('editing'), this.editor);
    this.actionsMenu.shown();
    this.finding.highlight();
  }

  override render(): TemplateResult {
    return html`<div class="frame" @keydown=${this.key}>
      ${this.toolbar.render()} ${this.finding.render()} ${personaStrip(this, this.persona)}
      ${measuredStrip(this, this.outdated)} ${neighbours(this)}
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
          ${guard([this.grid.ready, this.sections, this.columns, this.shownLanes, this.sections.length ? null : this.panel, this.zoom, this.editing, this.readonly, this.journeyMap.name], () => this.grid.render())}
        </div>
        ${this.side.render()}
      </div>
      ${aboutActive(this)} ${this.actionsMenu.render()} ${shortcuts()}
      <div role="status" class="unseen"></div>
    </div>`;
  }

  private readonly input = (event: Event): void => {
    if (this.editing && event.target) {
      this.editor.input(this.editing, event.target);
    }
  };

  private readonly key = (event: KeyboardEvent): void => {
    if (this.keys.pressed(event)) {
      event.preventDefault();
      event.stopPropagation();
    }
  };

  private emit<T>(name: string, detail?: T): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }
}
