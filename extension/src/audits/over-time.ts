import { TemplateResult } from 'lit';
import { compareView } from './compare-view';
import type { Comparison, Decision, Decisions, Desk, Run } from './talk';

/** What it asks of the panel around it. */
export interface OverTimeHost {
  readonly desk: Desk;
  requestUpdate(): void;
  announce(sentence: string): void;
  attempt(work: () => Promise<void>): Promise<void>;
}

/** Two runs side by side, and what was decided on findings. */
export class OverTime {
  readonly marked = new Set<string>();
  /** Who decided last on this page. */
  who = '';
  private readonly comparisons = new Map<string, Comparison>();
  private readonly decided = new Map<string, Decisions>();

  constructor(private readonly host: OverTimeHost) {}

  mark({ folder }: Run): void {
    this.marked[this.marked.has(folder) ? 'delete' : 'add'](folder);
    this.host.requestUpdate();
  }

  /** The two that are marked, the older one first. */
  twoOf(newestFirst: Run[]): [Run, Run] | null {
    const [after, before, ...more] = newestFirst.filter(({ folder }) => this.marked.has(folder));
    return before && more.length === 0 ? [before, after] : null;
  }

  compare(two: [Run, Run]): void {
    void this.host.attempt(async () => {
      this.comparisons.set(keyOf(two), await this.host.desk.compare(...two));
    });
  }

  render(two: [Run, Run], leave: () => void): TemplateResult {
    return compareView(two, this.comparisons.get(keyOf(two)), leave);
  }

  decisionsOn(run: Run): Decisions | null {
    return this.decided.get(run.id) ?? null;
  }

  /** A run may name no map to decide beside; then there is nothing to decide. */
  look(run: Run): void {
    void this.host.desk.decisions(run).then(
      decisions => this.keep(run, decisions),
      () => undefined
    );
  }

  decide(run: Run, decision: Omit<Decision, 'on'>): void {
    void this.host.attempt(async () => {
      this.who = decision.who;
      this.keep(run, await this.host.desk.decide(run, decision));
      this.host.announce('The decision is written down beside the map.');
    });
  }

  private keep(run: Run, decisions: Decisions): void {
    this.decided.set(run.id, decisions);
    this.host.requestUpdate();
  }
}

function keyOf(two: [Run, Run]): string {
  return two.map(({ id }) => id).join(' ');
}
