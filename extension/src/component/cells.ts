/** What each lane shows at a touchpoint. Texts are bound as text and cut where they are long; the panel has all of them. */
import { TemplateResult, html, nothing } from 'lit';
import type { MomentOfTruth, PainPoint, Touchpoint } from '../map/generated/journey-map';
import type { Measured } from '../map/generated/measured-map';
import type { Column } from './columns';
import { heightOf } from './curve';
import { emotionInWords, momentInWords, standsAlone } from './lanes';
import {
  estimateOf,
  intervalOf,
  isGap,
  isShare,
  nameOf,
  scaleOf,
  sentenceOf,
  signed,
  sizeOf,
  verdictOf
} from './numbers';
import { KINDS, KIND_SHAPES, LAYERS, Lane, OPTIONALITIES, STATUSES, STATUS_SHAPES } from './words';

type Shown = TemplateResult | typeof nothing | readonly TemplateResult[];
const LONGEST = 280;
const SAFE_LINK = /^(https?|mailto):/i;

/** The beginning of a long text; whole in the large view. */
export function cut(text: string, large: boolean): string {
  if (large || text.length <= LONGEST) {
    return text;
  }
  return `${text.slice(0, LONGEST).replace(/[\ud800-\udbff]$/, '')}…`;
}

function said(text: string | null | undefined, large: boolean, kind = ''): Shown {
  return text ? html`<div class="said ${kind}" dir="auto">${cut(String(text), large)}</div>` : nothing;
}

/** Status of a claim and grade of its evidence: a shape and a word each. */
export function standing(
  column: Column,
  status: string | undefined,
  evidence: readonly string[] | undefined
) {
  const known = status ?? 'hypothesis';
  const support = column.refs.support(evidence);
  const graded =
    support === 'none' ? 'no evidence' : support === 'ungraded' ? 'evidence ungraded' : `evidence ${support}`;
  return html`<span class="standing ${known}" title="Claim: ${STATUSES[known] ?? known}, ${graded}"
    ><span aria-hidden="true">${STATUS_SHAPES[known] ?? '?'}</span> ${STATUSES[known] ?? known} ·
    ${graded}</span
  >`;
}

export function number(one: Measured, named = true): TemplateResult {
  const share = isShare(one) && typeof one.estimate === 'number';
  return html`<div class="measured" title=${sentenceOf(one)}>
    <span class="number"
      ><span class="glyph" role="img" aria-label="Measured">◆</span>
      ${named ? html`${nameOf(one)} ` : nothing}<b>${estimateOf(one)}</b></span
    >
    ${share ? bar(one) : nothing}
    <span class="sureness">${[intervalOf(one), sizeOf(one)].filter(Boolean).join(' · ')}</span>
    ${one.grade || one.verdict ? html`<span class="sureness">${judged(one)}</span>` : nothing}
  </div>`;
}

function judged(one: Measured): string {
  return [one.grade && `grade ${one.grade}`, verdictOf(one)].filter(Boolean).join(' · ');
}

const percent = (share: number): string => `${Math.min(Math.max(share, 0), 1) * 100}%`;

function bar(one: Measured): TemplateResult {
  const { estimate, low, high } = one;
  const interval =
    typeof low === 'number' && typeof high === 'number'
      ? html`<span
          class="interval"
          style="left:${percent(low)};width:max(2px,${percent(high - low)})"
        ></span>`
      : nothing;
  return html`<span class="bar" aria-hidden="true"
    ><span style="width:${percent(estimate!)}"></span>${interval}</span
  >`;
}

function claims<T>(ones: readonly T[] | undefined, shown: (one: T) => TemplateResult): Shown {
  return ones?.length
    ? html`<ul>
        ${ones.map(one => html`<li>${shown(one)}</li>`)}
      </ul>`
    : nothing;
}

function pain(column: Column, one: PainPoint, large: boolean): TemplateResult {
  return html`${said(one.text, large)}<span class="notes"
      >${one.severity ? html`<span class="severity ${one.severity}">${one.severity}</span>` : nothing}
      ${standing(column, one.status, one.evidence)}</span
    >`;
}

function moment(column: Column, one: MomentOfTruth, large: boolean): TemplateResult {
  return html`<div class="moment"><span aria-hidden="true">★</span> ${momentInWords(one.kind)}</div>
    ${said(one.rationale, large)}<span class="notes">${standing(column, one.status, one.evidence)}</span>`;
}

function expectation(column: Column, { expectation: expected }: Touchpoint, large: boolean): Shown {
  const scale = scaleOf(expected);
  const level =
    typeof expected?.value === 'number'
      ? html`<span class="level"
          >level ${expected.value}${scale ? ` of ${scale[0]} to ${scale[1]}` : ''}</span
        >`
      : nothing;
  const claim = expected
    ? html`${said(expected.text, large)}<span class="notes"
          >${level} ${standing(column, expected.status, expected.evidence)}</span
        >`
    : nothing;
  const gaps = column.numbers.filter(isGap);
  return claim === nothing && gaps.length === 0 ? nothing : html`${claim}${gaps.map(one => number(one))}`;
}

