import type { Actions } from './actions';
import { Board, partAt } from './board';
import { CHOICES } from './editing';
import { choicesOf } from './editors';
import { cellOf } from './grid';
import { textsOf } from './lanes';

const DOUBLE_CLICK = 250;

/** What the mouse does in the grid, and the clipboard. One listener each for all cells. */
export class Pointer {
  private wasActive = false;
  private later = 0;

  constructor(
    private readonly board: Board,
    private readonly actions: Actions
  ) {}

  readonly press = (event: MouseEvent): void => {
    const cell = cellOf(event.target);
    this.wasActive = cell !== null && (this.board.cellElement(cell)?.matches(':focus') ?? false);
    if ((event.target as Element).closest('[data-choice]')) {
      event.preventDefault();
    }
  };

  readonly click = (event: MouseEvent): void => {
    const { board, actions } = this;
    const target = event.target as Element;
    const cell = cellOf(target);
    const button = target.closest<HTMLElement>('[data-act]');
    const choice = target.closest<HTMLElement>('[data-choice]');
    if (button?.dataset.act === 'begin') {
      return actions.addStage();
    }
    if (button?.dataset.act === 'guide') {
      board.panel = 'guide';
      return;
    }
    if (!cell) {
      return;
    }
    if (choice) {
      board.change({ option: Number(choice.dataset.choice) });
      board.keep({ focus: true });
    } else if (button?.dataset.act === 'menu') {
      const { left, bottom } = button.getBoundingClientRect();
      board.openMenu({ cell, x: left, y: bottom + 2 });
    } else if (button) {
      actions.addTouchpoint(cell.at);
    } else if (!target.closest('a, .editor')) {
      this.chosen(event, cell);
    }
  };

  /** A click edits a cell; on a heading it selects first, since a heading is also dragged and opened. */
  private chosen(event: MouseEvent, cell: { row: string; at: string }): void {
    const { board } = this;
    const there = cellOf(event.target)!;
    const selects = (getSelection()?.toString() ?? '') !== '';
    board.activate(there, { focus: !selects });
    if (board.readonly || selects || cell.at === '' || event.detail > 1) {
      return;
    }
    if (cell.row !== 'stage' && cell.row !== 'touchpoint') {
      board.begin(there);
    } else if (this.wasActive) {
      this.later = window.setTimeout(() => board.begin(there), DOUBLE_CLICK);
    }
  }

  readonly twice = (event: MouseEvent): void => {
    const { board } = this;
    const cell = cellOf(event.target);
    clearTimeout(this.later);
    if (!cell?.at || (event.target as Element).closest('.editor, button')) {
      return;
    }
    board.activate(cell);
    board.zoomTo(board.zoom === 'normal' ? 'large' : 'normal');
  };

  readonly context = (event: MouseEvent): void => {
    const cell = cellOf(event.target);
    if (
      !cell ||
      (event.target as Element).closest('.editor, a') ||
      (getSelection()?.toString() ?? '') !== ''
    ) {
      return;
    }
    event.preventDefault();
    this.board.activate(cell);
    this.board.openMenu({ cell, x: event.clientX, y: event.clientY });
  };

  readonly came = (event: FocusEvent): void => {
    const cell = cellOf(event.target);
    const { active } = this.board;
    if (
      cell &&
      event.target instanceof Element &&
      event.target.matches('[data-at]') &&
      (cell.row !== active.row || cell.at !== active.at)
    ) {
      this.board.activate(cell);
    }
  };

  /** Whoever leaves an editor keeps what they typed, if it can be kept. */
  readonly left = (event: FocusEvent): void => {
    const { board } = this;
    const { editing } = board;
    const goesTo = event.relatedTarget;
    if (!editing || (goesTo instanceof Node && board.cellElement(editing)?.contains(goesTo))) {
      return;
    }
    if (!(event.target as Element).closest('.editor')) {
      return;
    }
    if (CHOICES.includes(editing.row) && choicesOf(board, editing)[editing.option]?.id === '+') {
      board.change({ option: -1 });
    }
    if (!board.keep()) {
      board.announce(`${board.editing?.error ?? ''} Nothing was changed.`);
      board.change({ error: '' });
      board.giveUp();
    }
  };

  readonly copy = (event: ClipboardEvent): void => {
    const { board } = this;
    const { active } = board;
    if (board.editing || !event.clipboardData || (getSelection()?.toString() ?? '') !== '') {
      return;
    }
    const column = board.columns.find(one => one.place === active.at);
    const isHeading = active.row === 'stage' || active.row === 'touchpoint';
    const lines =
      column?.touchpoint && active.row !== 'stage'
        ? textsOf(active.row, column.touchpoint, board.refs, column.numbers)
        : [];
    event.clipboardData.setData('text/plain', isHeading ? this.actions.copy(active) : lines.join('\n'));
    event.preventDefault();
    board.announce('Copied.');
  };

  readonly paste = (event: ClipboardEvent): void => {
    const { board } = this;
    const text = event.clipboardData?.getData('text/plain') ?? '';
    if (board.editing || board.readonly || text === '' || !board.active.at) {
      return;
    }
    event.preventDefault();
    if (this.actions.paste(board.active.at, text)) {
      return;
    }
    if (partAt(board, board.active)) {
      board.begin(board.active, text);
    }
  };
}
