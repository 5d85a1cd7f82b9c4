/** A widget model whose kernel answers when the test says so, as the real one is slower than the screen. */
export class SlowModel<Sent, Reply> {
  readonly sent: Sent[] = [];
  saved = 0;
  private readonly acts = new Map<string, Set<(message: Reply) => void>>();

  constructor(protected readonly state: Record<string, unknown>) {}

  get(name: string): never {
    return this.state[name] as never;
  }

  set(name: string, value: unknown): void {
    this.state[name] = value;
    this.tell(`change:${name}`);
  }

  save_changes(): void {
    this.saved += 1;
  }

  send(message: object): void {
    this.sent.push(message as never);
  }

  on(event: string, act: (message: Reply) => void): void {
    this.acts.set(event, (this.acts.get(event) ?? new Set()).add(act));
  }

  off(event: string, act: (message: Reply) => void): void {
    this.acts.get(event)?.delete(act);
  }

  get listeners(): number {
    return [...this.acts.values()].reduce((sum, acts) => sum + acts.size, 0);
  }

  reply(reply: Partial<Reply>): void {
    this.tell('msg:custom', reply as Reply);
  }

  private tell(event: string, message?: Reply): void {
    this.acts.get(event)?.forEach(act => act(message as Reply));
  }
}
