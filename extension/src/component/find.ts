import { TemplateResult, html, nothing } from 'lit';
import { ref, createRef } from 'lit/directives/ref.js';
import type { Board, Cell } from './board';
import type { Section } from './columns';
import { textsOf } from './lanes';
import type { Lane } from './words';

const HIGHLIGHT = 'cjm-found';

/** Finds words in the lanes on the screen. */
export class Find {
  isOpen = false;
  private query = '';
  private at = -1;
  private readonly field = createRef<HTMLInputElement>();
  private searched: {
    query: string;
    sections: readonly Section[];
    lanes: readonly Lane[];
    found: Cell[];
  } | null = null;

  constructor(private readonly board: Board) {}

  open(): void {
    this.isOpen = true;
    this.board.requestUpdate();
    void this.board.updateComplete.then(() => this.field.value?.select());
  }

  close(): void {
    this.isOpen = false;
    this.board.requestUpdate();
    this.board.activate(this.board.active, { focus: true });
  }

  render(): TemplateResult | typeof nothing {
    if (!this.isOpen) {
      return nothing;
    }
    const { length } = this.found();
    const count =
      this.query === '' ? '' : length === 0 ? 'not found' : `${Math.max(this.at, 0) + 1} of ${length}`;
    return html`<div class="find" role="search" @keydown=${this.key}>
      <input
        type="search"
        aria-label="Find in the map"
        placeholder="Find"
        .value=${this.query}
        ${ref(this.field)}
        @input=${this.input}
      />
      <span class="count" role="status">${count}</span>
      <button
        @click=${() => this.go(-1)}
        ?disabled=${!length}
        aria-label="Previous"
        title="Previous (Shift+Enter)"
      >
        ↑
      </button>
      <button @click=${() => this.go(1)} ?disabled=${!length} aria-label="Next" title="Next (Enter)">
        ↓
      </button>
      <button @click=${() => this.close()} aria-label="Close" title="Close (Escape)">✕</button>
    </div>`;
  }

  /** Marks what was found, without touching what was drawn. */
  highlight(): void {
    const { renderRoot } = this.board;
    renderRoot.querySelectorAll('.found').forEach(one => one.classList.remove('found'));
    if (typeof CSS === 'undefined' || !CSS.highlights) {
      return;
    }
    CSS.highlights.delete(HIGHLIGHT);
    if (!this.isOpen || this.query === '') {
      return;
    }
    const ranges = this.found().flatMap(cell => {
      const element = this.board.cellElement(cell);
      element?.classList.add('found');
      return element ? rangesIn(element, this.query.toLowerCase()) : [];
    });
    CSS.highlights.set(HIGHLIGHT, new Highlight(...ranges));
  }

  private found(): Cell[] {
    const { query } = this;
    const { sections, shownLanes: lanes } = this.board;
    const last = this.searched;
    if (!last || last.query !== query || last.sections !== sections || last.lanes !== lanes) {
      this.searched = { query, sections, lanes, found: query === '' ? [] : this.search(query.toLowerCase()) };
    }
    return this.searched!.found;
  }

  private search(query: string): Cell[] {
    const { sections, shownLanes, refs } = this.board;
    return sections.flatMap(({ place, stage, columns }) => {
      const heading: Cell[] = stage.name?.toLowerCase().includes(query) ? [{ row: 'stage', at: place }] : [];
      const cells = columns.flatMap(({ touchpoint, place: at, numbers }) =>
        shownLanes
          .filter(
            lane =>
              touchpoint &&
              textsOf(lane, touchpoint, refs, numbers).some(text => text.toLowerCase().includes(query))
          )
          .map((row): Cell => ({ row, at }))
      );
      return [...heading, ...cells];
    });
  }

  private go(by: -1 | 1): void {
    const found = this.found();
    if (found.length) {
      this.at = (Math.max(this.at, by < 0 ? 0 : -1) + by + found.length) % found.length;
      this.board.activate(found[this.at]);
      this.board.requestUpdate();
    }
  }

  private readonly input = (event: Event): void => {
    this.query = (event.target as HTMLInputElement).value;
    this.at = -1;
    this.go(1);
    this.board.requestUpdate();
  };

  private readonly key = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') {
      this.close();
    } else if (event.key === 'Enter' && event.target instanceof HTMLInputElement) {
      this.go(event.shiftKey ? -1 : 1);
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  };
}

function rangesIn(element: Element, query: string): Range[] {
  const ranges: Range[] = [];
  const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const plain = text.textContent!.toLowerCase();
    if (plain.length !== text.textContent!.length) {
      continue;
    }
    for (let at = plain.indexOf(query); at >= 0; at = plain.indexOf(query, at + query.length)) {
      const range = new Range();
      range.setStart(text, at);
      range.setEnd(text, at + query.length);
      ranges.push(range);
    }
  }
  return ranges;
}
