import { TemplateResult, html, nothing, render } from 'lit';
import { copy, offerCode } from '../explorer/code';
import { confirming } from './asking';
import { columns } from './columns';
import { counts, status } from './counts';
import type { Desk } from './desk';
import { Kernel } from './kernel';
import { firstRows } from './rows';
import { settings } from './settings';
import type { Model, Role, Shape } from './talk';

let mappers = 0;

/** The mapper on the screen: shows what the kernel guesses and counts, and says what a person chose. */
export class Mapper implements Desk {
  readonly kernel: Kernel;
  readonly id = `cjm-mapper-${(mappers += 1)}`;
  private copied = '';

  constructor(
    model: Model,
    private readonly root: HTMLElement
  ) {
    this.kernel = new Kernel(model, () => this.update());
    this.update();
  }

  stop(): void {
    this.kernel.stop();
    render(nothing, this.root);
  }

  get shape(): Shape {
    const { shapes } = this.kernel.seen;
    return shapes.find(({ id }) => id === this.kernel.asked.shape) ?? shapes[0];
  }

  readonly roleOf = (column: string): Role | undefined => {
    const role = this.kernel.asked.roles[column];
    return this.shape.roles.find(({ id }) => id === role);
  };

  readonly inWords = (sentences: string): TemplateResult =>
    html`${sentences
      .split('`')
      .map((piece, at) => (at % 2 === 0 ? piece : html`<code><bdi>${piece}</bdi></code>`))}`;

  private update(): void {
    render(this.page(), this.root);
  }

  private page(): TemplateResult {
    const { seen } = this.kernel;
    return html`
      <h3><bdi>${seen.called}</bdi></h3>
      ${this.export()} ${settings(this)}
      <div class="desk">
        <div>
          <div class="head">
            <h4>What each column is</h4>
            ${this.confirmAll()}
          </div>
          ${columns(this)}
        </div>
        <div class="outcome">
          <h4>What comes of it</h4>
          ${status(this)} ${counts(this)} ${this.code()}
        </div>
      </div>
      ${this.problems()}
      <details class="part" open>
        <summary>First rows</summary>
        ${firstRows(this)}
      </details>
    `;
  }

  /** That a source of its own reads this export better than any layout could. */
  private export(): TemplateResult | typeof nothing {
    const known = this.kernel.seen.export;
    if (!known) {
      return nothing;
    }
    return html`<div class="problem">
      <p><code>${known.source}</code> reads this export. ${this.inWords(known.why)}</p>
      <pre tabindex="0" aria-label="The code of ${known.source}">${known.code}</pre>
      <div class="buttons">${this.give(known.code)}</div>
    </div>`;
  }

  private problems(): TemplateResult | typeof nothing {
    const { problems } = this.kernel.seen;
    if (!problems.length) {
      return nothing;
    }
    return html`
      <details class="part" open>
        <summary>Seen in the first rows</summary>
        <ul class="problem">
          ${problems.map(problem => html`<li>${this.inWords(problem)}</li>`)}
        </ul>
      </details>
    `;
  }

  private confirmAll(): TemplateResult {
    const { asked } = this.kernel;
    const guessed = Object.keys(asked.roles).filter(
      name => this.roleOf(name) && !asked.confirmed.includes(name)
    );
    const isDone = guessed.length === 0;
    return html`
      <button
        type="button"
        aria-disabled=${isDone}
        @click=${() => (isDone ? null : this.kernel.ask(confirming(asked, guessed)))}
      >
        ${isDone ? 'All are confirmed' : guessed.length === 1 ? 'Confirm the guess' : `Confirm all ${guessed.length} guesses`}
      </button>
    `;
  }

  private code(): TemplateResult | typeof nothing {
    const { answer, isWaiting } = this.kernel;
    if (!answer.code) {
      return nothing;
    }
    return html`
      <div class=${isWaiting ? 'code isWaiting' : 'code'}>
        <pre tabindex="0" aria-label="The code">${answer.code}</pre>
        <div class="buttons">${this.give(answer.code, isWaiting)}</div>
      </div>
    `;
  }

  /** Into a new cell where the notebook takes it, and to the clipboard anywhere. */
  private give(code: string, isWaiting = false): TemplateResult {
    const insert = async (event: Event): Promise<void> => {
      this.copied = '';
      if (!offerCode(event.currentTarget as Element, code)) {
        this.copied = (await copy(code)) ? code : '';
      }
      this.update();
    };
    const copyIt = async (): Promise<void> => {
      this.copied = (await copy(code)) ? code : '';
      this.update();
    };
    return html`
      <button type="button" ?disabled=${isWaiting} @click=${insert}>Give me the code</button>
      <button type="button" ?disabled=${isWaiting} @click=${copyIt}>Copy</button>
      <span class="muted" role="status">${this.copied === code ? 'Copied.' : nothing}</span>
    `;
  }
}
