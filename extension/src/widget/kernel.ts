import type { Problem } from '../component/host';
import type { MeasuredMap } from '../map/generated/measured-map';
import type { Coverage, Message, Model, Preview, Question, Row, Suggestion } from './model';

const TRAITS = [
  'unreadable',
  'problems',
  'measured',
  'readonly',
  'inventory',
  'coverage',
  'suggestions',
  'questions',
  'preview',
  'failure',
  'answered'
] as const;

export type Trait = (typeof TRAITS)[number];

const LONGEST_START = 1_000_000;

/** What the kernel says, and whether it still owes an answer. The map itself is `MapInStep`'s. */
export class Kernel {
  constructor(
    private readonly model: Model,
    private readonly changed: (trait: Trait) => void
  ) {
    this.callbacks = TRAITS.map(trait => [`change:${trait}`, () => this.changed(trait)]);
    this.callbacks.forEach(([event, callback]) => model.on(event, callback));
  }

  disconnect(): void {
    this.callbacks.forEach(([event, callback]) => this.model.off(event, callback));
  }

  get problems(): Problem[] {
    return this.list('problems');
  }

  get measured(): MeasuredMap | null {
    return (this.model.get('measured') as MeasuredMap | null | undefined) ?? null;
  }

  get readonly(): boolean {
    return Boolean(this.model.get('readonly'));
  }

  get unreadable(): string {
    return this.text('unreadable');
  }

  get failure(): string {
    return this.text('failure');
  }

  /** Whether there are events to make rules for. */
  get hasEvents(): boolean {
    return Array.isArray(this.model.get('inventory'));
  }

  get inventory(): Row[] {
    return this.list('inventory');
  }

  get coverage(): Coverage | null {
    return (this.model.get('coverage') as Coverage | null | undefined) ?? null;
  }

  get suggestions(): Suggestion[] {
    return this.list('suggestions');
  }

  get questions(): Question[] {
    return this.list('questions');
  }

  /** The answer to what was asked last; null as long as it is not there. */
  get preview(): Preview | null {
    return this.isWaiting ? null : ((this.model.get('preview') as Preview | null | undefined) ?? null);
  }

  get isWaiting(): boolean {
    return this.asked !== null && this.model.get('answered') !== this.asked;
  }

  /** Sends a message; the next one takes the place of one that is not answered yet. */
  ask(message: Message): void {
    this.asked = this.next++;
    this.model.send({ ...message, number: this.asked });
  }

  private list<T>(trait: Trait): T[] {
    return (this.model.get(trait) as T[] | null | undefined) ?? [];
  }

  private text(trait: Trait): string {
    return String(this.model.get(trait) ?? '');
  }

  private readonly callbacks: [string, () => void][];
  private asked: number | null = null;
  /** Two screens of one model do not take each other's answers for their own. */
  private next = Math.floor(Math.random() * LONGEST_START) * LONGEST_START + 1;
}
