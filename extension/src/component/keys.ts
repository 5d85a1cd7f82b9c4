import { Actions } from './actions';
import { Board, rowsOf, stageOf } from './board';
import { CHOICES, Editor } from './editing';
import { Row } from './lanes';
import type { Lane } from './words';

const isHeading = (row: Row): boolean => row === 'stage' || row === 'touchpoint';

/** What the keyboard does: an ARIA grid with one tab stop. */
export class Keys {
  constructor(
    private readonly board: Board,
    private readonly actions: Actions,
    private readonly editor: Editor
  ) {}

  /** Whether the key meant something here. */
  pressed(event: KeyboardEvent): boolean {
    const around = (event.target as Element).closest('.scroller, .side');
    if (this.anywhere(event)) {
      return true;
    }
    if (!around) {
      return false;
    }
    if (around.matches('.side')) {
      return this.inPanel(event);
    }
    return this.board.editing ? this.inEditor(event) : this.inGrid(event);
  }

  /** Chords that hold anywhere in the component. */
  private anywhere(event: KeyboardEvent): boolean {
    const { board } = this;
    if (!(event.ctrlKey || event.metaKey) || event.altKey) {
      return false;
    }
    const typing =
      event.composedPath()[0] instanceof HTMLTextAreaElement ||
      event.composedPath()[0] instanceof HTMLInputElement;
    const chords: Record<string, (() => void) | false> = {
      f: () => board.find(),
      '+': () => this.zoom(1),
      '=': () => this.zoom(1),
      '-': () => this.zoom(-1),
      '0': () => board.zoomTo('normal'),
      z: !typing && (() => (event.shiftKey ? board.redo() : board.undo())),
      y: !typing && (() => board.redo())
    };
    return done(chords[event.key.toLowerCase()]);
  }

  /** Keys of the active cell. */
  private inGrid(event: KeyboardEvent): boolean {
    const { board, actions } = this;
    const { row, at } = board.active;
    const chord = event.ctrlKey || event.metaKey;
    if (event.altKey && !chord) {
      return this.shift(event.key);
    }
    if (chord) {
      const chords: Record<string, () => void> = {
        d: () => at !== '' && actions.duplicate(at),
        Home: () => this.go('stage', board.sections[0]?.place ?? ''),
        End: () => this.go(rowsOf(board).at(-1)!, this.places().at(-1) ?? ''),
        ArrowLeft: () => this.toStage(-1),
        ArrowRight: () => this.toStage(1)
      };
      return done(chords[event.key.length === 1 ? event.key.toLowerCase() : event.key]);
    }
    const keys: Record<string, () => void> = {
      ArrowLeft: () => this.step(-1),
      ArrowRight: () => this.step(1),
      ArrowUp: () => this.climb(-1),
      ArrowDown: () => this.climb(1),
      Home: () => this.go(row, row === 'stage' ? (board.sections[0]?.place ?? '') : ''),
      End: () =>
        this.go(row, row === 'stage' ? (board.sections.at(-1)?.place ?? '') : (this.places().at(-1) ?? '')),
      Enter: () => (at === '' ? this.menu() : this.enter()),
      F2: () => this.enter(),
      Insert: () => at !== '' && actions.addBeside(at, 1),
      Delete: () => this.remove(),
      Backspace: () => this.remove(),
      ContextMenu: () => this.menu(),
      '?': () => board.help(),
      Escape: () => board.zoomTo('normal')
    };
    if (event.key === 'F10' && event.shiftKey) {
      return done(() => this.menu());
    }
    return done(keys[event.key]) || this.type(event.key);
  }

  /** Keys while somebody types into a cell. */
  private inEditor(event: KeyboardEvent): boolean {
    const { board } = this;
    const editing = board.editing!;
    const isChoice = CHOICES.includes(editing.row);
    if (event.isComposing) {
      return false;
    }
    if (event.key === 'Escape') {
      return done(() => board.giveUp());
    }
    if (isChoice && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      return done(() => this.editor.mark(editing, event.key === 'ArrowDown' ? 1 : -1));
    }
    if (event.key === 'Enter' && !event.shiftKey && !event.altKey) {
      return done(() => board.keep({ focus: true }));
    }
    if (event.key === 'Tab' && !this.hasAnotherField(event)) {
      return done(() => board.keep({ focus: true }) && this.step(event.shiftKey ? -1 : 1));
    }
    return false;
  }

  /** Escape leads from the panel back to where one was in the grid. */
  private inPanel(event: KeyboardEvent): boolean {
    const { board } = this;
    return done(
      event.key === 'Escape' &&
        !event.isComposing &&
        !event.defaultPrevented &&
        board.cellElement(board.active) !== null &&
        (() => board.activate(board.active, { focus: true }))
    );
  }

