import type { Answer, Asked, Layout, Model, Reply, Seen, Shape } from '../../src/mapper/talk';
import { SlowModel } from '../slow-model';

const role = (id: string, says: string, needed = false, many = false) => ({
  id,
  says,
  about: `${says}, in a sentence.`,
  needed,
  many
});
const column = (name: string, why: string, more: object = {}) => ({
  name,
  about: 'text, 100% filled, 3 values',
  is_number: false,
  role: null,
  why,
  personal: null,
  ...more
});

export const GUESS: Layout = {
  shape: 'events',
  roles: { id: 'customer', when: 'time', what: 'event' },
  zone: null,
  unit: null,
  milestones: {},
  questions: {},
  beside: {}
};
const SURVEY: Layout = { ...GUESS, shape: 'respondents', roles: { what: 'score', '<b>said</b>': 'comment' } };
const BOOKINGS: Layout = { ...GUESS, shape: 'milestones', roles: { id: 'customer', when: 'milestone' } };
const ANSWERS: Layout = { ...GUESS, shape: 'answers', roles: { what: 'question', when: 'score' } };

const SHAPES: Shape[] = [
  {
    id: 'events',
    says: 'an event',
    about: 'Something that happened.',
    rest: 'Rules can use it',
    roles: [role('customer', 'Customer', true), role('time', 'Time', true), role('event', 'Event', true)],
    guess: GUESS
  },
  {
    id: 'milestones',
    says: 'a customer with several times',
    about: 'A booking.',
    rest: 'Not read',
    roles: [role('customer', 'Customer', true), role('milestone', 'Time of an event', true, true)],
    guess: BOOKINGS
  },
  {
    id: 'respondents',
    says: 'somebody who answered',
    about: 'A survey.',
    rest: 'Not read',
    roles: [role('score', 'Score', true, true), role('comment', 'Comment', false, true)],
    guess: SURVEY
  },
  {
    id: 'answers',
    says: 'an answer',
    about: 'A long survey.',
    rest: 'Not read',
    roles: [role('score', 'Score', true), role('question', 'Question')],
    guess: ANSWERS
  }
];

export const SEEN: Seen = {
  called: '<img src=x onerror=alert(1)>.csv',
  columns: [
    column('id', 'An id that several rows share.'),
    column('when', 'Its values are `times`.', { is_number: true }),
    column('what', 'Named like what happened.'),
    column('<b>said</b>', 'Nothing says what it is for.', { personal: 'e-mail addresses' })
  ],
  problems: ['`id` is empty in one row of 3.'],
  export: null,
  shape: { id: 'events', why: '`what` names events.' },
  shapes: SHAPES,
  units: ['s', 'ms'],
  kinds: { nps: [0, 10], csat: [1, 5], other: [1, 5] },
  zone_names: ['Europe/Berlin', 'UTC']
};

export function answerTo(asked: Asked, more: Partial<Answer> = {}): Answer {
  const { confirmed, ...layout } = asked;
  return {
    asked,
    layout,
    guessed: Object.keys(asked.roles).filter(name => !confirmed.includes(name)),
    problem: '',
    says: '2 events with 1 name, of 2 customers; 1 of 3 rows set aside.',
    scope: '',
    period: 'From 2025-03-01 09:00 to 2025-03-02 09:00, in UTC.',
    rules: [
      {
        rule: 'no_customer',
        name: 'No customer',
        why: 'The column of the customer is empty.',
        rows: '1',
        places: '2',
        can_be_shown: true,
        is_set_aside: true
      }
    ],
    doubts: [],
    code: 'found = EventTable()',
    is_of_all: true,
    ...more
  };
}

export class SlowMapper extends SlowModel<{ wants: string; rule?: string }, Reply> implements Model {
  constructor(seen: Partial<Seen> = {}) {
    const asked = { ...GUESS, confirmed: [] };
    super({ seen: { ...SEEN, ...seen }, asked, answer: answerTo(asked) });
  }

  get asked(): Asked {
    return this.state.asked as Asked;
  }

  /** The kernel answers what is asked now, or something earlier. */
  answer(more: Partial<Answer> = {}, asked: Asked = this.asked): void {
    this.set('answer', answerTo(asked, more));
  }
}
