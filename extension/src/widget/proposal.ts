import { TemplateResult, html, nothing } from 'lit';
import type { Edit } from '../map/operations';
import type { Desk, Proposal } from './desk';
import { coverageSentence, difference, percent, shownValue, whole } from './figures';
import type { ChangedTarget, Preview, Values } from './model';
import { overlapsOf } from './overlaps';
import { RuleForm } from './rule-form';
import { nameOf } from './targets';
import { inWords } from './words';

/** What a change would do to the numbers, before it is kept. */
export class ProposalPart {
  constructor(
    private readonly desk: Desk,
    private readonly kept: (edit: Edit) => void,
    private readonly left: () => void
  ) {
    this.form = new RuleForm(desk, rule => this.ask({ ...this.proposal!, change: { rule } }));
  }

  get isOpen(): boolean {
    return this.proposal !== null;
  }

  show(proposal: Proposal): void {
    this.form.close();
    this.ask(proposal);
    this.desk.goTo('#keep:not([disabled])', '#proposal');
  }

  /** Shows the form for a rule that is there, or for a first one. */
  change(proposal: Proposal): void {
    this.ask(proposal);
    this.form.open('rule' in proposal.change ? proposal.change.rule : null);
  }

  close(): void {
    this.proposal = null;
    this.last = null;
    this.form.close();
    this.desk.requestUpdate();
  }

  /** To be called when an answer may have come: the keyboard waits for it on the way to `Keep`. */
  answered(): void {
    const { preview, isWaiting } = this.desk.kernel;
    if (!this.proposal || isWaiting || preview === this.last) {
      return;
    }
    if (!preview) {
      this.askAgain(this.proposal);
      return;
    }
    this.last = preview;
    if (!this.form.isOpen) {
      this.desk.goTo('#keep:not([disabled])', '#proposal');
    }
    this.desk.announce(
      preview.after
        ? `Preview. ${preview.words ?? 'No rule.'} ${coverageSentence(preview.after)}`
        : preview.error
    );
  }

  render(): TemplateResult | typeof nothing {
    if (!this.proposal) {
      return nothing;
    }
    const preview = this.last;
    const { isWaiting, failure } = this.desk.kernel;
    const label = preview?.edit?.label;
    return html`<section
      id="proposal"
      class="proposal"
      tabindex="-1"
      aria-labelledby="proposal-title"
      @keydown=${this.key}
    >
      <h3 id="proposal-title" class="clamped" title=${label ?? this.name()}>
        ${label ? inWords(label) : html`Rule of <bdi>${this.name()}</bdi>`}
      </h3>
      ${preview?.words ? html`<p class="rule">${inWords(preview.words)}</p>` : nothing} ${this.alsoAsked()}
      ${this.fields(preview)} ${fault(failure)}
      <div class="counts" aria-busy=${isWaiting}>${preview?.after ? this.counts(preview) : nothing}</div>
      ${this.buttons(preview, isWaiting)}
    </section>`;
  }

  private fields(preview: Preview | null): TemplateResult | typeof nothing {
    const error = preview?.error ?? '';
    return this.form.isOpen ? this.form.render(error) : fault(error);
  }

  private buttons(preview: Preview | null, waits: boolean): TemplateResult {
    const open = () => this.openForm(preview?.rule ?? null);
    return html`<p class="buttons">
      <button
        id="keep"
        class="chief"
        type="button"
        ?disabled=${waits || !preview?.edit || this.form.isFaulty}
        @click=${this.keep}
      >
        Keep
      </button>
      ${
        this.form.isOpen
          ? nothing
          : html`<button id="change" type="button" ?disabled=${!preview} @click=${open}>
              Change the rule
            </button>`
      }
      <button id="dismiss" type="button" @click=${this.dismiss}>Dismiss</button>
      ${waits ? html`<span class="faint">Counting …</span>` : nothing}
    </p>`;
  }

  private name(): string {
    const { insert, target } = this.proposal!;
    return insert?.name ?? nameOf(this.desk.map, target);
  }

