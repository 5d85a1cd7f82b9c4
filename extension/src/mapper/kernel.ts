import { keyOf } from './asking';
import { Answer, Asked, Counted, Layout, Model, Reply, Rows, Seen } from './talk';

export const PATIENCE = 15_000;

/** The kernel as the screen sees it: what was asked last counts, and an answer to anything older waits. */
export class Kernel {
  /** No answer for longer than anybody wants to wait. */
  isSilent = false;
  isCountingAll = false;
  rows: Rows | null = null;
  /** By rule; of the layout on the screen. */
  readonly counted = new Map<string, Counted>();
  private readonly wanted = new Set<string>();
  private readonly underway = new Set<string>();
  private clock: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly model: Model,
    private readonly changed: () => void
  ) {
    model.on('change:answer', this.hearAnswer);
    model.on('change:asked', this.hearAnswer);
    model.on('msg:custom', this.hear);
    model.send({ wants: 'rows' });
  }

  stop(): void {
    clearTimeout(this.clock);
    this.model.off('change:answer', this.hearAnswer);
    this.model.off('change:asked', this.hearAnswer);
    this.model.off('msg:custom', this.hear);
  }

  get seen(): Seen {
    return this.model.get('seen');
  }

  get asked(): Asked {
    return this.model.get('asked');
  }

  get answer(): Answer {
    return this.model.get('answer');
  }

  /** What is asked, with the kernel's guesses for the rest as soon as they are there. */
  get layout(): Layout {
    return this.isWaiting ? this.asked : this.answer.layout;
  }

  /** The counts on the screen are those of an earlier layout. */
  get isWaiting(): boolean {
    return this.isCountingAll || keyOf(this.answer.asked) !== keyOf(this.asked);
  }

  ask(asked: Asked): void {
    if (keyOf(asked) !== keyOf(this.asked)) {
      this.isCountingAll = false;
      this.forget();
      this.model.set('asked', asked);
      this.model.save_changes();
      this.watchTheClock();
      this.changed();
    }
  }

  /** Counting a large table may take its time. */
  countAll(): void {
    this.isCountingAll = true;
    this.model.send({ wants: 'all' });
    this.changed();
  }

  /** The rows that a rule counted are wanted, after the next count too, or not any more. */
  show(rule: string, isWanted: boolean): void {
    this.wanted[isWanted ? 'add' : 'delete'](rule);
    this.fetchRules();
  }

  private fetchRules(): void {
    if (this.isWaiting) {
      return;
    }
    for (const { rule } of this.answer.rules) {
      if (this.wanted.has(rule) && !this.counted.has(rule) && !this.underway.has(rule)) {
        this.underway.add(rule);
        this.model.send({ wants: 'rule', rule });
      }
    }
  }

  private forget(): void {
    this.counted.clear();
    this.underway.clear();
  }

  private readonly hear = (reply: Reply): void => {
    const { headings, rows, samples, rule } = reply;
    if (headings && rows && samples) {
      this.rows = { headings, rows, samples };
    } else if (headings && rows && rule) {
      this.counted.set(rule, { headings, rows });
    }
    if (reply.wants === 'all') {
      this.isCountingAll = false;
      this.forget();
      this.fetchRules();
    }
    this.changed();
  };

  private readonly hearAnswer = (): void => {
    if (!this.isWaiting) {
      clearTimeout(this.clock);
      this.isSilent = false;
    }
    this.fetchRules();
    this.changed();
  };

  private watchTheClock(): void {
    clearTimeout(this.clock);
    this.clock = setTimeout(() => {
      this.isSilent = true;
      this.changed();
    }, PATIENCE);
  }
}
