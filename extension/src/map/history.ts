import type { JourneyMap } from './generated/journey-map';

interface Step {
  label: string;
  before: JourneyMap;
}

const FARTHEST_BACK = 200;

/** The maps before this one and, after an undo, those that came after it. */
export class History {
  constructor(
    private current: JourneyMap,
    private readonly limit: number = FARTHEST_BACK
  ) {}

  get map(): JourneyMap {
    return this.current;
  }

  /** What the next undo takes back, such as `Add stage`; null where nothing is left. */
  get undoLabel(): string | null {
    return this.past.at(-1)?.label ?? null;
  }

  get redoLabel(): string | null {
    return this.future.at(-1)?.label ?? null;
  }

  /** One step more; what was undone before is gone. The same map again is no step. */
  push(label: string, map: JourneyMap): void {
    if (map !== this.current) {
      this.past.push({ label, before: this.current });
      this.past.splice(0, this.past.length - this.limit);
      this.future.length = 0;
      this.current = map;
    }
  }

  /** Takes one step back and says its name. */
  undo(): string | null {
    return this.step(this.past, this.future);
  }

  redo(): string | null {
    return this.step(this.future, this.past);
  }

  private step(from: Step[], to: Step[]): string | null {
    const step = from.pop();
    if (!step) {
      return null;
    }
    to.push({ label: step.label, before: this.current });
    this.current = step.before;
    return step.label;
  }

  private readonly past: Step[] = [];
  private readonly future: Step[] = [];
}
