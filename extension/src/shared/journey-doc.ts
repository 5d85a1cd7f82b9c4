import { DocumentChange, YDocument } from '@jupyter/ydoc';
import * as Y from 'yjs';
import { misfits, read } from '../map/check';
import type { JourneyMap } from '../map/generated/journey-map';
import { JsonObject } from '../map/json';
import { Edit, edited } from '../map/operations';
import { textOf } from '../map/text';
import { Reader, Roots, rootsOf } from './structure';
import { keyLikeId, keyOfItsOwn, write } from './writing';

export interface JourneyChange extends DocumentChange {
  /** Somebody, here or elsewhere, has changed the map or the text that is none. */
  contentChange?: boolean;
}

const TEXT = 'text';
const UNREAD = 'unread';

/** A map that several people edit at once; `YJourney` in Python is the same on the server. */
export class JourneyDoc extends YDocument<JourneyChange> {
  constructor() {
    super();
    this.roots = rootsOf(this.ydoc);
    this.reader = new Reader(this.roots);
    for (const root of [this.roots.map, this.roots.stages, this.roots.touchpoints] as Y.Map<unknown>[]) {
      this.undoManager.addToScope(root);
      root.observeDeep(events => this.reader.forget(events as Y.YEvent<Y.Map<unknown>>[]));
    }
    this.ydoc.on('afterTransaction', this.onTransaction);
  }

  static create(): JourneyDoc {
    return new JourneyDoc();
  }

  readonly version = '1.0.0';

  /** Why the text is no map; undefined when it is one. */
  get unread(): string | undefined {
    return this.roots.source.get(UNREAD) ?? (this.roots.map.size === 0 ? 'The file is empty.' : undefined);
  }

  /** The JSON of the map, null while the text is none. What did not change keeps its identity. */
  get journeyMap(): JourneyMap | null {
    return this.unread === undefined ? this.reader.journeyMap() : null;
  }

  /** The file byte for byte as it was read until something is changed, else the canonical text. */
  getSource(): string {
    const written = this.roots.source.get(TEXT);
    const map = this.journeyMap;
    if (!map) {
      return written ?? '';
    }
    const text = textOf(map);
    return written !== undefined && this.saidBy(written) === text ? written : text;
  }

  setSource(text: string): void {
    const reading = read(text);
    if ('map' in reading) {
      this.adopt(reading.map, text);
    } else {
      this.transact(() => this.keep({ [TEXT]: text, [UNREAD]: reading.unread }), false);
    }
  }

  /** What `text` says, read by somebody who knows more, such as older versions of the format. */
  adopt(map: JourneyMap, text: string): void {
    const said = textOf(map);
    this.lastRead = { text, said };
    this.transact(() => {
      write(this.roots, this.reader, JSON.parse(said) as JourneyMap, keyLikeId);
      this.keep(said === text ? {} : { [TEXT]: text });
    }, false);
  }

  /** A better reason than the one found here. */
  explain(reason: string): void {
    if (this.unread !== undefined) {
      this.transact(() => this.keep({ [TEXT]: this.roots.source.get(TEXT) ?? '', [UNREAD]: reason }), false);
    }
  }

  /** Do what a person did, as one step of undo; sentences why not where it would be no map any more. */
  apply(edit: Edit): string[] {
    const before = this.journeyMap;
    if (!before) {
      return [];
    }
    const after = edited(before, edit.operations);
    if (after === before) {
      return [];
    }
    const wrong = misfits(after as unknown as JsonObject);
    if (wrong.length > 0) {
      return wrong;
    }
    this.undoManager.stopCapturing();
    this.transact(() => write(this.roots, this.reader, after, keyOfItsOwn));
    this.dirty = true;
    return [];
  }

  override dispose(): void {
    this.ydoc.off('afterTransaction', this.onTransaction);
    super.dispose();
  }

  private saidBy(text: string): string | undefined {
    if (this.lastRead?.text !== text) {
      const reading = read(text);
      this.lastRead = { text, said: 'map' in reading ? textOf(reading.map) : undefined };
    }
    return this.lastRead.said;
  }

  private keep(wanted: Record<string, string>): void {
    for (const name of [TEXT, UNREAD]) {
      const value = wanted[name];
      if (value === undefined) {
        this.roots.source.delete(name);
      } else if (this.roots.source.get(name) !== value) {
        this.roots.source.set(name, value);
      }
    }
  }

  private onTransaction = (transaction: Y.Transaction): void => {
    const roots: unknown[] = Object.values(this.roots);
    const changed = [...transaction.changedParentTypes.keys()].some(type => roots.includes(type));
    if (changed) {
      this._changed.emit({ contentChange: true });
    }
  };

  private roots: Roots;
  private reader: Reader;
  private lastRead?: { text: string; said: string | undefined };
}
