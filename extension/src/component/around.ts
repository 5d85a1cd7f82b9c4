/** What stands above and below the grid: the persona, the age of the numbers, and the active cell in words. */
import { TemplateResult, html, nothing } from 'lit';
import type { Measured } from '../map/generated/measured-map';
import { Board, stageOf } from './board';
import type { Column, Section } from './columns';
import type { Difference } from './differences';
import { sentence } from './grid';
import type { Peer, Problem } from './host';
import { sentenceOf } from './numbers';
import { LANES, Lane, counted } from './words';

export function personaStrip(board: Board, id: string | null): TemplateResult | typeof nothing {
  const persona = board.journeyMap.personas?.find(one => one.id === id);
  if (!persona) {
    return nothing;
  }
  const columns = board.sections.flatMap(one => one.columns).filter(one => one.touchpoint);
  const liked = columns.filter(one => one.preferred).length;
  const channels = (persona.preferred_channels ?? []).map(one => board.refs.name('channels', one));
  return html`<section class="persona" aria-label="Persona">
    <div>
      <strong dir="auto">${persona.name}</strong
      >${persona.quote ? html`<q dir="auto">${persona.quote}</q>` : nothing}
    </div>
    ${persona.goals?.length ? html`<div><span class="notes">Wants:</span> <bdi>${persona.goals.join('; ')}</bdi></div>` : nothing}
    <div class="notes">
      ${
        channels.length
          ? html`Prefers <bdi>${channels.join(', ')}</bdi>: ${liked} of
              ${counted(columns.length, 'touchpoint', 'touchpoints')} run through that. The others are set
              back.`
          : 'The map names no channels that this persona prefers, so nothing is set back.'
      }
    </div>
  </section>`;
}

export function measuredStrip({ measured }: Board, isOutdated: boolean): TemplateResult | typeof nothing {
  if (!measured) {
    return nothing;
  }
  const { period, as_of: day, targets } = measured;
  return html`<div class="as-of">
    <span class="glyph" aria-hidden="true">◆</span> ${counted(targets?.length ?? 0, 'number', 'numbers')}
    measured as of ${day}${period ? `, from data of ${period.from} to ${period.to}` : ''}. Nobody typed them.
    ${
      isOutdated
        ? html`<strong class="outdated"
            ><span aria-hidden="true">⚠</span> The map has changed since: measure it again.</strong
          >`
        : nothing
    }
  </div>`;
}

/** The large view: which touchpoint it is, and the way to its neighbours. */
export function neighbours(board: Board): TemplateResult | typeof nothing {
  if (board.zoom !== 'large') {
    return nothing;
  }
  const all = board.sections.flatMap(one => one.columns);
  const here = all.findIndex(one => one.place === board.columns[0]?.place);
  const to = (at: number, arrow: string) => {
    const column = all[at];
    const name = column?.touchpoint?.name ?? stageOf(board, column?.place)?.stage.name;
    if (!column) {
      return html`<span></span>`;
    }
    return html`<button
      @click=${() => board.activate({ row: 'touchpoint', at: column.place }, { focus: true })}
    >
      ${at < here ? arrow : nothing} <bdi>${name}</bdi> ${at > here ? arrow : nothing}
    </button>`;
  };
  return html`<nav class="neighbours" aria-label="Touchpoints">
    ${to(here - 1, '←')}<span>${here + 1} of ${all.length}</span>${to(here + 1, '→')}
  </nav>`;
}

/** The active cell in words: what is wrong there, what it said before, who else is there. */
export function aboutActive(board: Board): TemplateResult {
  const { row, at } = board.active;
  if (board.sections.length === 0) {
    return html`<div class="about" id="about"></div>`;
  }
  const section = stageOf(board, at);
  const column = section?.columns.find(one => one.place === at);
  const lane = row === 'stage' ? 'Stage' : LANES[row];
  const name = column?.touchpoint?.name ?? section?.stage.name;
  const facts = row === 'stage' ? section && ofStage(section) : column && ofCell(column, row);
  return html`<div class="about" id="about">
    <span><b>${lane}</b>${at && name ? html` · <bdi>${name}</bdi>` : nothing}</span>
    ${facts ? inWords(facts) : nothing}
  </div>`;
}

interface Facts {
  problems: readonly Problem[];
  difference?: Difference;
  peer?: Peer;
  numbers: readonly Measured[];
}

function ofStage({ problems, difference, peer }: Section): Facts {
  return { problems, difference: difference.get('stage'), peer, numbers: [] };
}

function ofCell(column: Column, row: Lane): Facts {
  const problems =
    row === 'touchpoint' ? [...column.problems.values()].flat() : (column.problems.get(row) ?? []);
  return {
    problems,
    difference: column.differences.get(row),
    peer: column.peers.get(row),
    numbers: row === 'measured' ? column.numbers : []
  };
}

function inWords({ problems, difference, peer, numbers }: Facts): TemplateResult {
  const was = difference?.was ? html`; was: <bdi>${difference.was}</bdi>` : nothing;
  return html`${problems.map(one => html`<span class="wrong"><span aria-hidden="true">⚠</span> ${sentence(one)}</span>`)}
  ${difference ? html`<span class="was">${difference.mark}${was}</span>` : nothing}
  ${peer ? html`<span><bdi>${peer.name}</bdi> is here</span>` : nothing}
  ${numbers.map(one => html`<span>${sentenceOf(one)}</span>`)}`;
}
