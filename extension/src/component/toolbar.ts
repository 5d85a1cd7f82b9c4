import { TemplateResult, html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { placeOf } from '../map/place';
import type { Actions } from './actions';
import { Board, Zoom, rowsOf } from './board';
import type { Problem } from './host';
import type { Panel } from './side';
import { cellAt } from './lanes';
import { ALL_LANES, LANES, Lane, counted } from './words';

const ZOOMS: Record<Zoom, [string, string]> = {
  overview: ['Overview', 'Names and emotions of the whole map (Ctrl+−)'],
  normal: ['Map', 'All lanes (Ctrl+0)'],
  large: ['Touchpoint', 'One touchpoint, large (Ctrl++)']
};

/** What else the toolbar sees and switches. */
export interface Switches extends Board {
  readonly problems: readonly Problem[];
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  readonly isComparing: boolean;
  persona: string | null;
}

export class Toolbar {
  private problem = -1;

  constructor(
    private readonly board: Switches,
    private readonly actions: Actions
  ) {}

  render(): TemplateResult {
    const { board } = this;
    return html`<div class="toolbar" role="group" aria-label="Map">
      <button class="title" @click=${() => board.select('')} title="Show what the map itself says">
        <span dir="auto">${board.journeyMap.name || 'Journey map'}</span>
      </button>
      <div class="segments" role="group" aria-label="Zoom">
        ${(Object.keys(ZOOMS) as Zoom[]).map(
          zoom =>
            html`<button
              aria-pressed=${board.zoom === zoom ? 'true' : 'false'}
              title=${ZOOMS[zoom][1]}
              @click=${() => board.zoomTo(zoom)}
            >
              ${ZOOMS[zoom][0]}
            </button>`
        )}
      </div>
      ${this.editing()} ${this.personas()} ${this.lanes()}
      <button @click=${() => board.find()} title="Find (Ctrl+F)">Find</button>
      ${this.problems()}
      <span class="panels">
        ${board.isComparing ? this.panel('changes', 'Changes') : nothing} ${this.panel('details', 'Details')}
        ${board.readonly ? nothing : this.panel('guide', 'Guide')}
        <button @click=${() => board.help()} title="Keyboard (?)" aria-label="Keyboard">?</button>
      </span>
    </div>`;
  }

  private editing(): unknown {
    const { board } = this;
    if (board.readonly) {
      return nothing;
    }
    return html`<div class="segments" role="group" aria-label="Undo">
        <button
          aria-disabled=${!board.canUndo}
          @click=${() => board.undo()}
          title="Undo (Ctrl+Z)"
          aria-label="Undo"
        >
          ↶
        </button>
        <button
          aria-disabled=${!board.canRedo}
          @click=${() => board.redo()}
          title="Redo (Ctrl+Shift+Z)"
          aria-label="Redo"
        >
          ↷
        </button>
      </div>
      <button @click=${() => this.actions.addStage()} title="Add a stage at the end">+ Stage</button>`;
  }

  private personas(): unknown {
    const { board } = this;
    const personas = board.journeyMap.personas ?? [];
    const choose = (event: Event) => (board.persona = (event.target as HTMLSelectElement).value || null);
    return personas.length === 0
      ? nothing
      : html`<select aria-label="Persona" @change=${choose}>
          <option value="" ?selected=${board.persona === null}>Any persona</option>
          ${personas.map(one => html`<option value=${one.id} ?selected=${one.id === board.persona}>${one.name}</option>`)}
        </select>`;
  }

  private lanes(): TemplateResult {
    const shown = this.board.shownLanes;
    const ordered = [...shown, ...ALL_LANES.filter(lane => !shown.includes(lane))].slice(1);
    return html`<button popovertarget="lanes-menu" aria-haspopup="dialog">Lanes</button>
      <div id="lanes-menu" popover role="dialog" aria-label="Lanes" @toggle=${this.place}>
        ${repeat(
          ordered,
          lane => lane,
          (lane, number) => this.lane(lane, number)
        )}
      </div>`;
  }

  private lane(lane: Lane, number: number): TemplateResult {
    const shown = this.board.shownLanes;
    const isShown = shown.includes(lane);
    const last = shown.length - 2;
    const move = (by: -1 | 1) => (event: Event) => {
      this.actions.shiftLane(lane, by);
      const row = (event.currentTarget as Element).parentElement!;
      const here = event.currentTarget as HTMLElement;
      void this.board.updateComplete.then(() =>
        (here.matches(':disabled') ? row.querySelector('input')! : here).focus()
      );
    };
    return html`<div class="choice">
      <label
        ><input
          type="checkbox"
          .checked=${isShown}
          @change=${() => this.actions.toggleLane(lane)}
        />${LANES[lane]}</label
      >
      <button aria-label="Move ${LANES[lane]} up" ?disabled=${!isShown || number === 0} @click=${move(-1)}>
        ↑
      </button>
      <button
        aria-label="Move ${LANES[lane]} down"
        ?disabled=${!isShown || number === last}
        @click=${move(1)}
      >
        ↓
      </button>
    </div>`;
  }

  private readonly place = (event: Event): void => {
    const menu = event.target as HTMLElement;
    const box = this.board.renderRoot.querySelector('[popovertarget="lanes-menu"]')!.getBoundingClientRect();
    const { width } = menu.getBoundingClientRect();
    menu.style.left = `${Math.max(Math.min(box.left, innerWidth - width - 8), 8)}px`;
    menu.style.top = `${box.bottom + 4}px`;
    menu.style.maxHeight = `${innerHeight - box.bottom - 16}px`;
  };

  private problems(): unknown {
    const { length } = this.board.problems;
    return length === 0
      ? nothing
      : html`<button class="problems" @click=${() => this.step()} title="Go to the next one">
          <span aria-hidden="true">⚠</span> ${counted(length, 'problem', 'problems')}
        </button>`;
  }

  /** Goes through the problems one by one; those of no cell are shown in the panel. */
  private step(): void {
    const { board } = this;
    this.problem = (this.problem + 1) % board.problems.length;
    const problem = board.problems[this.problem];
    const place = placeOf(board.journeyMap, problem.place) ?? '';
    const cell = cellAt(place);
    if (cell) {
      const isShown = rowsOf(board).includes(cell.row);
      board.activate(isShown ? cell : { row: 'touchpoint', at: cell.at });
    }
    board.select(place);
    board.announce(
      `Problem ${this.problem + 1} of ${board.problems.length}: ${problem.what} ${problem.cure}`
    );
  }

  private panel(which: Panel, says: string): TemplateResult {
    const { board } = this;
    const isOpen = board.panel === which;
    return html`<button
      data-panel=${which}
      aria-pressed=${isOpen ? 'true' : 'false'}
      @click=${() => (board.panel = isOpen ? null : which)}
    >
      ${says}
    </button>`;
  }
}
