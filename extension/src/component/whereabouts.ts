import type { Place } from '../map/place';
import { Board, Cell, Editing, partAt, rowsOf } from './board';
import type { Column } from './columns';
import type { Editor } from './editing';
import { cellAt, placeIn } from './lanes';

/** What the active cell is kept in: the component. */
export interface Ground extends Omit<Board, 'active' | 'editing'> {
  active: Cell;
  editing: Editing | null;
}

const isHeading = ({ row }: Cell): boolean => row === 'stage' || row === 'touchpoint';

/** Where one is in the grid: the active cell, the focus and the sight follow what happens to the map. */
export class Whereabouts {
  /** Number of the active column. */
  position = 0;
  wantsFocus = false;
  wantsSight = false;
  awaited: { place: Place; sentence: () => string; rename: boolean } | null = null;
  private hadFocus = false;
  private untouched = true;

  constructor(private readonly ground: Ground) {}

  go(cell: Cell, focus: boolean): void {
    this.ground.active = cell;
    this.untouched = false;
    this.wantsFocus ||= focus;
    this.wantsSight = true;
    this.ground.requestUpdate();
    if (cell.at !== '') {
      this.ground.select(placeIn(cell.at, cell.row));
    }
  }

  /** Whether the focus is in the grid, before it is drawn anew. */
  remember(): void {
    this.hadFocus = Boolean(this.focused?.closest('.map'));
  }

  /** Goes where the host says, unless that is the active cell already. */
  follow(): void {
    const { ground } = this;
    const cell = ground.selected === null ? null : cellAt(ground.selected);
    const { row, at } = ground.active;
    if (cell && ground.selected !== placeIn(at, row)) {
      const isShown = rowsOf(ground).includes(cell.row);
      ground.active = isShown ? cell : { row: 'touchpoint', at: cell.at };
      this.untouched = false;
      this.wantsSight = true;
    }
  }

  /** Keeps the active cell on something that is there, whatever others do to the map. */
  stay(): void {
    const { ground } = this;
    const columns = ground.sections.flatMap(one => one.columns);
    ground.active = this.nearest(ground.active, columns);
    const { at } = ground.active;
    const here = columns.findIndex(one => one.place === at || one.stage === at);
    this.position = here < 0 ? Math.min(this.position, Math.max(columns.length - 1, 0)) : here;
    if (ground.editing && !partAt(ground, ground.editing)) {
      ground.editing = null;
      ground.announce('What you were writing in is not there any more.');
    }
  }

  private nearest(cell: Cell, columns: readonly Column[]): Cell {
    const { row, at } = cell;
    if (!rowsOf(this.ground).includes(row)) {
      return this.nearest({ row: 'touchpoint', at }, columns);
    }
    if (this.untouched && columns[0]) {
      return { row: 'touchpoint', at: columns[0].place };
    }
    const places = (row === 'stage' ? this.ground.sections : columns).map(one => one.place);
    if (at === '' || places.includes(at)) {
      return cell;
    }
    const near =
      columns.find(one => one.stage === at) ?? columns[Math.min(this.position, columns.length - 1)];
    return { row, at: (row === 'stage' ? near?.stage : near?.place) ?? '' };
  }

  /** Goes to what was made or moved, once the map holds it. */
  arrive(isChanged: boolean): void {
    const { ground, awaited } = this;
    if (!isChanged || !awaited) {
      return;
    }
    this.awaited = null;
    const cell: Cell = {
      row: awaited.place.startsWith('stages/') ? 'stage' : 'touchpoint',
      at: awaited.place
    };
    if (partAt(ground, cell)) {
      this.go(cell, true);
      ground.announce(awaited.sentence());
      if (awaited.rename) {
        ground.begin(cell);
      }
    }
  }

  /** Moves tab stop, focus and sight to the active cell, after the grid was drawn. */
  show(before: Editing | null, hasChanged: boolean, editor: Editor): void {
    const { ground } = this;
    const { active, editing } = ground;
    ground.renderRoot
      .querySelectorAll('[data-at][tabindex="0"]')
      .forEach(one => one.setAttribute('tabindex', '-1'));
    const element = ground.cellElement(active);
    element?.setAttribute('tabindex', editing ? '-1' : '0');
    if (element && this.wantsSight) {
      this.reveal(element, active);
    }
    this.wantsFocus ||= this.hadFocus && !this.focused;
    if (editing && hasChanged) {
      if (before?.row === editing.row && before.at === editing.at) {
        editor.shown(editing);
      } else {
        editor.focus(editing);
      }
    } else if (this.wantsFocus) {
      element?.focus({ preventScroll: true });
    }
    this.wantsFocus = this.wantsSight = false;
  }

  /** Headings and lane names stick to the edges, so that nothing may be scrolled below them. */
  private reveal(element: HTMLElement, cell: Cell): void {
    const scroller = element.closest<HTMLElement>('.scroller');
    const corner = scroller?.querySelector<HTMLElement>('.corner');
    if (scroller && corner) {
      const top = isHeading(cell) ? 0 : (corner.closest('thead')?.offsetHeight ?? 0);
      const left = cell.at === '' ? 0 : corner.offsetWidth;
      scroller.style.scrollPadding = `${top}px 0 0 ${left}px`;
      element.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    }
  }

  private get focused(): Element | null {
    const { renderRoot } = this.ground;
    return renderRoot instanceof ShadowRoot ? renderRoot.activeElement : null;
  }
}
