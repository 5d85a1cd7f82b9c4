import { LitElement, html, TemplateResult } from 'lit';
import type { Host, Problem } from '../../src/component/host';
import type { JourneyMap } from '../../src/map/generated/journey-map';
import type { Measured } from '../../src/map/generated/measured-map';
import { Edit, Operation, edited } from '../../src/map/operations';
import { placeOf } from '../../src/map/place';

/** An element that holds a map, really changes it and notes what it was asked for. */
export class Holder extends LitElement implements Host {
  static override properties = { journeyMap: { attribute: false }, selected: {}, readonly: {} };
  declare journeyMap: JourneyMap;
  declare readonly: boolean;
  declare selected: string | null;
  before: JourneyMap | null = null;
  measured = null;
  peers = [];
  problems: Problem[] = [];
  numbers: Measured[] = [];
  edits: Edit[] = [];
  said: string[] = [];
  part: { render(): TemplateResult } | null = null;

  constructor() {
    super();
    this.readonly = false;
    this.selected = '';
  }

  problemsAt(place: string): Problem[] {
    return this.problems.filter(one =>
      `${placeOf(this.journeyMap, one.place)}/`.startsWith(place ? `${place}/` : '')
    );
  }

  numbersOf(id: string): Measured[] {
    return this.numbers.filter(one => one.target === id);
  }

  edit(label: string, ...operations: Operation[]): void {
    this.edits.push({ label, operations });
    this.journeyMap = edited(this.journeyMap, operations);
  }

  select(place: string | null): void {
    this.selected = place;
  }

  announce(sentence: string): void {
    this.said.push(sentence);
  }

  override render(): TemplateResult {
    return html`${this.part?.render()}`;
  }

  get root(): ShadowRoot {
    return this.shadowRoot!;
  }

  async settled(): Promise<void> {
    for (let round = 0; round < 3; round++) {
      await this.updateComplete;
      await Promise.resolve();
    }
  }

  /** Texts of what fits, without the blanks between lines. */
  texts(selector: string): string[] {
    return [...this.root.querySelectorAll(selector)].map(one => one.textContent!.replace(/\s+/g, ' ').trim());
  }

  field(place: string): HTMLElement {
    return [...this.root.querySelectorAll<HTMLElement>('[data-place]')].find(
      one => one.dataset.place === place
    )!;
  }

  control(place: string): HTMLInputElement {
    return this.field(place).querySelector<HTMLInputElement>('input, textarea, select')!;
  }

  async type(place: string, text: string, leave = true): Promise<void> {
    const control = this.control(place);
    control.value = text;
    control.dispatchEvent(new Event('input'));
    if (leave) {
      control.dispatchEvent(new Event('blur'));
    }
    await this.settled();
  }

  async choose(place: string, value: string): Promise<void> {
    const control = this.control(place);
    control.value = value;
    control.dispatchEvent(new Event('change'));
    await this.settled();
  }

  async press(words: string, within: ParentNode = this.root): Promise<void> {
    const found = [...within.querySelectorAll('button')].find(
      one =>
        one.getAttribute('aria-label') === words ||
        one.textContent!.replace(/\s+/g, ' ').trim().startsWith(words)
    );
    found!.click();
    await this.settled();
  }
}

customElements.define('map-holder', Holder);

export async function holding(
  map: JourneyMap,
  part: (host: Holder) => { render(): TemplateResult },
  changes: Partial<Holder> = {}
): Promise<Holder> {
  const host = new Holder();
  Object.assign(host, { journeyMap: map }, changes);
  host.part = part(host);
  document.body.replaceChildren(host);
  await host.settled();
  return host;
}
