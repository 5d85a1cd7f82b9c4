import { TemplateResult, html, nothing } from 'lit';
import { Actions } from './actions';
import type { Board, Cell } from './board';
import type { Lane } from './words';

interface Item {
  says: string;
  keys?: string;
  does: () => void;
}

/** The actions of a stage, a touchpoint or a lane, as a menu. */
export class ActionsMenu {
  constructor(
    private readonly board: Board,
    private readonly actions: Actions
  ) {}

  render(): TemplateResult | typeof nothing {
    const { menu } = this.board;
    if (!menu) {
      return nothing;
    }
    const items = this.items(menu.cell);
    return html`<div
      class="menu"
      role="menu"
      aria-label="Actions"
      popover="manual"
      style="left:${menu.x}px;top:${menu.y}px"
      @keydown=${this.key}
      @focusout=${this.left}
    >
      ${items.map(
        item =>
          html`<button role="menuitem" tabindex="-1" @click=${() => this.choose(item)}>
            <span>${item.says}</span>${item.keys ? html`<kbd>${item.keys}</kbd>` : nothing}
          </button>`
      )}
    </div>`;
  }

  /** Shows the menu inside the window and puts the focus on its first item. */
  shown(): void {
    const element = this.element;
    if (!element || element.matches(':popover-open')) {
      return;
    }
    element.showPopover();
    const { width, height } = element.getBoundingClientRect();
    const { x, y } = this.board.menu!;
    element.style.left = `${Math.max(Math.min(x, innerWidth - width - 8), 8)}px`;
    element.style.top = `${Math.max(Math.min(y, innerHeight - height - 8), 8)}px`;
    element.querySelector('button')?.focus();
  }

  private get element(): HTMLElement | null {
    return this.board.renderRoot.querySelector('.menu');
  }

  private items(cell: Cell): Item[] {
    const { board, actions } = this;
    const { at, row } = cell;
    if (at === '') {
      const lane = row as Lane;
      return [
        { says: 'Move up', keys: 'Alt+↑', does: () => actions.shiftLane(lane, -1) },
        { says: 'Move down', keys: 'Alt+↓', does: () => actions.shiftLane(lane, 1) },
        { says: 'Hide this lane', keys: 'Del', does: () => actions.toggleLane(lane) }
      ];
    }
    const look: Item = { says: 'Large view', does: () => (board.activate(cell), board.zoomTo('large')) };
    if (board.readonly) {
      return row === 'stage' ? [] : [look];
    }
    const rename: Item = {
      says: row === 'stage' || row === 'touchpoint' ? 'Rename' : 'Edit',
      keys: 'Enter',
      does: () => board.begin(cell)
    };
    const what = at.startsWith('stages/') ? 'stage' : 'touchpoint';
    const inside: Item[] =
      what === 'stage' ? [{ says: 'Add touchpoint', does: () => actions.addTouchpoint(at) }] : [look];
    return [
      rename,
      ...inside,
      { says: `Add ${what} before`, does: () => actions.addBeside(at, -1) },
      { says: `Add ${what} after`, keys: 'Ins', does: () => actions.addBeside(at, 1) },
      { says: 'Duplicate', keys: 'Ctrl+D', does: () => actions.duplicate(at) },
      { says: 'Move left', keys: 'Alt+←', does: () => actions.shift(at, -1) },
      { says: 'Move right', keys: 'Alt+→', does: () => actions.shift(at, 1) },
      { says: 'Delete', keys: 'Del', does: () => actions.remove(at) }
    ];
  }

  private choose(item: Item): void {
    const { cell } = this.board.menu!;
    this.board.openMenu(null);
    this.board.activate(cell, { focus: true });
    item.does();
  }

  private readonly key = (event: KeyboardEvent): void => {
    const items = [...(this.element?.querySelectorAll('button') ?? [])];
    const here = items.indexOf(event.target as HTMLButtonElement);
    const next: Record<string, number> = {
      ArrowDown: here + 1,
      ArrowUp: here - 1 + items.length,
      Home: 0,
      End: items.length - 1
    };
    if (event.key in next) {
      items[next[event.key] % items.length].focus();
    } else if (event.key === 'Escape' || event.key === 'Tab') {
      const { cell } = this.board.menu!;
      this.board.openMenu(null);
      this.board.activate(cell, { focus: true });
    } else if (event.key !== 'Enter' && event.key !== ' ') {
      return;
    } else {
      event.stopPropagation();
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  };

  private readonly left = (event: FocusEvent): void => {
    if (!(event.relatedTarget instanceof Node) || !this.element?.contains(event.relatedTarget)) {
      this.board.openMenu(null);
    }
  };
}
