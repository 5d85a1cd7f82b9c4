import { TemplateResult, html, nothing } from 'lit';
import { classMap } from 'lit/directives/class-map.js';
import { guard } from 'lit/directives/guard.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Board, Cell, Zoom } from './board';
import { cell, number } from './cells';
import type { Column, Section } from './columns';
import { MARK_SHAPES, Differences } from './differences';
import { editor } from './editors';
import type { Peer, Problem } from './host';
import type { Row } from './lanes';
import { start } from './start';
import { LANES, Lane, counted } from './words';

export const sentence = (problem: Problem): string => `${problem.what} ${problem.cure}`.trim();

const FIRST = 14;
const CROWDED = 80;
const MORE = 48;

/**
 * The map as a table: stages over touchpoints across, lanes down. Of a wide map the columns that one
 * sees at first are filled at once, the others as soon as there is time.
 */
export class Grid {
  /** How many columns are filled. */
  ready = FIRST;
  private awaiting = false;
  private zoom: Zoom = 'normal';

  constructor(private readonly board: Board) {}

  /** Fills more columns when there is time, and whatever is needed to show column `position` now. */
  fill(position: number): void {
    const { columns, zoom } = this.board;
    const { length } = columns;
    if (zoom !== this.zoom) {
      this.zoom = zoom;
      this.ready = length > CROWDED && zoom === 'normal' ? FIRST : this.ready;
    }
    this.ready = Math.max(this.ready, position >= this.ready ? position + FIRST : 0);
    if (this.ready < length && !this.awaiting) {
      this.awaiting = true;
      const wait = window.requestIdleCallback ?? ((then: () => void) => setTimeout(then, 30));
      wait(() => {
        this.awaiting = false;
        this.ready += MORE;
        this.board.requestUpdate();
      });
    }
  }

  render(): TemplateResult {
    const { board } = this;
    const sections = this.sections();
    if (sections.length === 0) {
      return start(board.readonly, board.panel === 'guide');
    }
    return html`<div class="scroller">
      <table
        role="grid"
        aria-label=${board.journeyMap.name ?? 'Journey map'}
        aria-busy=${this.ready < board.columns.length ? 'true' : 'false'}
        aria-readonly=${board.readonly ? 'true' : 'false'}
        class="${board.zoom} ${board.columns.length > CROWDED ? 'crowded' : ''}"
        style="--columns:${board.columns.length}"
      >
        <colgroup>
          <col class="lanes" />
          ${board.columns.map(() => html`<col />`)}
        </colgroup>
        <thead>
          <tr data-row="stage">
            <td class="corner"></td>
            ${repeat(
              sections,
              one => one.place,
              one => this.stage(one)
            )}
          </tr>
          <tr data-row="touchpoint">
            ${this.laneName('touchpoint')}${this.cells('touchpoint')}
          </tr>
        </thead>
        <tbody>
          ${repeat(
            this.lanes(),
            lane => lane,
            lane =>
              html`<tr data-row=${lane} class=${lane}>
                ${this.laneName(lane)}${this.cells(lane)}
              </tr>`
          )}
        </tbody>
      </table>
    </div>`;
  }

  private lanes(): Lane[] {
    const { shownLanes, zoom } = this.board;
    return zoom === 'overview' ? ['emotion'] : shownLanes.filter(lane => lane !== 'touchpoint');
  }

  private sections(): readonly Section[] {
    const { sections, columns, zoom } = this.board;
    return zoom === 'large' ? sections.filter(one => one.place === columns[0]?.stage) : sections;
  }

  private stage(section: Section): TemplateResult {
    const { board } = this;
    const { place, stage, problems, peer, difference } = section;
    const editing = this.editingAt('stage', place);
    const flawed = problems.length + section.columns.reduce((sum, one) => sum + total(one), 0);
    return guard(
      [
        section.columns.length,
        stage,
        editing,
        difference,
        peer,
        flawed,
        section.removed.join(),
        section.numbers,
        board.readonly,
        board.zoom === 'large'
      ],
      () =>
        html`<th
          scope="colgroup"
          colspan=${board.zoom === 'large' ? 1 : section.columns.length}
          data-at=${place}
          tabindex="-1"
          class=${classMap({ differs: difference.size > 0, peered: Boolean(peer), flawed: problems.length > 0 })}
          style=${peer ? `--peer:${peer.color}` : nothing}
        >
          <div class="heading">
            ${editing ? editor(board, editing) : html`<span class="name" dir="auto">${stage.name}</span>`}
            ${marks('stage', problems, difference, peer, flawed)} ${this.buttons('stage', stage.name)}
          </div>
          ${
            section.removed.length
              ? html`<div class="notes gone" title=${section.removed.join(', ')}>
                  − <bdi>${section.removed.join(', ')}</bdi>
                </div>`
              : nothing
          }
          ${section.numbers.length ? html`<div class="numbers">${section.numbers.map(one => number(one))}</div>` : nothing}
        </th>`
    ) as TemplateResult;
  }

