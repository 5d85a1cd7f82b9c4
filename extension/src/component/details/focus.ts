import { Place } from '../../map/place';
import type { Host } from '../host';

const FIRST_CONTROL = 'input:not([tabindex="-1"]), textarea, select, .fold, button:not(.about-button)';
const PATIENCE = 5;

/** Puts the keyboard where people expect it after what they did. */
export class Focus {
  private awaited: { place: Place; what: string; tries: number; anew: boolean } | null = null;

  constructor(
    private readonly host: Host,
    private readonly sheet: string
  ) {}

  /**
   * The first control at `place` is focused once it is on the screen, which a new entry is when
   * whoever holds the map has added it. What stands there is selected where it is to be written `anew`.
   */
  async to(place: Place, what = FIRST_CONTROL, anew = false): Promise<void> {
    this.awaited = { place, what, tries: PATIENCE, anew };
    this.host.requestUpdate();
    await this.host.updateComplete;
    this.find();
  }

  again(): void {
    if (this.awaited) {
      void this.host.updateComplete.then(() => this.find());
    }
  }

  /** Takes the keyboard and its caret along from the control with this id. */
  async follow(id: string, place: Place): Promise<void> {
    const root = this.host.renderRoot as ShadowRoot;
    const active = root.activeElement as HTMLInputElement | null;
    if (active?.id === id) {
      const caret = active.selectionStart;
      await this.to(place);
      (root.activeElement as HTMLInputElement | null)?.setSelectionRange?.(caret, caret);
    }
  }

  /**
   * The panel of `from` leaves for that of `to`. The keyboard goes to the same field or the same
   * step to a neighbour, else to the heading; nowhere if it was not in the panel.
   */
  async turn(from: Place, to: Place): Promise<void> {
    const root = this.host.renderRoot as ShadowRoot;
    const active = this.panel && root.activeElement;
    if (!active?.closest(this.sheet)) {
      return;
    }
    const id = (place: Place) => `${this.sheet.split('.').at(-1)}-${encodeURIComponent(place)}`;
    const equals = [
      active.id.startsWith(id(from)) ? `#${CSS.escape(active.id.replace(id(from), id(to)))}` : '',
      active.closest('.pair') ? `.pair [aria-label="${active.getAttribute('aria-label')}"]` : '',
      'h2',
      'button'
    ];
    await this.host.updateComplete;
    if (!this.awaited && !root.activeElement) {
      const found = equals.filter(Boolean).map(one => this.panel?.querySelector<HTMLElement>(one));
      found.find(Boolean)?.focus();
    }
  }

  private get panel(): Element | null {
    return this.host.renderRoot.querySelector(this.sheet);
  }

  private find(): void {
    const { awaited } = this;
    if (!awaited) {
      return;
    }
    const { place, what, tries, anew } = awaited;
    const parts = [...(this.panel?.querySelectorAll<HTMLElement>('[data-place]') ?? [])];
    const target = parts.find(one => one.dataset.place === place)?.querySelector<HTMLElement>(what);
    this.awaited = target || tries === 0 ? null : { place, what, tries: tries - 1, anew };
    target?.focus();
    if (anew && target instanceof HTMLInputElement) {
      target.select();
    }
    target?.scrollIntoView({ block: 'nearest' });
  }
}
