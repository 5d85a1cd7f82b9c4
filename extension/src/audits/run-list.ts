import type { Run } from './talk';
import { isOver } from './words';

/** All runs that the panel has heard of, each as it stands now. */
export class RunList {
  private readonly runs = new Map<string, Run>();

  get(folder: string): Run | undefined {
    return this.runs.get(folder);
  }

  get newestFirst(): Run[] {
    return [...this.runs.values()].sort((one, other) => other.started_at.localeCompare(one.started_at));
  }

  get underway(): Run[] {
    return [...this.runs.values()].filter(run => !isOver(run));
  }

  /** What the news is about `run`; a run that is over does not begin again. */
  take(run: Run): 'old' | 'new' | 'ended' {
    const known = this.runs.get(run.folder);
    if (known && isOver(known) && !isOver(run)) {
      return 'old';
    }
    this.runs.set(run.folder, run);
    return known && !isOver(known) && isOver(run) ? 'ended' : 'new';
  }
}
