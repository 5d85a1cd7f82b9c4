import { CSSResult, TemplateResult, html, nothing } from 'lit';
import { Change, ChangeKind, changesBetween } from '../../map/changes';
import type { JourneyMap } from '../../map/generated/journey-map';
import { Json, JsonObject } from '../../map/json';
import { Place, at, fieldAt, join, keysOf } from '../../map/place';
import { sheetStyles } from '../details/styles';
import { capital, clipped, counted, label, spaced, title } from '../details/words';
import type { Host } from '../host';

/** The element as far as it shows another map beside its own. */
export interface Comparing extends Host {
  /** What the map was, or is, while it shall become what is shown. */
  readonly beside: JourneyMap | null;
}

const SIGNS: Record<ChangeKind, string> = {
  added: '+ new',
  removed: '− gone',
  moved: '⇄ moved',
  changed: 'Δ changed'
};
const LONGEST = 400;
const ELSEWHERE = 'The map itself';

/** What differs between two maps, stage by stage; each line leads to its place. */
export class Changes {
  static styles: CSSResult = sheetStyles;

  private last: { before: JourneyMap; now: JourneyMap; changes: Change[] } | null = null;

  constructor(private readonly host: Comparing) {}

  /** The differences, found once for each pair of maps. */
  get changes(): readonly Change[] {
    const { beside: before, journeyMap: now } = this.host;
    if (!before) {
      return [];
    }
    if (this.last?.before !== before || this.last.now !== now) {
      this.last = { before, now, changes: changesBetween(before, now) };
    }
    return this.last.changes;
  }

  render(): TemplateResult {
    const { beside: before, journeyMap } = this.host;
    if (!before) {
      return html`<div class="sheet changes"><p>There is no other map to compare with.</p></div>`;
    }
    const labels = [stateOf(before), stateOf(journeyMap)];
    const [was, is] = labels[0] === labels[1] ? ['Before', 'Now'] : labels;
    return html`<div class="sheet changes">
      <h2>What changed</h2>
      <p><strong>${was}</strong>: <bdi>${clipped(before.name)}</bdi></p>
      <p><strong>${is}</strong>: <bdi>${clipped(journeyMap.name)}</bdi></p>
      <p role="status">${summary(this.changes)}</p>
      ${grouped(this.changes, journeyMap).map(([stage, changes]) => this.group(stage, changes, was, is))}
    </div>`;
  }

  private group(stage: string, changes: Change[], was: string, is: string): TemplateResult {
    const { beside: before, journeyMap } = this.host;
    const found = at(journeyMap, join('stages', stage)) ?? at(before!, join('stages', stage));
    const name = stage === '' ? ELSEWHERE : title(found, stage);
    const id = `changes-${encodeURIComponent(stage)}`;
    return html`<section aria-labelledby=${id}>
      <h3 id=${id} dir="auto">${name}</h3>
      <ul class="entries">
        ${changes.map(change => html`<li class="entry">${this.line(change, was, is)}</li>`)}
      </ul>
    </section>`;
  }

  private line(change: Change, was: string, is: string): TemplateResult {
    const gone = change.kind === 'removed';
    const part = at(gone ? this.host.beside! : this.host.journeyMap, change.place) as JsonObject | undefined;
    const words = html`<bdi>${change.place === '' ? 'Map' : title(part, change.place)}</bdi>
      ${change.field ? html`<small>${fieldWords(change.field)}</small>` : nothing}`;
    const open = () => this.host.select(placeOfChange(change));
    return html`<div class="head">
        ${gone ? html`<span>${words}</span>` : html`<button type="button" class="link" @click=${open}>${words}</button>`}
        <small class="kind">${SIGNS[change.kind]}</small>
      </div>
      ${change.kind === 'changed' || change.kind === 'moved' ? values(change, was, is) : nothing}`;
  }
}

/** Where the grid and the panel show the change: at the field, if it is one. */
export function placeOfChange({ place, field }: Change): Place {
  return field ? join(place, ...field.split('.')) : place;
}

function values(change: Change, was: string, is: string): TemplateResult {
  const { before, after } = change;
  const choice = change.kind === 'changed' && fieldAt(placeOfChange(change))?.kind === 'choice';
  const words = (value: Json | undefined) => (choice ? spaced(inWords(value)) : inWords(value));
  return html`<dl class="values">
    <dt>${was}</dt>
    <dd dir="auto">${words(before)}</dd>
    <dt>${is}</dt>
    <dd dir="auto">${words(after)}</dd>
  </dl>`;
}

function inWords(value: Json | undefined): string {
  if (value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)) {
    return '–';
  }
  if (Array.isArray(value)) {
    return value
      .map((one, at) => (typeof one === 'string' ? clipped(one) : title(one, `entry ${at + 1}`)))
      .join('; ');
  }
  if (typeof value === 'object') {
    const said = Object.entries(value).filter(
      ([, one]) => one !== null && one !== '' && !(Array.isArray(one) && !one.length)
    );
    return said
      .map(([name, one]) => `${spaced(name)}: ${typeof one === 'object' ? '…' : clipped(String(one))}`)
      .join('; ');
  }
  return typeof value === 'boolean' ? (value ? 'yes' : 'no') : clipped(String(value), LONGEST);
}

function fieldWords(field: string): string {
  return field.split('.').map(label).join(', ').toLowerCase();
}

function stateOf(map: JourneyMap): string {
  const words: Record<string, string> = { as_is: 'As-is', to_be: 'To-be' };
  const state = map.state ?? 'as_is';
  return words[state] ?? capital(state);
}

/** `2 new, 1 gone, 3 moved and 4 changed.` */
export function summary(changes: readonly Change[]): string {
  if (changes.length === 0) {
    return 'The two maps say the same.';
  }
  const number = (kind: ChangeKind) => changes.filter(change => change.kind === kind).length;
  const words = [
    [number('added'), counted(number('added'), 'new part')],
    [number('removed'), `${number('removed')} gone`],
    [number('moved'), `${number('moved')} moved`],
    [number('changed'), counted(number('changed'), 'field changed', 'fields changed')]
  ].filter(([count]) => count !== 0);
  const parts = words.map(([, text]) => String(text));
  return `${[parts.slice(0, -1).join(', '), parts.at(-1)].filter(Boolean).join(' and ')}.`;
}

/** By stage in map order; what belongs to none comes first, stages that are gone last. */
function grouped(changes: readonly Change[], now: JourneyMap): [string, Change[]][] {
  const groups = new Map<string, Change[]>(['', ...keysOf(now.stages ?? [])].map(stage => [stage, []]));
  for (const change of changes) {
    const stage = change.stage ?? '';
    groups.set(stage, [...(groups.get(stage) ?? []), change]);
  }
  return [...groups].filter(([, found]) => found.length > 0);
}
