import type { DocumentRegistry } from '@jupyterlab/docregistry';
import type { IChangedArgs } from '@jupyterlab/coreutils';
import type { Contents } from '@jupyterlab/services';
import type { PartialJSONValue } from '@lumino/coreutils';
import { ISignal, Signal } from '@lumino/signaling';
import { JourneyChange, JourneyDoc } from '../shared/journey-doc';

/** Also the name of the entry point under which the server finds `YJourney`. */
export const CONTENT_TYPE = 'cjm';
export const MODEL = 'journey-map';

type StateChange = IChangedArgs<unknown, unknown, string>;

/** A map as JupyterLab handles documents; what it says is in the shared document. */
export class JourneyModel implements DocumentRegistry.IModel {
  constructor(options: DocumentRegistry.IModelOptions<JourneyDoc> = {}) {
    this.collaborative = options.collaborationEnabled === true;
    this.sharedModel = options.sharedModel ?? JourneyDoc.create();
    this.sharedModel.changed.connect(this.onChange, this);
  }

  readonly collaborative: boolean;
  readonly sharedModel: JourneyDoc;
  readonly defaultKernelName = '';
  readonly defaultKernelLanguage = '';

  get contentChanged(): ISignal<this, void> {
    return this._contentChanged;
  }

  get stateChanged(): ISignal<this, StateChange> {
    return this._stateChanged;
  }

  /** Kept in the shared document: with collaboration it is the server that saves. */
  get dirty(): boolean {
    return this.sharedModel.dirty;
  }

  set dirty(value: boolean) {
    if (value !== this.dirty) {
      this.sharedModel.dirty = value;
    }
  }

  get readOnly(): boolean {
    return this._readOnly;
  }

  set readOnly(newValue: boolean) {
    const oldValue = this._readOnly;
    if (newValue !== oldValue) {
      this._readOnly = newValue;
      this._stateChanged.emit({ name: 'readOnly', oldValue, newValue });
    }
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  initialize(): void {
    this.sharedModel.clearUndoHistory();
  }

  toString(): string {
    return this.sharedModel.getSource();
  }

  fromString(value: string): void {
    this.sharedModel.setSource(value);
  }

  toJSON(): PartialJSONValue {
    return this.sharedModel.journeyMap as unknown as PartialJSONValue;
  }

  fromJSON(value: PartialJSONValue): void {
    this.fromString(JSON.stringify(value));
  }

  dispose(): void {
    if (!this._isDisposed) {
      this._isDisposed = true;
      this.sharedModel.changed.disconnect(this.onChange, this);
      this.sharedModel.dispose();
      Signal.clearData(this);
    }
  }

  private onChange(_: JourneyDoc, change: JourneyChange): void {
    if (change.contentChange) {
      this._contentChanged.emit();
    }
    for (const { name, oldValue, newValue } of change.stateChange ?? []) {
      if (oldValue !== newValue) {
        this._stateChanged.emit({ name, oldValue, newValue });
      }
    }
  }

  private _readOnly = false;
  private _isDisposed = false;
  private _contentChanged = new Signal<this, void>(this);
  private _stateChanged = new Signal<this, StateChange>(this);
}

export class JourneyModelFactory implements DocumentRegistry.IModelFactory<JourneyModel> {
  readonly name = MODEL;
  readonly contentType = CONTENT_TYPE as Contents.ContentType;
  readonly fileFormat: Contents.FileFormat = 'text';
  readonly collaborative = true;

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    this._isDisposed = true;
  }

  preferredLanguage(): string {
    return '';
  }

  createNew(options?: DocumentRegistry.IModelOptions<JourneyDoc>): JourneyModel {
    return new JourneyModel(options);
  }

  private _isDisposed = false;
}