  private hasAnotherField(event: KeyboardEvent): boolean {
    const fields = [
      ...(this.board
        .cellElement(this.board.editing!)
        ?.querySelectorAll('textarea, input:not([type=radio]), select') ?? [])
    ];
    const here = fields.indexOf(event.composedPath()[0] as Element);
    return fields[here + (event.shiftKey ? -1 : 1)] !== undefined && here >= 0;
  }

  private places(): string[] {
    return this.board.columns.map(one => one.place);
  }

  private go(row: Row, at: string): void {
    this.board.activate({ row, at }, { focus: true });
  }

  private step(by: -1 | 1): void {
    const { board } = this;
    const { row, at } = board.active;
    if (board.zoom === 'large' && row !== 'stage') {
      return this.toNeighbour(by);
    }
    const places = row === 'stage' ? board.sections.map(one => one.place) : ['', ...this.places()];
    const next = places[places.indexOf(at) + by];
    if (next !== undefined) {
      this.go(row, next);
    }
  }

  /** The next touchpoint of the whole map, for the view that shows one. */
  private toNeighbour(by: -1 | 1): void {
    const all = this.board.sections.flatMap(one => one.columns).map(one => one.place);
    const next = all[all.indexOf(this.board.columns[0]?.place) + by];
    if (next !== undefined) {
      this.go(this.board.active.row, next);
    }
  }

  private climb(by: -1 | 1): void {
    const { board } = this;
    const { row, at } = board.active;
    const rows = rowsOf(board);
    const next = rows[rows.indexOf(row) + by];
    if (next === undefined) {
      return;
    }
    const section = stageOf(board, at) ?? board.sections[0];
    if (next === 'stage') {
      return this.go('stage', section?.place ?? '');
    }
    this.go(next, row === 'stage' ? (section?.columns[0].place ?? '') : at);
  }

  private toStage(by: -1 | 1): void {
    const { board } = this;
    const section = stageOf(board, board.active.at);
    const next = board.sections[board.sections.indexOf(section!) + by];
    if (next) {
      this.go(board.active.row, board.active.row === 'stage' ? next.place : next.columns[0].place);
    }
  }

  private shift(key: string): boolean {
    const { row, at } = this.board.active;
    const by = key === 'ArrowLeft' || key === 'ArrowUp' ? -1 : 1;
    if (key === 'ArrowLeft' || key === 'ArrowRight') {
      return done(at !== '' && (() => this.actions.shift(at, by)));
    }
    if (key === 'ArrowUp' || key === 'ArrowDown') {
      return done(() => row !== 'stage' && this.actions.shiftLane(row, by));
    }
    return false;
  }

  private enter(): void {
    const { board } = this;
    const { at } = board.active;
    const isEmpty =
      board.columns.find(one => one.place === at)?.touchpoint === null && board.active.row !== 'stage';
    if (isEmpty && !board.readonly) {
      return this.actions.addTouchpoint(at);
    }
    board.begin(board.active);
  }

  private remove(): void {
    const { board } = this;
    const { row, at } = board.active;
    if (board.readonly) {
      return;
    }
    if (at === '') {
      return row === 'stage' || row === 'touchpoint' ? undefined : this.actions.toggleLane(row as Lane);
    }
    return isHeading(row) ? this.actions.remove(at) : this.editor.clear(board.active);
  }

  private menu(): void {
    const { board } = this;
    const box = board.cellElement(board.active)?.getBoundingClientRect();
    if (box) {
      board.openMenu({ cell: board.active, x: box.left + 8, y: Math.min(box.bottom, innerHeight - 40) });
    }
  }

  /** Just typing begins to edit; on the curve, signs and digits set the emotion. */
  private type(key: string): boolean {
    const cell = this.board.active;
    if ([...key].length !== 1 || cell.at === '') {
      return false;
    }
    if (cell.row === 'emotion') {
      if (/^[3-9]$/.test(key)) {
        return done(() => this.board.announce('An emotion goes from −2 to +2. Press 0, 1, 2, + or −.'));
      }
      const digit = /^[0-2]$/.test(key);
      const step = key === '+' ? 1 : key === '-' || key === '−' ? -1 : 0;
      return done(
        (digit || step !== 0) &&
          (() => this.editor.feel(cell, before => (digit ? Number(key) : before + step)))
      );
    }
    if (key === ' ') {
      return done(() => cell.row === 'moments_of_truth' && this.editor.setMoment(cell.at));
    }
    return done(() => this.board.begin(cell, key));
  }

  private zoom(by: -1 | 1): void {
    const levels = ['overview', 'normal', 'large'] as const;
    const next = levels[levels.indexOf(this.board.zoom) + by];
    if (next) {
      this.board.zoomTo(next);
    }
  }
}

function done(action: (() => unknown) | false | undefined): boolean {
  if (!action) {
    return false;
  }
  action();
  return true;
}
