import type { Place } from '../map/place';
import type { Column, Section } from './columns';
import type { CrossReferences } from './cross-references';
import type { Edited } from './drafts';
import type { Host } from './host';
import type { Row } from './lanes';
import type { Panel } from './side';
import type { Lane } from './words';

export type Zoom = 'overview' | 'normal' | 'large';

/** A cell of the grid; the column of lane names has the place `""`. */
export interface Cell {
  row: Row;
  at: Place;
}

/** The cell that somebody is typing into. */
export interface Editing extends Edited {
  /** What to begin with instead of what stands there. */
  typed: string | null;
  /** What narrows a list of choices, and which of them is marked. */
  filter: string | null;
  option: number;
  error: string;
}

/** A menu of what can be done with a stage, a touchpoint or a lane. */
export interface Menu {
  cell: Cell;
  x: number;
  y: number;
}

/** What the parts of the grid see of the component. */
export interface Board extends Host {
  readonly sections: readonly Section[];
  /** The columns on the screen: all, or one in the large view. */
  readonly columns: readonly Column[];
  readonly shownLanes: readonly Lane[];
  readonly zoom: Zoom;
  readonly active: Cell;
  readonly editing: Editing | null;
  readonly menu: Menu | null;
  readonly refs: CrossReferences;
  panel: Panel | null;
  /** The element of a cell, if it is on the screen. */
  cellElement(cell: Cell): HTMLElement | null;
  activate(cell: Cell, options?: { focus?: boolean }): void;
  begin(cell: Cell, typed?: string | null): void;
  /** Keeps what was typed; false where it can't be kept. */
  keep(options?: { focus?: boolean }): boolean;
  giveUp(): void;
  change(editing: Partial<Editing>): void;
  /** Focuses this place once the map holds it, and says a sentence about it then. */
  await(place: Place, sentence: () => string, rename?: boolean): void;
  zoomTo(zoom: Zoom): void;
  showLanes(lanes: readonly Lane[]): void;
  openMenu(menu: Menu | null): void;
  find(): void;
  help(): void;
  undo(): void;
  redo(): void;
}

/** The rows on the screen, from the top. */
export function rowsOf({ zoom, shownLanes }: Pick<Board, 'zoom' | 'shownLanes'>): Row[] {
  return ['stage', ...(zoom === 'overview' ? (['touchpoint', 'emotion'] as const) : shownLanes)];
}

/** The part of the map that a column or a stage's heading stands for. */
export function partAt(board: Board, { row, at }: Cell) {
  const section = board.sections.find(one => one.place === at);
  if (row === 'stage' || section) {
    return row === 'stage' ? (section?.stage ?? null) : null;
  }
  return board.sections.flatMap(one => one.columns).find(one => one.place === at)?.touchpoint ?? null;
}

export function stageOf(board: Board, at: Place): Section | undefined {
  return board.sections.find(one => one.place === at || one.columns.some(column => column.place === at));
}
