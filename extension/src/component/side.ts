import { CSSResult, TemplateResult, html, nothing } from 'lit';
import type { JourneyMap } from '../map/generated/journey-map';
import { Changes } from './changes/changes';
import { Details } from './details/details';
import { Guide } from './guide/guide';
import type { Host } from './host';

export type Panel = 'details' | 'changes' | 'guide';

/** What the panel beside the grid sees of the component. */
export interface Sided extends Host {
  readonly beside: JourneyMap | null;
  panel: Panel | null;
}

const TITLES: Record<Panel, string> = { details: 'Details', changes: 'Changes', guide: 'Guide' };

/** The panel beside the grid, below it on a narrow screen. */
export class Side {
  static styles: CSSResult[] = [Details.styles, Changes.styles, Guide.styles];

  private readonly sheets: Record<Panel, { render(): TemplateResult }>;

  constructor(private readonly element: Sided) {
    this.sheets = {
      details: new Details(element),
      changes: new Changes(element),
      guide: new Guide(element)
    };
  }

  render(): TemplateResult | typeof nothing {
    const { panel, beside } = this.element;
    if (panel === null || (panel === 'changes' && beside === null)) {
      return nothing;
    }
    return html`<aside class="side" aria-label=${TITLES[panel]}>
      <button class="shut" aria-label="Close" @click=${() => this.shut(panel)}>✕</button>
      ${this.sheets[panel].render()}
    </aside>`;
  }

  /** The keyboard goes to the button that opens this panel. */
  private shut(panel: Panel): void {
    this.element.panel = null;
    void this.element.updateComplete.then(() =>
      this.element.renderRoot.querySelector<HTMLElement>(`[data-panel=${panel}]`)?.focus()
    );
  }
}
