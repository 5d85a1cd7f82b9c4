import { Answer, Choice, Model, Reply, Scripts, Wish, keyOf, written } from './talk';

export const PATIENCE = 15_000;

/** A reply, and the choice it belongs to. */
interface Received {
  of: string;
  reply: Reply;
}

/**
 * The kernel as the screen sees it. The last choice wins: nothing is asked about a choice that was
 * given up, one wish is on its way at a time, and a late reply to an old choice is dropped.
 */
export class Kernel {
  /** No answer for longer than anybody wants to wait. */
  isSilent = false;
  private readonly received = new Map<string, Received>();
  private wishes: Wish[] = [];
  private underway: string | null = null;
  private clock: ReturnType<typeof setTimeout> | undefined;
  private scripts: ((scripts: Scripts) => void) | null = null;

  constructor(
    readonly model: Model,
    private readonly changed: () => void
  ) {
    model.on('change:answer', this.hearAnswer);
    model.on('change:asked', this.hearAnswer);
    model.on('msg:custom', this.hear);
  }

  stop(): void {
    clearTimeout(this.clock);
    this.model.off('change:answer', this.hearAnswer);
    this.model.off('change:asked', this.hearAnswer);
    this.model.off('msg:custom', this.hear);
  }

  get choice(): Choice {
    return written(this.model.get('asked'));
  }

  get answer(): Answer {
    return this.model.get('answer');
  }

  /** The numbers on the screen are those of an earlier choice. */
  get isWaiting(): boolean {
    return keyOf(this.answer.asked) !== keyOf(this.choice);
  }

  choose(part: Partial<Choice>): void {
    const choice = written({ ...this.choice, ...part });
    if (keyOf(choice) !== keyOf(this.choice)) {
      this.model.set('asked', choice);
      this.model.save_changes();
      this.watchTheClock();
      this.changed();
    }
  }

  /** What is to be fetched for the choice on the screen, the first first. */
  want(wishes: Wish[]): void {
    this.wishes = wishes;
    this.ask();
  }

  /** The reply to a wish; an older one stays until the next is there. */
  replyTo(wish: Wish): Reply | undefined {
    return this.received.get(nameOf(wish))?.reply;
  }

  isFresh(wish: Wish): boolean {
    return this.received.get(nameOf(wish))?.of === keyOf(this.choice);
  }

  fetchScripts(): Promise<Scripts> {
    return new Promise(resolve => {
      this.scripts = resolve;
      this.model.send({ wants: 'bokehjs', of: '' });
    });
  }

  private ask(): void {
    if (this.underway !== null || this.isWaiting || this.answer.problem) {
      return;
    }
    const next = this.wishes.find(wish => !this.isFresh(wish));
    if (next) {
      this.underway = nameOf(next);
      this.model.send({ ...next, of: keyOf(this.choice) });
      this.watchTheClock();
    }
  }

  private readonly hear = (reply: Reply): void => {
    if (reply.wants === 'bokehjs') {
      this.scripts?.(reply as Scripts & Reply);
      return;
    }
    if (this.underway !== null) {
      this.received.set(this.underway, { of: reply.of, reply });
      this.underway = null;
    }
    this.hearAnswer();
  };

  private readonly hearAnswer = (): void => {
    if (!this.isWaiting && this.underway === null) {
      clearTimeout(this.clock);
      this.isSilent = false;
    }
    this.ask();
    this.changed();
  };

  private watchTheClock(): void {
    clearTimeout(this.clock);
    this.clock = setTimeout(() => {
      this.isSilent = true;
      this.underway = null;
      this.changed();
    }, PATIENCE);
  }
}

function nameOf(wish: Wish): string {
  return [wish.wants, wish.view ?? wish.place ?? ''].join(' ');
}
