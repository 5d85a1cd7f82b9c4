import type { Run } from './talk';
import { STATUS, isOver, progressOf } from './words';

const QUIET_FOR = 10_000;

/** What people who hear the screen are told of runs: how each ends at once, how far it is now and then. */
export class Announcing {
  private known = new Map<string, Run['status']>();
  private last = 0;

  /** The sentence to say now that `run` stands like that, if any. */
  of(run: Run, isShown: boolean, now: number): string | null {
    const before = this.known.get(run.id);
    this.known.set(run.id, run.status);
    if (before === undefined) {
      return null;
    }
    if (isOver(run)) {
      return before === run.status ? null : `${run.title}: ${STATUS[run.status]}.`;
    }
    if (!isShown || now - this.last < QUIET_FOR) {
      return null;
    }
    this.last = now;
    return `${run.title}: ${progressOf(run)}.`;
  }
}
