import type { Answer, Choice, Model, Reply } from '../../src/explorer/talk';
import { EVERYTHING, written } from '../../src/explorer/talk';
import { SlowModel } from '../slow-model';

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

export class SlowExplorer
  extends SlowModel<{ wants: string; of: string; view?: string; place?: number }, Reply>
  implements Model
{
  constructor() {
    super({ journey_map: SHOP, offers: OFFERS, asked: EVERYTHING, answer: answerTo(EVERYTHING) });
  }

  /** The kernel answers what is asked now, or an earlier choice. */
  answer(choice: Partial<Choice> = this.state.asked as Choice, more: Partial<Answer> = {}): void {
    this.set('answer', answerTo(written(choice), more));
  }
}
