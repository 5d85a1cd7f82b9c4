/**
 * A map as shared types, the same that `cjm_notebooks.collaboration` makes in Python, where the
 * structure is described.
 */
import * as Y from 'yjs';
import type { JourneyMap } from '../map/generated/journey-map';
import { Json, JsonObject, isObject } from '../map/json';
import { fieldsOf, isOwnField } from '../map/shape';

export type Entries = Y.Map<unknown>;

export const ORDER = '$order';
export const STAGE = '$stage';

export interface Roots {
  map: Entries;
  stages: Y.Map<Entries>;
  touchpoints: Y.Map<Entries>;
  source: Y.Map<string>;
}

/** A stage or touchpoint as it stands in the document; `stage` is the key of its stage. */
export interface Entry {
  key: string;
  order: string;
  stage: string;
  fields: JsonObject;
}

export function rootsOf(ydoc: Y.Doc): Roots {
  return {
    map: ydoc.getMap('map'),
    stages: ydoc.getMap('stages'),
    touchpoints: ydoc.getMap('touchpoints'),
    source: ydoc.getMap('source')
  };
}

/** The fields of a part that hold lists of parts; stages have a place of their own. */
export function listsOf(part: string): string[] {
  return fieldsOf(part)
    .filter(field => field.kind === 'parts' && field.name !== 'stages')
    .map(field => field.name);
}

export function isListOfParts(value: Json | undefined): value is JsonObject[] {
  return Array.isArray(value) && value.length > 0 && value.every(isObject);
}

/** What a field holds in a shared object. */
export function sharedValue(name: string, value: Json): unknown {
  if (isOwnField(name)) {
    return JSON.stringify(value);
  }
  if (isObject(value)) {
    return sharedObject(value);
  }
  return isListOfParts(value) ? Y.Array.from(value.map(one => sharedObject(one))) : value;
}

/** `lists` are there from the beginning, so that two who add the first entry share one list. */
export function sharedObject(fields: JsonObject, lists: readonly string[] = []): Entries {
  const shared = new Y.Map<unknown>();
  for (const [name, value] of Object.entries(fields)) {
    if (value !== undefined && value !== null) {
      shared.set(name, sharedValue(name, value));
    }
  }
  for (const name of lists.filter(name => fields[name] === undefined)) {
    shared.set(name, new Y.Array());
  }
  return shared;
}

/** Plain JSON out of a shared document; what did not change is the same object as before. */
export class Reader {
  constructor(private roots: Roots) {}

  /** Forget what these events changed, and what it stands in; who only moves stays the same. */
  forget(events: readonly Y.YEvent<Y.Map<unknown>>[]): void {
    for (const event of events.filter(event => !isMove(event))) {
      for (let changed: object | null = event.target; changed; changed = (changed as Entries).parent) {
        this.plain.delete(changed);
      }
    }
    this.map = undefined;
  }

  /** Stages or touchpoints in their order; where two people put one at the same place, by key. */
  entriesIn(shared: Y.Map<Entries>): Entry[] {
    const found = [...shared.entries()].map(([key, own]) => ({
      key,
      order: String(own.get(ORDER) ?? ''),
      stage: String(own.get(STAGE) ?? ''),
      fields: this.fieldsOf(own)
    }));
    return found.sort((a, b) => compared(a.order, b.order) || compared(a.key, b.key));
  }

  /**
   * Touchpoints by the key of their stage. One whose stage somebody has deleted meanwhile, while
   * another put it there, stands at the end of the last stage.
   */
  standing(stages: readonly Entry[]): Map<string, Entry[]> {
    const byStage = new Map(stages.map(stage => [stage.key, [] as Entry[]]));
    const touchpoints = this.entriesIn(this.roots.touchpoints);
    for (const one of touchpoints) {
      byStage.get(one.stage)?.push(one);
    }
    const last = stages.at(-1);
    if (last) {
      byStage.get(last.key)!.push(...touchpoints.filter(one => !byStage.has(one.stage)));
    }
    return byStage;
  }

  journeyMap(): JourneyMap {
    if (!this.map) {
      const entries = this.entriesIn(this.roots.stages);
      const standing = this.standing(entries);
      const stages = entries.map(stage => this.stageWith(stage, standing.get(stage.key)!));
      this.stages = kept(this.stages, stages);
      const own = this.fieldsOf(this.roots.map);
      this.map = (stages.length > 0 ? { ...own, stages: this.stages } : own) as unknown as JourneyMap;
    }
    return this.map;
  }

  private stageWith(stage: Entry, standing: readonly Entry[]): JsonObject {
    const before = this.whole.get(stage.key);
    const touchpoints = kept(
      before?.touchpoints,
      standing.map(one => one.fields)
    );
    if (before?.fields === stage.fields && before.touchpoints === touchpoints) {
      return before.stage;
    }
    const whole = touchpoints.length > 0 ? { ...stage.fields, touchpoints } : stage.fields;
    this.whole.set(stage.key, { fields: stage.fields, touchpoints, stage: whole });
    return whole;
  }

  /** The fields of a file from those of a shared object: no empty list, own fields read. */
  fieldsOf(shared: Entries): JsonObject {
    const before = this.plain.get(shared);
    if (before) {
      return before as JsonObject;
    }
    const fields: JsonObject = {};
    for (const [name, value] of shared.entries()) {
      if (name !== ORDER && name !== STAGE) {
        const plain = isOwnField(name) ? (JSON.parse(value as string) as Json) : this.plainValue(value);
        if (!Array.isArray(plain) || plain.length > 0 || isOwnField(name)) {
          fields[name] = plain;
        }
      }
    }
    this.plain.set(shared, fields);
    return fields;
  }

  plainValue(value: unknown): Json {
    if (value instanceof Y.Map) {
      return this.fieldsOf(value as Entries);
    }
    if (!(value instanceof Y.Array)) {
      return value as Json;
    }
    const before = this.plain.get(value) as Json[] | undefined;
    const list = before ?? value.toArray().map(one => this.plainValue(one));
    this.plain.set(value, list);
    return list;
  }

  private plain = new WeakMap<object, Json>();
  private whole = new Map<string, { fields: JsonObject; touchpoints: JsonObject[]; stage: JsonObject }>();
  private stages: JsonObject[] = [];
  private map?: JourneyMap;
}

function isMove(event: Y.YEvent<Y.Map<unknown>>): boolean {
  const changed = event instanceof Y.YMapEvent ? [...(event.keysChanged as Set<string>)] : [];
  return changed.length > 0 && changed.every(name => name === ORDER || name === STAGE);
}

/** The list from before where it holds the same entries. */
function kept(before: JsonObject[] | undefined, now: JsonObject[]): JsonObject[] {
  return before?.length === now.length && now.every((one, at) => one === before[at]) ? before : now;
}

function compared(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
