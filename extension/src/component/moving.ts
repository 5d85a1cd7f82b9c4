import type { Place } from '../map/place';
import type { Actions } from './actions';
import { Board, stageOf } from './board';
import { cellOf } from './grid';

const FAR_ENOUGH = 6;
const EDGE = 48;

interface Drop {
  into: Place;
  before: Place | null;
  x: number;
}

/** Stages and touchpoints are dragged by their headings; a line shows where they would go. */
export class Moving {
  private dragged: Place | null = null;
  private start = 0;
  private drop: Drop | null = null;
  private line: HTMLElement | null = null;

  constructor(
    private readonly board: Board,
    private readonly actions: Actions
  ) {}

  readonly down = (event: PointerEvent): void => {
    const cell = cellOf(event.target);
    const target = event.target as Element;
    const isHeading = cell?.row === 'stage' || cell?.row === 'touchpoint';
    if (
      !cell?.at ||
      !isHeading ||
      event.button !== 0 ||
      event.pointerType === 'touch' ||
      this.board.readonly
    ) {
      return;
    }
    if (
      target.closest('button, textarea, input, select, a') ||
      (cell.row === 'touchpoint' && !cell.at.startsWith('touchpoints/'))
    ) {
      return;
    }
    this.dragged = cell.at;
    this.start = event.clientX;
    addEventListener('pointermove', this.move);
    addEventListener('pointerup', this.up);
    addEventListener('pointercancel', this.stop);
    addEventListener('keydown', this.escape, true);
  };

  private readonly move = (event: PointerEvent): void => {
    if (!this.line && Math.abs(event.clientX - this.start) < FAR_ENOUGH) {
      return;
    }
    const scroller = this.scroller;
    if (!scroller) {
      return this.stop();
    }
    event.preventDefault();
    if (!this.line) {
      this.line = scroller.appendChild(document.createElement('div'));
      this.line.className = 'drop-line';
      scroller.classList.add('dragging');
    }
    const box = scroller.getBoundingClientRect();
    scroller.scrollLeft += event.clientX > box.right - EDGE ? 16 : event.clientX < box.left + EDGE ? -16 : 0;
    this.drop = this.dropAt(event.clientX);
    this.line.hidden = !this.drop;
    if (this.drop) {
      this.line.style.left = `${this.drop.x - box.left + scroller.scrollLeft - 1}px`;
      this.line.style.height = `${scroller.scrollHeight}px`;
    }
  };

  private readonly up = (): void => {
    const { dragged, drop, line } = this;
    this.stop();
    if (line && dragged && drop && drop.before !== dragged) {
      this.actions.move(dragged, drop.into, drop.before);
    }
    if (line) {
      addEventListener('click', swallow, { capture: true, once: true });
      setTimeout(() => removeEventListener('click', swallow, true));
    }
  };

  private readonly escape = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && this.line) {
      event.stopPropagation();
      this.stop();
    }
  };

  readonly stop = (): void => {
    removeEventListener('pointermove', this.move);
    removeEventListener('pointerup', this.up);
    removeEventListener('pointercancel', this.stop);
    removeEventListener('keydown', this.escape, true);
    this.line?.remove();
    this.scroller?.classList.remove('dragging');
    this.dragged = this.drop = this.line = null;
  };

  private get scroller(): HTMLElement | null {
    return this.board.renderRoot.querySelector('.scroller');
  }

  /** The gap nearest to `x`: before or behind the heading that the pointer is over. */
  private dropAt(x: number): Drop | null {
    const isStage = this.dragged!.startsWith('stages/');
    const row = isStage ? 'stage' : 'touchpoint';
    const headings = [
      ...this.board.renderRoot.querySelectorAll<HTMLElement>(
        `tr[data-row=${row}] > [data-at]:not([data-at=""])`
      )
    ];
    const over = headings.find(one => x < one.getBoundingClientRect().right) ?? headings.at(-1);
    if (!over) {
      return null;
    }
    const { left, right } = over.getBoundingClientRect();
    const middle = (left + right) / 2;
    const next = headings[headings.indexOf(over) + 1]?.dataset.at ?? null;
    const gap = x < middle ? { before: over.dataset.at!, x: left } : { before: next, x: right };
    return isStage ? { into: 'stages', ...gap } : this.inStage(over.dataset.at!, gap, middle);
  }

  /** The same gap as one of the stage that the pointer is over. */
  private inStage(at: Place, gap: Omit<Drop, 'into'>, middle: number): Drop | null {
    const section = stageOf(this.board, at);
    if (!section) {
      return null;
    }
    const into = `${section.place}/touchpoints`;
    if (at === section.place) {
      return { into, before: null, x: middle };
    }
    const isOwn = section.columns.some(one => one.place === gap.before);
    return { into, before: isOwn ? gap.before : null, x: gap.x };
  }
}

function swallow(event: Event): void {
  event.stopPropagation();
  event.preventDefault();
}
