import { CSSResult, TemplateResult, html, nothing } from 'lit';
import { keysOf } from '../../map/place';
import { fieldOf } from '../../map/shape';
import { JsonObject } from '../../map/json';
import { Fields } from '../details/field';
import { option } from '../details/choice';
import { counted } from '../details/words';
import type { Host } from '../host';
import { Names, adder, cards } from './cards';
import { presetPicker } from './presets';
import { STEPS, Step } from './steps';
import { guideStyles } from './styles';

const SCOPE = 'guide';

/** From an empty sheet to a map that can be acted on, in seven steps that can be taken in any order. */
export class Guide {
  static styles: CSSResult = guideStyles;

  private readonly fields: Fields;
  private readonly names: Names = new Map();
  private begun = false;
  private current: Step | null = null;
  private stage: string | undefined;

  constructor(private readonly host: Host) {
    this.fields = new Fields(host, SCOPE);
  }

  render(): TemplateResult {
    this.fields.followUp();
    const { journeyMap, readonly } = this.host;
    const blank = !journeyMap.stages?.length && !journeyMap.personas?.length && !journeyMap.objective;
    return html`<div class="sheet ${SCOPE}">
      ${blank && !this.begun && !readonly ? this.beginning() : this.steps()}
    </div>`;
  }

  private beginning(): TemplateResult {
    return html`<h2 tabindex="-1">A new map</h2>
      <p>Begin with stages that are often used, and change them as you like, or begin with nothing.</p>
      <p><button type="button" class="main" @click=${() => this.begin()}>Start empty</button></p>
      <h3>Start from a preset</h3>
      ${presetPicker(this.host, () => this.begin())}`;
  }

  private begin(): void {
    this.begun = true;
    this.go(STEPS[0]);
  }

  private go(step: Step): void {
    this.current = step;
    this.host.requestUpdate();
    void this.host.updateComplete.then(() =>
      this.host.renderRoot.querySelector<HTMLElement>(`.sheet.${SCOPE} h2`)?.focus()
    );
  }

  private steps(): TemplateResult {
    const map = this.host.journeyMap;
    const missing = STEPS.map(step => step.missing(map));
    const open = STEPS.find((_, number) => missing[number].length > 0) ?? STEPS.at(-1)!;
    const step = (this.current ??= open);
    const number = STEPS.indexOf(step);
    const done = missing.filter(one => one.length === 0).length;
    return html`<nav aria-label="Steps to a map">
        <p role="status">${done} of ${STEPS.length} steps done</p>
        <ol class="steps">
          ${STEPS.map((one, at) => this.stepButton(one, at, missing[at].length, one === step))}
        </ol>
      </nav>
      <h2 tabindex="-1">${number + 1}. ${step.name}</h2>
      <p>${step.asks}</p>
      ${still(missing[number])} ${this.inside(step)} ${this.turns(number)}`;
  }

  private stepButton(step: Step, at: number, missing: number, here: boolean): TemplateResult {
    const state = missing === 0 ? '✓ done' : `○ ${missing} open`;
    return html`<li>
      <button type="button" aria-current=${here ? 'step' : 'false'} @click=${() => this.go(step)}>
        <span>${at + 1}. ${step.name}</span> <small>${state}</small>
      </button>
    </li>`;
  }

  private turns(number: number): TemplateResult {
    const [before, after] = [STEPS[number - 1], STEPS[number + 1]] as (Step | undefined)[];
    return html`<div class="turns">
      ${before ? html`<button type="button" @click=${() => this.go(before)}>← Back: ${before.name}</button>` : html`<span></span>`}
      ${
        after
          ? html`<button type="button" class="main" @click=${() => this.go(after)}>
              Next: ${after.name} →
            </button>`
          : nothing
      }
    </div>`;
  }

  private inside(step: Step): TemplateResult {
    switch (step.id) {
      case 'objective':
        return this.ofMap('name objective decision_to_inform goal scenario scope success_criteria');
      case 'personas':
        return html`${cards(this.fields, 'personas', 'kind goals pains quote')}
        ${adder(this.fields, 'personas', 'Name of a persona', this.names)} ${this.ofMap('primary_persona')}`;
      case 'touchpoints':
        return html`${cards(this.fields, 'touchpoints', 'channel doing department', channelOf)}
        ${this.stagePicker()}
        ${adder(this.fields, 'touchpoints', 'Name of a touchpoint', this.names, this.stage)}`;
      case 'research':
        return html`${cards(this.fields, 'evidence', 'kind strength n quote supports contradicts')}
        ${adder(this.fields, 'evidence', 'Name of a piece of evidence', this.names)}`;
      case 'stages':
        return this.stages();
      case 'moments':
        return cards(this.fields, 'touchpoints', 'moment_of_truth pain_points', claimsOf);
      case 'action':
        return html`${cards(this.fields, 'opportunities', 'how_might_we touchpoints pain_points owner end')}
        ${adder(this.fields, 'opportunities', 'Name of an opportunity', this.names)}`;
    }
  }

  private ofMap(names: string): TemplateResult {
    return html`${names.split(' ').map(name => this.fields.render('', fieldOf('JourneyMap', name)!))}`;
  }

  private stages(): TemplateResult {
    const none = !this.host.journeyMap.stages?.length && !this.host.readonly;
    const presets = html`<details class="group">
      <summary><h3>Start from a preset</h3></summary>
      ${presetPicker(this.host, () => this.host.requestUpdate())}
    </details>`;
    return html`${cards(this.fields, 'stages', 'customer_goal canonical touchpoints')}
    ${adder(this.fields, 'stages', 'Name of a stage', this.names)} ${none ? presets : nothing}`;
  }

  /** New touchpoints go into this stage. */
  private stagePicker(): TemplateResult | typeof nothing {
    const stages = this.host.journeyMap.stages ?? [];
    const keys = keysOf(stages);
    if (stages.length < 2 || this.host.readonly) {
      return nothing;
    }
    this.stage = this.stage !== undefined && keys.includes(this.stage) ? this.stage : keys[0];
    const choose = (event: Event) => {
      this.stage = (event.target as HTMLSelectElement).value;
      this.host.requestUpdate();
    };
    return html`<div class="field">
      <label for="guide-stage">Stage of new touchpoints</label>
      <select id="guide-stage" @change=${choose}>
        ${stages.map((stage, number) => option(keys[number], stage.name, this.stage!))}
      </select>
    </div>`;
  }
}

function still(missing: string[]): TemplateResult {
  return missing.length === 0
    ? html`<p class="still">✓ This step is done. You can come back to it at any time.</p>`
    : html`<div class="still">
        <strong>Still missing</strong>
        <ul>
          ${missing.map(sentence => html`<li>○ ${sentence}</li>`)}
        </ul>
      </div>`;
}

function channelOf({ channel }: JsonObject): string {
  return typeof channel === 'string' ? channel : '○ no channel';
}

function claimsOf({ moment_of_truth: moment, pain_points: pains }: JsonObject): string {
  const said = [
    moment ? '★ moment of truth' : '',
    Array.isArray(pains) && pains.length ? counted(pains.length, 'pain point') : ''
  ];
  return said.filter(Boolean).join(', ');
}
