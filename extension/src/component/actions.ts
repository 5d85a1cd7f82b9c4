import { addingStage, addingTouchpoint, duplicating, idFor, removing, shifting } from '../map/edits';
import { JsonObject, isObject } from '../map/json';
import type { Edit } from '../map/operations';
import { Place, at as valueAt, join, locate } from '../map/place';
import { Board, Cell, stageOf } from './board';
import { ALL_LANES, LANES, Lane } from './words';

const keyOf = (place: Place): string => place.split('/')[1];
const isStage = (place: Place): boolean => place.startsWith('stages/');

/** What can be done with whole stages, touchpoints and lanes. Each says what it did and keeps the focus there. */
export class Actions {
  constructor(private readonly board: Board) {}

  addTouchpoint(stage: Place, before: Place | null = null): void {
    this.made(
      addingTouchpoint(this.board.journeyMap, keyOf(stage), 'New touchpoint', before && keyOf(before)),
      'added',
      true
    );
  }

  /** Beside `at`; at the end of the stage where that is a stage. */
  addBeside(at: Place, side: -1 | 1): void {
    if (isStage(at)) {
      const keys = this.board.sections.map(one => one.place);
      const next = side < 0 ? at : keys[keys.indexOf(at) + 1];
      return this.addStage(next ?? null);
    }
    const section = stageOf(this.board, at);
    const places = section?.columns.map(one => one.place) ?? [];
    const before = side < 0 ? at : (places[places.indexOf(at) + 1] ?? null);
    return section && this.addTouchpoint(section.place, before);
  }

  addStage(before: Place | null = null): void {
    this.made(addingStage(this.board.journeyMap, 'New stage', before && keyOf(before)), 'added', true);
  }

  duplicate(at: Place): void {
    this.made(duplicating(this.board.journeyMap, at), 'added');
  }

  shift(at: Place, by: -1 | 1): void {
    const edit = shifting(this.board.journeyMap, at, by);
    if (!edit) {
      return this.board.announce(`This is the ${by < 0 ? 'first' : 'last'} place.`);
    }
    this.made([edit, at], 'moved');
  }

  move(at: Place, into: Place, before: Place | null): void {
    const label = isStage(at) ? 'Move stage' : 'Move touchpoint';
    this.made(
      [{ label, operations: [{ op: 'move', at, into, before: before && keyOf(before) }] }, at],
      'moved'
    );
  }

  remove(at: Place): void {
    const { board } = this;
    const places = isStage(at)
      ? board.sections.map(one => one.place)
      : board.sections.flatMap(one => one.columns).map(one => one.place);
    const number = places.indexOf(at);
    const next = places[number + 1] ?? places[number - 1] ?? '';
    const name = this.nameOf(at);
    const edit = removing(at);
    board.activate({ row: isStage(next) ? 'stage' : 'touchpoint', at: next }, { focus: true });
    board.edit(edit.label, ...edit.operations);
    board.announce(`${edit.label.replace('Delete', 'Deleted')} ${name}. Undo brings it back.`);
  }

  /** A copy of a touchpoint from the clipboard, behind `at`. */
  paste(at: Place, text: string): boolean {
    const part = parsed(text);
    const section = stageOf(this.board, at);
    if (!part || !section || typeof part.name !== 'string') {
      return false;
    }
    const { match: _, questions: __, touchpoints: ___, ...kept } = part;
    const id = idFor(this.board.journeyMap, 'touchpoints', part.name);
    const places = section.columns.filter(one => one.touchpoint).map(one => one.place);
    const before = isStage(at) ? undefined : places[places.indexOf(at) + 1];
    const operation = {
      op: 'insert' as const,
      into: join(section.place, 'touchpoints'),
      value: { ...kept, id },
      before: before ? keyOf(before) : null
    };
    this.made([{ label: 'Paste touchpoint', operations: [operation] }, join('touchpoints', id)], 'added');
    return true;
  }

  copy({ at }: Cell): string {
    return JSON.stringify(valueAt(this.board.journeyMap, at) ?? null, null, 2);
  }

  shiftLane(lane: Lane, by: -1 | 1): void {
    const lanes = [...this.board.shownLanes];
    const from = lanes.indexOf(lane);
    const to = from + by;
    if (from < 1 || to < 1 || to >= lanes.length) {
      return this.board.announce(`This is the ${by < 0 ? 'first' : 'last'} place.`);
    }
    lanes.splice(to, 0, ...lanes.splice(from, 1));
    this.board.showLanes(lanes);
    this.board.announce(`${LANES[lane]} is now lane ${to + 1} of ${lanes.length}.`);
  }

  toggleLane(lane: Lane): void {
    const { shownLanes } = this.board;
    const shown = shownLanes.includes(lane);
    const others = ALL_LANES.slice(ALL_LANES.indexOf(lane) + 1);
    const at = shownLanes.findIndex(one => others.includes(one));
    const lanes = shown
      ? shownLanes.filter(one => one !== lane)
      : shownLanes.toSpliced(at < 0 ? shownLanes.length : at, 0, lane);
    this.board.showLanes(lanes);
    this.board.announce(`${LANES[lane]} is ${shown ? 'hidden' : 'shown'}.`);
  }

  private made(made: [Edit, Place] | null, done: string, rename = false): void {
    if (!made || this.board.readonly) {
      return;
    }
    const [edit, place] = made;
    this.board.await(place, () => `${this.nameOf(place)} ${done}: ${this.whereIs(place)}.`, rename);
    this.board.edit(edit.label, ...edit.operations);
  }

  private nameOf(place: Place): string {
    return `“${String(valueAt(this.board.journeyMap, join(place, 'name')) ?? '')}”`;
  }

  private whereIs(place: Place): string {
    const steps = locate(this.board.journeyMap, place) ?? [];
    const { sections } = this.board;
    if (isStage(place)) {
      return `stage ${Number(steps[1]) + 1} of ${sections.length}`;
    }
    const section = sections[Number(steps[1])];
    return `touchpoint ${Number(steps[3]) + 1} of ${section?.columns.length ?? 1} in stage “${section?.stage.name ?? ''}”`;
  }
}

function parsed(text: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}