  /** The other columns of the row that was put here: each can narrow the rule. */
  private alsoAsked(): TemplateResult | typeof nothing {
    const { change, values } = this.proposal!;
    const chosen = 'bind' in change ? change.bind : 'unbind' in change ? change.unbind : null;
    const others = Object.entries(values ?? {}).filter(
      ([column, value]) => column !== 'event' && value !== null
    );
    if (!chosen || !others.length || this.form.isOpen) {
      return nothing;
    }
    return html`<p class="also">
      ${others.map(
        ([column, value]) =>
          html`<label class="tick">
            <input
              type="checkbox"
              .checked=${column in chosen}
              @change=${(event: Event) => this.narrow(column, (event.target as HTMLInputElement).checked)}
            />
            <span
              >only where ${column} is <code><bdi>${shownValue(value)}</bdi></code></span
            >
          </label>`
      )}
    </p>`;
  }

  private narrow(column: string, isAsked: boolean): void {
    const proposal = this.proposal!;
    const word = 'bind' in proposal.change ? 'bind' : 'unbind';
    const before = (proposal.change as Record<string, Values>)[word];
    const names = Object.keys(proposal.values!).filter(name => (name === column ? isAsked : name in before));
    const values = Object.fromEntries(names.map(name => [name, proposal.values![name]]));
    this.ask({ ...proposal, change: word === 'bind' ? { bind: values } : { unbind: values } });
  }

  private counts(preview: Preview): TemplateResult {
    const [before, after] = [preview.before!, preview.after!];
    const most = Math.max(1, ...preview.targets.flatMap(one => one.events));
    return html`<p class="arrow">
        Coverage <span>${percent(before.share)}</span> <span aria-label="to">→</span>
        <strong>${percent(after.share)}</strong>
        <span>(${difference([before.claimed, after.claimed])} of ${whole(after.events)} events)</span>
      </p>
      <table>
        <caption class="unseen">
          Events and customers before and after
        </caption>
        <thead>
          <tr>
            <th scope="col">On</th>
            <th scope="col">Events</th>
            <th scope="col">Change</th>
            <th scope="col">Customers</th>
          </tr>
        </thead>
        <tbody>
          ${preview.targets.map(one => this.line(one, most))}
        </tbody>
      </table>
      ${overlapsOf(this.desk.map, preview.overlaps)}`;
  }

  private line(one: ChangedTarget, most: number): TemplateResult {
    const [old, now] = one.events;
    const name = one.id === this.proposal!.target ? this.name() : nameOf(this.desk.map, one.id);
    const width = (count: number) => `width: ${(count / most) * 100}%`;
    return html`<tr>
      <th scope="row"><bdi class="clamped" title=${name}>${name}</bdi></th>
      <td>
        <span class="pair">${whole(old)} <span aria-label="to">→</span> ${whole(now)}</span>
        <span class="bars" aria-hidden="true"
          ><span class="old" style=${width(old)}></span><span class="now" style=${width(now)}></span
        ></span>
      </td>
      <td class=${now < old ? 'less' : 'more'}>${difference(one.events)}</td>
      <td>${whole(one.customers[0])} <span aria-label="to">→</span> ${whole(one.customers[1])}</td>
    </tr>`;
  }

  private ask(proposal: Proposal): void {
    this.proposal = proposal;
    const { target, change, insert } = proposal;
    this.desk.kernel.ask({ kind: 'preview', target, ...change, ...(insert ? { insert } : {}) });
    this.desk.requestUpdate();
  }

  /** Other rules changed meanwhile, so that the numbers are old. */
  private askAgain(proposal: Proposal): void {
    if (this.last) {
      this.last = null;
      this.ask(proposal);
    }
  }

  private openForm(rule: Preview['rule']): void {
    this.form.open(rule);
    this.desk.goTo('.form select, .form textarea, .form input');
  }

  private readonly keep = (): void => {
    const edit = this.last?.edit;
    if (edit) {
      this.close();
      this.kept(edit);
    }
  };

  private readonly dismiss = (): void => {
    this.close();
    this.desk.kernel.ask({ kind: 'dismiss' });
    this.left();
  };

  private readonly key = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && !event.defaultPrevented) {
      event.preventDefault();
      this.dismiss();
    }
  };

  private readonly form: RuleForm;
  private proposal: Proposal | null = null;
  /** The last answer, shown until the next one is there. */
  private last: Preview | null = null;
}

function fault(sentence: string): TemplateResult | typeof nothing {
  return sentence ? html`<p class="fault" role="alert">${inWords(sentence)}</p>` : nothing;
}
