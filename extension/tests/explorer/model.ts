import type { Answer, Choice, Model, Reply } from '../../src/explorer/talk';
import { EVERYTHING, written } from '../../src/explorer/talk';

export const SHOP = {
  schema_version: '1.0',
  id: 'shop',
  name: 'Shop',
  stages: [
    { id: 'browse', name: 'Browse', touchpoints: [{ id: 'home', name: '<img src=x onerror=alert(1)>' }] },
    { id: 'buy', name: 'Buy', touchpoints: [{ id: 'cart', name: 'Cart' }] }
  ]
};

const OFFERS = {
  segments: { country: ['DE', '</option>FR'] },
  first_day: '2025-03-01',
  last_day: '2025-06-30',
  views: [
    { id: 'stage-funnel', title: 'Stages' },
    { id: 'waits', title: 'Waits' },
    { id: 'emotion-curve', title: 'Emotions' }
  ],
  has_comments: true
};

export function answerTo(choice: Partial<Choice>, more: Partial<Answer> = {}): Answer {
  const says = {
    share: '50.0%',
    interval: '40% to 60%',
    reached: '6',
    journeys: '12',
    open: '0',
    everywhere: '40.0%'
  };
  return {
    asked: choice,
    problem: null,
    counts: { journeys: '12', customers: '11', open: '0' },
    shares: [{ kind: 'stage', id: 'buy', name: 'Buy', share: 0.5, low: 0.4, high: 0.6, says }],
    hidden: '– stands where nothing was counted',
    voices: [{ quote: 'So <b>slow</b>', source: 'Interviews', n: 12, strength: 'C', contradicts: false }],
    code: 'chosen = journeys',
    ...more
  };
}

/** A widget model whose kernel answers when the test says so, as the real one is slower than the screen. */
export class SlowModel implements Model {
  readonly sent: { wants: string; of: string; view?: string; place?: number }[] = [];
  saved = 0;
  private readonly state: Record<string, unknown> = {
    journey_map: SHOP,
    offers: OFFERS,
    asked: EVERYTHING,
    answer: answerTo(EVERYTHING)
  };
  private readonly acts = new Map<string, Set<(message: Reply) => void>>();

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

  /** The kernel answers what is asked now, or an earlier choice. */
  answer(choice: Partial<Choice> = this.state.asked as Choice, more: Partial<Answer> = {}): void {
    this.set('answer', answerTo(written(choice), more));
  }

  reply(reply: Partial<Reply>): void {
    this.tell('msg:custom', reply as Reply);
  }

  private tell(event: string, message?: Reply): void {
    this.acts.get(event)?.forEach(act => act(message as Reply));
  }
}
