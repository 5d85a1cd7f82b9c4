import { TemplateResult, html, nothing, render } from 'lit';
import { copy, offerCode } from './code';
import { controls } from './controls';
import { drawing } from './drawing';
import { discard, exhibit } from './exhibit';
import { Kernel } from './kernel';
import { MapOnScreen } from './map';
import { numbers, summary } from './numbers';
import { comments, oneCustomer, voices } from './people';
import { Choice, Model, Reply, View, Wish } from './talk';

const MAP: Wish = { wants: 'map' };
const COMMENTS: Wish = { wants: 'comments' };
const OPEN_AT_FIRST = ['map', 'stage-funnel', 'waits', 'voices'];

/** The Explorer on the screen: draws what the kernel says, and says what was chosen. */
export class Explorer {
  private readonly kernel: Kernel;
  private readonly map: MapOnScreen;
  private readonly open = new Set(OPEN_AT_FIRST);
  private readonly figures = new Map<string, { view: View; figure: HTMLElement }>();
  private customer = 0;
  /** The last story of this choice; it stays while the next one is fetched. */
  private told: Reply | undefined;
  private drawingProblem = '';
  private shownCode = '';
  private isCopied = false;

  constructor(
    model: Model,
    private readonly root: HTMLElement
  ) {
    this.kernel = new Kernel(model, () => this.update());
    this.map = new MapOnScreen(model.get('journey_map'), place => this.choose({ place }));
    drawing(() => this.kernel.fetchScripts()).catch((problem: Error) => {
      this.drawingProblem = problem.message;
      this.update();
    });
    this.update();
  }

  stop(): void {
    this.kernel.stop();
    this.figures.forEach(({ figure }) => discard(figure));
    render(nothing, this.root);
  }

  private choose(part: Partial<Choice>): void {
    this.customer = 0;
    this.told = undefined;
    this.shownCode = '';
    this.kernel.choose(part);
  }

  private update(): void {
    render(this.page(), this.root);
    this.map.show(this.kernel.replyTo(MAP)?.measured ?? null, this.kernel.choice.place);
    this.kernel.want(this.wishes());
  }

  /** What is open on the screen and can be said, in the order in which it is fetched. */
  private wishes(): Wish[] {
    const views = this.kernel.model.get('offers').views.filter(({ id }) => this.open.has(id));
    return [
      ...(this.open.has('voices') && this.hasComments ? [COMMENTS] : []),
      ...(this.open.has('map') ? [MAP] : []),
      ...views.map(({ id }): Wish => ({ wants: 'view', view: id })),
      ...(this.open.has('customer') ? [this.story()] : [])
    ];
  }

  private get hasComments(): boolean {
    return this.kernel.model.get('offers').has_comments;
  }

  private story(): Wish {
    return { wants: 'story', place: this.customer };
  }

  private page(): TemplateResult {
    const { model, choice, answer } = this.kernel;
    const map = model.get('journey_map');
    return html`
      <h3><bdi>${map.name}</bdi></h3>
      ${controls({
        offers: model.get('offers'),
        map,
        choice,
        choose: part => this.choose(part)
      })}
      ${this.status()}
      ${this.part('map', 'The map: pick a stage or a touchpoint', () => html`<div class="map">${this.map.element}</div>`)}
      ${
        answer.problem
          ? nothing
          : html`<div class=${this.kernel.isWaiting ? 'isWaiting' : ''}>
                ${numbers(answer)} ${model.get('offers').views.map(({ id, title }) => this.view(id, title))}
              </div>
              ${this.part('voices', 'What people said', () => this.voices())}
              ${this.part('customer', 'One customer', () => this.oneCustomer())}`
      }
      ${this.code()}
    `;
  }

  private status(): TemplateResult {
    const { isWaiting, isSilent, answer } = this.kernel;
    const says = isSilent
      ? html`<p class="problem" role="status">
          The kernel does not answer. It may be busy with another cell, or stopped: run the cell of this
          Explorer again.
        </p>`
      : answer.problem && !isWaiting
        ? html`<p class="problem" role="status">${answer.problem}</p>`
        : html`<p role="status">${isWaiting ? nothing : summary(answer)}</p>`;
    return html`<div class="status" aria-busy=${isWaiting}>
      ${says}${isWaiting && !isSilent ? html`<p class="working">Working …</p>` : nothing}
    </div>`;
  }

  /** A section that is worked out only while it is open. */
  private part(id: string, title: string, content: () => TemplateResult): TemplateResult {
    const toggle = (event: Event): void => {
      const isOpen = (event.target as HTMLDetailsElement).open;
      if (isOpen !== this.open.has(id)) {
        this.open[isOpen ? 'add' : 'delete'](id);
        this.update();
      }
    };
    return html`
      <details class="part" ?open=${this.open.has(id)} @toggle=${toggle}>
        <summary>${title}</summary>
        ${this.open.has(id) ? content() : nothing}
      </details>
    `;
  }

  private view(id: string, title: string): TemplateResult {
    return this.part(id, title, () => {
      const reply = this.kernel.replyTo({ wants: 'view', view: id });
      if (reply?.problem) {
        return html`<p class="problem">${reply.problem}</p>`;
      }
      if (!reply?.view) {
        return html`<p class="muted">Drawing …</p>`;
      }
      const missing = this.drawingProblem ? html`<p class="problem">${this.drawingProblem}</p>` : nothing;
      return html`${missing}${this.figureOf(reply.view)}`;
    });
  }

  private figureOf(view: View): HTMLElement {
    const known = this.figures.get(view.id);
    if (known?.view === view) {
      return known.figure;
    }
    if (known) {
      discard(known.figure);
    }
    const figure = exhibit(view, this.kernel.answer.hidden);
    figure.style.minBlockSize = `${known?.figure.offsetHeight ?? 0}px`;
    this.figures.set(view.id, { view, figure });
    return figure;
  }

  private voices(): TemplateResult {
    const quoted = voices(this.kernel.answer.voices);
    if (!this.hasComments) {
      return quoted;
    }
    return html`
      ${comments(this.kernel.replyTo(COMMENTS), !this.kernel.isFresh(COMMENTS))}
      <h4>Quoted as evidence on the map</h4>
      ${quoted}
    `;
  }

  private oneCustomer(): TemplateResult {
    const isFresh = this.kernel.isFresh(this.story());
    this.told = isFresh ? this.kernel.replyTo(this.story()) : this.told;
    return oneCustomer({
      reply: this.told,
      isWaiting: !isFresh,
      tell: place => {
        this.customer = place;
        this.update();
      }
    });
  }

  private code(): TemplateResult {
    const { answer, isWaiting } = this.kernel;
    const give = (event: Event): void => {
      const isTaken = offerCode(event.currentTarget as Element, answer.code);
      this.shownCode = isTaken ? '' : answer.code;
      this.isCopied = false;
      this.update();
    };
    const copyIt = async (): Promise<void> => {
      this.isCopied = await copy(this.shownCode);
      this.update();
    };
    return html`
      <div class="code">
        <button type="button" ?disabled=${Boolean(answer.problem) || isWaiting} @click=${give}>
          Give me the code
        </button>
        ${
          this.shownCode
            ? html`<button type="button" @click=${copyIt}>Copy</button>
                <span class="muted" role="status">${this.isCopied ? 'Copied.' : nothing}</span>
                <pre tabindex="0" aria-label="The code of this choice">${this.shownCode}</pre>`
            : nothing
        }
      </div>
    `;
  }
}