  private laneName(lane: Lane): TemplateResult {
    const levels =
      lane === 'emotion'
        ? html`<span class="scale" aria-hidden="true"><i>+2</i><i>0</i><i>−2</i></span>`
        : nothing;
    return html`<th scope="row" data-at="" tabindex="-1" class="lane">
      <span class="name">${LANES[lane]}</span>${levels}
    </th>`;
  }

  private cells(lane: Lane): unknown {
    const { columns, zoom, readonly } = this.board;
    const large = zoom === 'large';
    return repeat(
      columns,
      one => one.place,
      (column, number) => {
        const begins = number > 0 && columns[number - 1].stage !== column.stage;
        const editing = this.editingAt(lane, column.place);
        const filled = number < this.ready || zoom !== 'normal';
        return guard([filled, column, begins, editing, large, readonly], () =>
          filled ? this.cell(lane, column, begins, large) : blank(lane, column, begins)
        );
      }
    );
  }

  private cell(lane: Lane, column: Column, begins: boolean, large: boolean): TemplateResult {
    const peer = column.peers.get(lane);
    const problems = column.problems.get(lane) ?? [];
    const classes = classMap({
      begins,
      empty: !column.touchpoint,
      differs: column.differences.has(lane),
      dim: column.preferred === false,
      flawed: problems.length > 0,
      peered: Boolean(peer)
    });
    const style = peer ? `--peer:${peer.color}` : nothing;
    const editing = this.editingAt(lane, column.place);
    const shown = editing ? editor(this.board, editing) : cell(lane, column, large);
    if (lane !== 'touchpoint') {
      return html`<td data-at=${column.place} tabindex="-1" class=${classes} style=${style}>
        ${shown}${marks(lane, problems, column.differences, peer, problems.length)}
      </td>`;
    }
    return html`<th scope="col" data-at=${column.place} tabindex="-1" class=${classes} style=${style}>
      <div class="heading">
        ${
          column.touchpoint
            ? html`<div class="words">${shown}</div>
                ${marks(lane, problems, column.differences, peer, total(column))}${this.buttons('touchpoint', column.touchpoint.name)}`
            : this.board.readonly
              ? html`<span class="notes">No touchpoint yet</span>`
              : html`<button data-act="fill" tabindex="-1">Add touchpoint</button>`
        }
      </div>
    </th>`;
  }

  private buttons(row: Row, name: string): unknown {
    if (this.board.readonly) {
      return nothing;
    }
    return html`<span class="tools">
      ${
        row === 'stage'
          ? html`<button
              data-act="add"
              tabindex="-1"
              title="Add a touchpoint to this stage"
              aria-label="Add a touchpoint to ${name}"
            >
              +
            </button>`
          : nothing
      }
      <button
        data-act="menu"
        tabindex="-1"
        aria-haspopup="menu"
        title="Actions (Shift+F10)"
        aria-label="Actions for ${name}"
      >
        ⋯
      </button>
    </span>`;
  }

  private editingAt(row: Row, at: string) {
    const { editing } = this.board;
    return editing && editing.row === row && editing.at === at ? editing : null;
  }
}

function blank(lane: Lane, column: Column, begins: boolean): TemplateResult {
  const name = begins ? 'begins' : '';
  return lane === 'touchpoint'
    ? html`<th scope="col" data-at=${column.place} tabindex="-1" class=${name}>
        ${column.touchpoint?.name ?? ''}
      </th>`
    : html`<td data-at=${column.place} tabindex="-1" class=${name}></td>`;
}

function total(column: Column): number {
  let count = 0;
  column.problems.forEach(ones => (count += ones.length));
  return count;
}

/** Small signs at a cell: problems, what changed since the other map, who else is here. */
function marks(
  row: Row,
  problems: readonly Problem[],
  differences: Differences,
  peer: Peer | undefined,
  flaws: number
): unknown {
  const difference = differences.get(row);
  return html`${
    flaws
      ? html`<span class="mark flaw" title=${problems.map(sentence).join('\n') || 'In the cells below'}
          ><span aria-hidden="true">⚠ ${flaws}</span
          ><span class="unseen">${counted(flaws, 'problem', 'problems')}</span></span
        >`
      : nothing
  }${
    difference
      ? html`<span
          class="mark difference ${difference.mark}"
          title=${difference.was ? `Was: ${difference.was}` : ''}
          ><span aria-hidden="true">${MARK_SHAPES[difference.mark]}</span> ${difference.mark}</span
        >`
      : nothing
  }${peer ? html`<span class="flag"><bdi>${peer.name}</bdi></span>` : nothing}`;
}

/** The cell that an element of the grid belongs to. */
export function cellOf(target: EventTarget | null): Cell | null {
  const element = target instanceof Element ? target.closest<HTMLElement>('[data-at]') : null;
  const row = element?.closest<HTMLElement>('tr')?.dataset.row as Row | undefined;
  return element && row ? { row, at: element.dataset.at! } : null;
}
