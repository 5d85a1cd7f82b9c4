import { Notification } from '@jupyterlab/apputils';
import { ABCWidgetFactory, DocumentRegistry, DocumentWidget } from '@jupyterlab/docregistry';
import { ISignal, Signal } from '@lumino/signaling';
import { PanelLayout, Widget } from '@lumino/widgets';
import type { Peer, Problem } from '../component/host';
import { JourneyMapElement, defineJourneyMap } from '../component/journey-map';
import type { JourneyMap } from '../map/generated/journey-map';
import type { MeasuredMap } from '../map/generated/measured-map';
import type { Edit } from '../map/operations';
import type { Place } from '../map/place';
import type { JourneyDoc } from '../shared/journey-doc';
import { JourneyModel } from './model';
import { Notice } from './notice';

export type Context = DocumentRegistry.IContext<JourneyModel>;
export type JourneyWidget = DocumentWidget<JourneyEditor, JourneyModel>;

interface Presence {
  user?: { display_name?: string; name?: string; color?: string };
  place?: Place | null;
}

/** The component over the shared document: what people do goes there and comes back from there. */
export class JourneyEditor extends Widget {
  constructor(
    readonly context: Context,
    private openAsText: () => void
  ) {
    super();
    this.addClass('cjm-Editor');
    this.element = document.createElement(defineJourneyMap()) as JourneyMapElement;
    this.element.hidden = true;
    const layout = (this.layout = new PanelLayout());
    layout.addWidget(this.reading);
    layout.addWidget(this.disk);
    layout.addWidget(this.comparison);
    layout.addWidget(new Widget({ node: this.element }));
    this.listen();
    void context.ready.then(() => this.follow());
  }

  /** Above the map: why it cannot be read, what changed on disk, what it is compared with. */
  readonly reading = new Notice();
  readonly disk = new Notice();
  readonly comparison = new Notice();

  get doc(): JourneyDoc {
    return this.context.model.sharedModel;
  }

  get problems(): readonly Problem[] {
    return this.element.problems;
  }

  set problems(problems: readonly Problem[]) {
    this.element.problems = [...problems];
    this._changed.emit();
  }

  set measured(measured: MeasuredMap | null) {
    this.element.measured = measured;
    this.hash = this.lastHash;
  }

  /** The content hash of the map as it is now, to tell whether the numbers are of another. */
  set hash(hash: string | null) {
    this.lastHash = hash;
    const measured = this.element.measured?.map_hash;
    this.element.outdated = hash !== null && measured !== undefined && measured !== hash;
  }

  /** Which lanes are shown, in order; none for all of them. */
  set lanes(lanes: readonly string[]) {
    this.element.lanes = lanes.length > 0 ? [...lanes] : null;
  }

  get peers(): readonly Peer[] {
    return this.element.peers;
  }

  get selected(): Place | null {
    return this.element.selected;
  }

  /** Anything that the status or the outline shows may have changed. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** Somebody has chosen other lanes on the map. */
  get lanesChosen(): ISignal<this, string[]> {
    return this._lanesChosen;
  }

  select(place: Place | null): void {
    this.element.selected = place;
    this.doc.awareness.setLocalStateField('place', place);
    this._changed.emit();
  }

  undo(): void {
    if (!this.context.model.readOnly) {
      this.doc.undo();
    }
  }

  redo(): void {
    if (!this.context.model.readOnly) {
      this.doc.redo();
    }
  }

  /** Show what is different from another map, until that is ended. */
  compareWith(before: JourneyMap | null, sentence = ''): void {
    this.element.beside = before;
    if (before) {
      this.comparison.say(sentence, { label: 'Stop Comparing', go: () => this.compareWith(null) });
    } else {
      this.comparison.silence();
    }
  }

  override dispose(): void {
    if (!this.isDisposed) {
      this.doc?.awareness?.off('change', this.onPresence);
      Signal.clearData(this);
      super.dispose();
    }
  }

  protected override onActivateRequest(): void {
    const focused = document.activeElement;
    this.wantsFocus = focused === this.node || !this.node.contains(focused);
    this.focusOnMap();
  }

  /** As soon as there is something to focus; never while somebody is writing elsewhere in here. */
  private focusOnMap(): void {
    if (this.wantsFocus && !this.element.hidden && this.isVisible) {
      this.wantsFocus = false;
      this.element.activate(this.element.active, { focus: true });
    }
  }

  private listen(): void {
    const listeners: Record<string, (detail: never) => void> = {
      'cjm-edit': (edit: Edit) => this.apply(edit),
      'cjm-undo': () => this.undo(),
      'cjm-redo': () => this.redo(),
      'cjm-select': (place: Place | null) => this.select(place),
      'cjm-lanes': (lanes: string[]) => this._lanesChosen.emit(lanes)
    };
    for (const [name, listener] of Object.entries(listeners)) {
      this.element.addEventListener(name, event => listener((event as CustomEvent<never>).detail));
    }
  }

  private follow(): void {
    if (this.isDisposed) {
      return;
    }
    this.context.model.contentChanged.connect(this.refresh, this);
    this.context.model.stateChanged.connect(this.refresh, this);
    this.doc.awareness.on('change', this.onPresence);
    this.refresh();
    this.onPresence();
  }

  private apply(edit: Edit): void {
    const wrong = this.context.model.readOnly ? ['The map is read-only.'] : this.doc.apply(edit);
    if (wrong.length > 0) {
      Notification.warning(`${edit.label}: ${wrong.join(' ')}`, { autoClose: 8000 });
      this.element.requestUpdate();
    }
  }

  private refresh(): void {
    const { doc, element } = this;
    const map = doc.journeyMap;
    element.hidden = map === null;
    if (map) {
      element.journeyMap = map;
      this.reading.silence();
    } else {
      const sentence = `This file cannot be shown as a map, and stays as it is. ${doc.unread}`;
      this.reading.say(sentence, { label: 'Open as Text', go: this.openAsText });
    }
    element.readonly = this.context.model.readOnly;
    element.canUndo = doc.canUndo();
    element.canRedo = doc.canRedo();
    this.focusOnMap();
    this.wantsFocus = false;
    this._changed.emit();
  }

  private onPresence = (): void => {
    const { awareness } = this.doc;
    const states = [...awareness.getStates().entries()] as [number, Presence][];
    this.element.peers = states
      .filter(([id, presence]) => id !== awareness.clientID && presence.user)
      .map(([, { user = {}, place = null }]) => ({
        name: user.display_name ?? user.name ?? 'Somebody',
        color: user.color ?? 'var(--jp-brand-color1)',
        place
      }));
    this._changed.emit();
  };

  private element: JourneyMapElement;
  private wantsFocus = false;
  private lastHash: string | null = null;
  private _changed = new Signal<this, void>(this);
  private _lanesChosen = new Signal<this, string[]>(this);
}

export class JourneyWidgetFactory extends ABCWidgetFactory<JourneyWidget, JourneyModel> {
  constructor(
    options: DocumentRegistry.IWidgetFactoryOptions<JourneyWidget>,
    private openAsText: (path: string) => void
  ) {
    super(options);
  }

  protected createNewWidget(context: Context): JourneyWidget {
    const content = new JourneyEditor(context, () => this.openAsText(context.path));
    return new DocumentWidget({ context, content });
  }
}
