import type { Touchpoint } from '../map/generated/journey-map';
import type { Place } from '../map/place';
import { Board, Cell, Editing, partAt } from './board';
import { Refusal, editOf, emptied, isEditable } from './drafts';
import { choicesOf, draftIn } from './editors';
import { Row, emotionInWords } from './lanes';
import { LANES } from './words';

export const CHOICES: readonly Row[] = ['channel', 'department', 'moments_of_truth'];
export const LISTS: readonly Row[] = ['pain_points', 'opportunities', 'backstage'];

/** Editing in place: from the first key to one edit, or to none. */
export class Editor {
  constructor(private readonly board: Board) {}

  /** The editor of a cell; null where there is nothing to edit. */
  opened(cell: Cell, typed: string | null): Editing | null {
    const part = partAt(this.board, cell);
    if (this.board.readonly || !part || !isEditable(cell.row)) {
      return null;
    }
    const filter = CHOICES.includes(cell.row) ? typed : null;
    return { ...cell, part, typed, filter, option: -1, error: '' };
  }

  /** Puts the cursor where typing goes on. */
  focus(editing: Editing): void {
    const element = this.board.cellElement(editing);
    const fields = element?.querySelectorAll<HTMLElement>('textarea, input, select');
    if (!element || !fields?.length) {
      return;
    }
    const toAdd = LISTS.includes(editing.row) && editing.typed !== null;
    const field =
      element.querySelector<HTMLElement>('input[type=radio]:checked') ??
      fields[toAdd ? fields.length - 1 : 0];
    field.focus({ preventScroll: false });
    if (
      field instanceof HTMLTextAreaElement ||
      (field instanceof HTMLInputElement && field.type === 'text')
    ) {
      const isNew =
        editing.typed === null &&
        (CHOICES.includes(editing.row) || 'New touchpoint New stage'.includes(field.value));
      field.setSelectionRange(isNew ? 0 : field.value.length, field.value.length);
    }
    fields.forEach(one => one instanceof HTMLTextAreaElement && grow(one));
    this.openChoices(element);
  }

  /** After the editor was drawn anew: its list of choices stays open. */
  shown(editing: Editing): void {
    const element = this.board.cellElement(editing);
    if (element) {
      this.openChoices(element);
      element.querySelector('[role=option][aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
    }
  }

  /** What is in the editor, kept as one edit. Says why, in the cell, where it can't be kept. */
  keep(editing: Editing): boolean {
    const element = this.board.cellElement(editing);
    if (!element) {
      return true;
    }
    try {
      const edit = editOf(editing, this.draft(editing, element), this.board.refs);
      if (edit) {
        this.board.edit(edit.label, ...edit.operations);
      }
      return true;
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) {
        throw refusal;
      }
      this.board.change({ error: refusal.message });
      return false;
    }
  }

  /** Takes away what a cell says. */
  clear(cell: Cell): void {
    const editing = this.opened(cell, null);
    if (!editing || cell.row === 'stage' || cell.row === 'touchpoint') {
      return;
    }
    try {
      const edit = editOf(editing, emptied(editing, this.board.refs), this.board.refs);
      if (edit) {
        this.board.edit(edit.label, ...edit.operations);
        this.board.announce(`${LANES[cell.row]} is empty now.`);
      }
    } catch (refusal) {
      this.board.announce((refusal as Error).message);
    }
  }

  /** One step better or worse, from wherever the emotion stands. */
  feel({ at }: Cell, to: (before: number) => number): void {
    const editing = this.opened({ row: 'emotion', at }, null);
    const before = Number((editing?.part as Touchpoint | undefined)?.emotion ?? 0);
    const wanted = String(Math.min(Math.max(to(before), -2), 2));
    const edit = editing && editOf(editing, [wanted], this.board.refs);
    if (edit) {
      this.board.edit(edit.label, ...edit.operations);
      this.board.announce(`Emotion ${emotionInWords(Number(wanted))}.`);
    }
  }

  setMoment(at: Place): void {
    const editing = this.opened({ row: 'moments_of_truth', at }, null);
    const isOne = Boolean((editing?.part as Touchpoint | undefined)?.moment_of_truth);
    const edit = editing && editOf(editing, [isOne ? '' : 'yes'], this.board.refs);
    if (edit) {
      this.board.edit(isOne ? 'Take moment of truth away' : 'Mark moment of truth', ...edit.operations);
      this.board.announce(isOne ? 'Not a moment of truth any more.' : 'Marked as a moment of truth.');
    }
  }

  /** Narrows the choices to what was typed, and grows a text field with its text. */
  input(editing: Editing, field: EventTarget): void {
    if (field instanceof HTMLTextAreaElement) {
      grow(field);
    } else if (field instanceof HTMLInputElement && field.getAttribute('role') === 'combobox') {
      this.board.change({ filter: field.value, option: field.value.trim() === '' ? -1 : 0, error: '' });
    }
    if (editing.error) {
      this.board.change({ error: '' });
    }
  }

  /** Marks the next or the previous choice. */
  mark(editing: Editing, by: -1 | 1): void {
    const { length } = choicesOf(this.board, editing);
    const from = editing.option < 0 && by < 0 ? 0 : editing.option;
    this.board.change({ option: (from + by + length) % length });
  }

  private draft(editing: Editing, element: HTMLElement): string[] {
    if (!CHOICES.includes(editing.row)) {
      const draft = draftIn(element);
      return editing.row === 'emotion' && draft.length === 0 ? [''] : draft;
    }
    const chosen = choicesOf(this.board, editing)[editing.option];
    const typed = element.querySelector('input')!.value.trim();
    if (chosen) {
      return [chosen.id === '+' ? chosen.name : chosen.id];
    }
    if (editing.row !== 'moments_of_truth' || typed === '') {
      return [typed];
    }
    const found = choicesOf(this.board, { ...editing, filter: null }).find(
      one => one.name === typed.toLowerCase()
    );
    if (!found) {
      throw new Refusal('Choose one of the list, or leave it empty.');
    }
    return [found.id];
  }

  private openChoices(element: HTMLElement): void {
    const list = element.querySelector<HTMLElement>('[popover]');
    if (!list?.isConnected || list.matches(':popover-open')) {
      return;
    }
    const { left, bottom, top, width } = element.querySelector('input')!.getBoundingClientRect();
    list.showPopover();
    const below = innerHeight - bottom;
    const upward = below < 180 && top > below;
    Object.assign(list.style, {
      left: `${left}px`,
      minWidth: `${width}px`,
      top: upward ? 'auto' : `${bottom + 2}px`,
      bottom: upward ? `${innerHeight - top + 2}px` : 'auto',
      maxHeight: `${Math.max((upward ? top : below) - 12, 120)}px`
    });
  }
}

function grow(field: HTMLTextAreaElement): void {
  field.style.height = 'auto';
  field.style.height = `${field.scrollHeight + 2}px`;
}