/** The curve, the claim on it, and the measured score with its interval beside it. */
export function emotion(column: Column, large: boolean): Shown {
  const { felt, touchpoint, piece } = column;
  const status = touchpoint?.emotion_status ?? 'hypothesis';
  const measured =
    felt.measured === null
      ? nothing
      : html`<span
            class="band"
            aria-hidden="true"
            style="top:${heightOf(felt.high ?? felt.measured)}%;bottom:${100 - heightOf(felt.low ?? felt.measured)}%"
          ></span
          ><span class="score" aria-hidden="true" style="top:${heightOf(felt.measured)}%"></span>`;
  return html`<div class="plot" aria-hidden="true">
      <svg viewBox="0 0 100 100" preserveAspectRatio="none"><path class=${status} d=${piece} /></svg>
      ${felt.claimed === null ? nothing : html`<span class="claim ${status}" style="top:${heightOf(felt.claimed)}%"></span>`}
      ${measured}
    </div>
    ${
      felt.claimed === null
        ? nothing
        : html`<div class="said value">${emotionInWords(felt.claimed)}</div>
            <span class="notes">${standing(column, touchpoint?.emotion_status, touchpoint?.evidence)}</span>`
    }
    ${
      felt.score && felt.measured !== null
        ? html`<div class="measured" title=${sentenceOf(felt.score)}>
            <span class="number"
              ><span class="glyph" role="img" aria-label="Measured">◆</span>
              <b>${signed(felt.measured)}</b></span
            >
            <span class="sureness">${nameOf(felt.score)} ${estimateOf(felt.score)}</span>
            <span class="sureness"
              >${[intervalOf(felt.score), sizeOf(felt.score)].filter(Boolean).join(' · ')}</span
            >
            <span class="sureness">${judged(felt.score)}</span>
          </div>`
        : nothing
    }
    ${large && felt.claimed === null ? html`<span class="notes">No emotion is claimed here.</span>` : nothing}`;
}

function evidence({ refs, touchpoint }: Column, large: boolean): Shown {
  return claims(refs.evidenceAt(touchpoint!), one => {
    const name = cut(one.name || one.quote || one.id, large);
    const against = one.contradicts?.includes(touchpoint!.id) ? 'speaks against it' : '';
    const notes = [
      typeof one.n === 'number' && `n ${one.n.toLocaleString('en')}`,
      one.strength ? `grade ${one.strength}` : 'ungraded',
      against
    ];
    const linked = SAFE_LINK.test(one.url ?? '')
      ? html`<a href=${one.url!} target="_blank" rel="noopener noreferrer" tabindex="-1">${name}</a>`
      : name;
    return html`<div class="said" dir="auto">${linked}</div>
      <span class="notes">${notes.filter(Boolean).join(' · ')}</span>`;
  });
}

function department({ refs }: Column, one: Touchpoint): Shown {
  const following = one.handoff_to
    ? html`<div class="notes">→ <bdi>${refs.name('departments', one.handoff_to)}</bdi> (hand-off)</div>`
    : nothing;
  return html`${said(one.department && refs.name('departments', one.department), false)}${following}`;
}

function channel({ refs, preferred }: Column, one: Touchpoint): Shown {
  const liked = preferred
    ? html`<span class="notes"><span aria-hidden="true">♥</span> preferred</span>`
    : nothing;
  return html`${said(one.channel && refs.name('channels', one.channel), false)}${liked}`;
}

type Cell = (column: Column, touchpoint: Touchpoint, large: boolean) => Shown;

const CELLS: Record<Lane, Cell> = {
  touchpoint: (_, one, large) =>
    html`<span class="name" dir="auto">${cut(one.name, large)}</span>
      <span class="notes"
        ><span aria-hidden="true">${KIND_SHAPES[one.kind ?? 'action']}</span>
        ${[KINDS[one.kind ?? 'action'], OPTIONALITIES[one.optionality ?? 'required']].filter(Boolean).join(' · ')}</span
      >`,
  measured: column => column.numbers.filter(one => standsAlone(one, column.felt)).map(one => number(one)),
  channel,
  department,
  doing: (_, one, large) => said(one.doing, large),
  thinking: (_, one, large) => said(one.thinking, large, 'thought'),
  feeling: (_, one, large) => said(one.feeling, large),
  expectation,
  emotion: (column, _, large) => emotion(column, large),
  pain_points: (column, one, large) => claims(one.pain_points, each => pain(column, each, large)),
  moments_of_truth: (column, one, large) =>
    one.moment_of_truth ? moment(column, one.moment_of_truth, large) : nothing,
  opportunities: ({ refs }, one, large) =>
    claims(
      refs.opportunitiesAt(one),
      ([, each]) => html`${said(each.name, large)}<span class="notes">${each.status ?? 'idea'}</span>`
    ),
  evidence: (column, _, large) => evidence(column, large),
  backstage: ({ refs }, one, large) =>
    claims(
      one.backstage,
      each =>
        html`${said(each.action, large)}<span class="notes"
            >${[LAYERS[each.layer ?? 'backstage'], each.department && refs.name('departments', each.department), each.system].filter(Boolean).join(' · ')}</span
          >`
    )
};

export function cell(lane: Lane, column: Column, large: boolean): Shown {
  return column.touchpoint ? CELLS[lane](column, column.touchpoint, large) : nothing;
}
