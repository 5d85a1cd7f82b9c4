import type { Model } from '../../src/widget/model';

/** A model without a kernel behind it: what the screen sets and sends is kept for the test to see. */
export class ModelAlone implements Model {
  readonly sent: Record<string, unknown>[] = [];
  saved = 0;

  constructor(private readonly state: Record<string, unknown>) {}

  get(name: string): unknown {
    return this.state[name];
  }

  set(name: string, value: unknown): void {
    this.state[name] = value;
    this.callbacks.get(`change:${name}`)?.forEach(callback => callback());
  }

  save_changes(): void {
    this.saved += 1;
  }

  send(message: Record<string, unknown>): void {
    this.sent.push(message);
  }

  on(event: string, callback: () => void): void {
    this.callbacks.set(event, [...(this.callbacks.get(event) ?? []), callback]);
  }

  off(event: string, callback: () => void): void {
    this.callbacks.set(
      event,
      (this.callbacks.get(event) ?? []).filter(one => one !== callback)
    );
  }

  private readonly callbacks = new Map<string, (() => void)[]>();
}
