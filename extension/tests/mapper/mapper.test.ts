import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CODE } from '../../src/explorer/code';
import widget from '../../src/mapper/index';
import { PATIENCE } from '../../src/mapper/kernel';
import type { Seen } from '../../src/mapper/talk';
import { SlowMapper } from './model';

const NPS = { id: 'what', kind: 'nps', scale: [0, 10] as [number, number] };

describe('the mapper on the screen', () => {
  let model: SlowMapper;
  let el: HTMLElement;
  let stop: () => void;

  const find = <T extends Element>(selector: string): T => el.querySelector<T>(selector)!;
  const text = (selector: string): string => find(selector)?.textContent?.replace(/\s+/g, ' ').trim() ?? '';
  const named = <T extends HTMLElement>(name: string): T => find<T>(`[aria-label="${name}"]`);
  const roleOf = (column: string): HTMLSelectElement =>
    [...el.querySelectorAll<HTMLLabelElement>('.what label')].find(label => label.textContent === column)!
      .control as HTMLSelectElement;
  const choose = (field: HTMLInputElement | HTMLSelectElement, value: string): void => {
    field.value = value;
    field.dispatchEvent(new Event('change'));
  };
  const tick = (field: HTMLInputElement, isOn: boolean): void => {
    field.checked = isOn;
    field.dispatchEvent(new Event('change'));
  };
  const start = (seen: Partial<Seen> = {}): void => {
    model = new SlowMapper(seen);
    el = document.createElement('div');
    document.body.append(el);
    stop = widget.render({ model, el });
  };

  beforeEach(() => start());
  afterEach(() => {
    stop();
    el.remove();
    vi.useRealTimers();
  });

  it('says what comes of the table as it is guessed', () => {
    expect(text('[role=status]')).toBe('2 events with 1 name, of 2 customers; 1 of 3 rows set aside.');
    expect(text('.rules h5')).toBe('Set aside');
    expect(text('.rules li')).toContain('1 No customer The column of the customer is empty.');
    expect(text('.code pre')).toBe('found = EventTable()');
  });

  it('shows names and sentences as texts, whatever they hold', () => {
    expect(el.querySelector('img, b')).toBeNull();
    expect(text('h3')).toBe('<img src=x onerror=alert(1)>.csv');
    expect(text('.why code')).toBe('times');
    expect(text('.personal')).toBe('Personal data: e-mail addresses');
  });

  it('takes a role from the column that had it, and confirms the choice', () => {
    choose(roleOf('<b>said</b>'), 'customer');
    expect(model.asked.roles).toEqual({ '<b>said</b>': 'customer', when: 'time', what: 'event' });
    expect(model.asked.confirmed).toEqual(['<b>said</b>']);
    expect(text('.status')).toBe('Working …');
    model.answer();
    expect(text('[role=status]')).toContain('2 events');
    expect(roleOf('id').value).toBe('');
  });

  it('takes a role away', () => {
    choose(roleOf('what'), '');
    expect(model.asked.roles).toEqual({ id: 'customer', when: 'time' });
  });

  it('lets a guess be confirmed, doubted again, or all at once', () => {
    tick(named('Confirmed: id'), true);
    expect(model.asked.confirmed).toEqual(['id']);
    tick(named('Confirmed: id'), false);
    expect(model.asked.confirmed).toEqual([]);
    const button = find<HTMLButtonElement>('.head button');
    expect(button.textContent?.trim()).toBe('Confirm all 3 guesses');
    button.click();
    expect(model.asked.confirmed).toEqual(['id', 'what', 'when']);
    expect([button.textContent?.trim(), button.getAttribute('aria-disabled')]).toEqual([
      'All are confirmed',
      'true'
    ]);
  });

  it('starts with the guess for another kind of row, and none of it is confirmed', () => {
    tick(named('Confirmed: id'), true);
    tick(named('a customer with several times'), true);
    expect(model.asked).toMatchObject({ shape: 'milestones', confirmed: [] });
    choose(named('Event of when'), ' Paid ');
    expect(model.asked.milestones).toEqual({ when: 'Paid' });
  });

  it('asks for a zone and a unit, and takes none back', () => {
    expect(find<HTMLSelectElement>('[name=unit]')).not.toBeNull();
    choose(find('[name=unit]'), 'ms');
    choose(find('[name=unit]'), '');
    expect(model.asked.unit).toBeNull();
  });

  it('shows the guess of the kernel for a question, and what a person says of it', () => {
    tick(named('somebody who answered'), true);
    model.answer({ layout: { ...model.asked, questions: { what: NPS }, beside: { '<b>said</b>': 'what' } } });
    const kind = named<HTMLSelectElement>('What what asks for');
    expect(kind.value).toBe('nps');
    choose(kind, 'csat');
    expect(model.asked.questions.what).toEqual({ ...NPS, kind: 'csat', scale: [1, 5] });
    expect(model.asked.confirmed).toEqual(['what']);
    model.answer();
    choose(named('to, scale of what'), '7');
    expect(model.asked.questions.what.scale).toEqual([1, 7]);
    choose(named('Scores that <b>said</b> explains'), 'what');
    expect(model.asked.beside).toEqual({ '<b>said</b>': 'what' });
  });

  it('describes each question that stands in a column', () => {
    tick(named('an answer'), true);
    model.answer({ layout: { ...model.asked, questions: { q1: NPS, q2: { ...NPS, id: 'q2' } } } });
    choose(named('from, scale of q2'), '1');
    expect(model.asked.questions).toEqual({ q2: { ...NPS, id: 'q2', scale: [1, 10] } });
  });

  it('says a problem in words and takes counts and code away', () => {
    choose(roleOf('what'), '');
    model.answer({ problem: 'No column is `Event` yet.', code: '', rules: [] });
    expect(text('.status .problem')).toBe('No column is Event yet.');
    expect(el.querySelector('.code, .rules')).toBeNull();
  });

  it('shows the first rows when they have come', () => {
    expect(model.sent).toEqual([{ wants: 'rows' }]);
    model.reply({
      wants: 'rows',
      headings: ['id', 'when', 'what', '<b>said</b>'],
      rows: [['c1', '1', 'home', '<i>hello</i>']],
      samples: { id: ['c1', 'c2'] }
    });
    expect(text('.rows tbody tr')).toBe('c1 1 home <i>hello</i>'.replaceAll(' ', ''));
    expect(text('.rows thead th')).toBe('id Customer'.replaceAll(' ', ''));
    expect(text('.samples')).toBe('c1c2');
  });

  it('shows the rows of a rule while that is open, of the next count too', () => {
    const open = find<HTMLDetailsElement>('.rules details');
    open.open = true;
    open.dispatchEvent(new Event('toggle'));
    expect(model.sent.at(-1)).toEqual({ wants: 'rule', rule: 'no_customer' });
    model.reply({ wants: 'rule', rule: 'no_customer', headings: ['what'], rows: [['<i>home</i>']] });
    expect(text('.rules tbody')).toBe('<i>home</i>');
    choose(roleOf('what'), '');
    expect(text('.rules details')).toContain('Reading …');
    expect(model.sent).toHaveLength(2);
    model.answer();
    expect(model.sent).toHaveLength(3);
  });

  it('counts the whole of a long table when somebody wants it', () => {
    model.answer({ is_of_all: false, scope: 'Counted over the first 100,000 rows.' });
    const button = [...el.querySelectorAll('button')].find(one => one.textContent?.includes('Count all'))!;
    button.click();
    expect(model.sent.at(-1)).toEqual({ wants: 'all' });
    expect(text('.status')).toBe('Working …');
    model.answer();
    model.reply({ wants: 'all' });
    expect(text('.status')).toContain('2 events');
    expect(el.textContent).not.toContain('Count all');
  });

  it('gives the code to a notebook that takes it', () => {
    const taken: string[] = [];
    el.addEventListener(CODE, event => {
      event.preventDefault();
      taken.push((event as CustomEvent<{ code: string }>).detail.code);
    });
    find<HTMLButtonElement>('.code button').click();
    expect(taken).toEqual(['found = EventTable()']);
  });

  it('tells of a source that reads the export better', () => {
    stop();
    el.remove();
    start({ export: { source: 'Ga4Export', why: 'It has `event_params`.', code: 'found = Ga4Export()' } });
    expect(text('.problem')).toContain('Ga4Export reads this export. It has event_params.');
  });

  it('drops an answer to what is not asked any more', () => {
    const before = model.asked;
    choose(roleOf('what'), '');
    model.answer({ says: 'old' }, before);
    expect(text('.status')).toBe('Working …');
  });

  it('says when the kernel does not answer', () => {
    vi.useFakeTimers();
    choose(roleOf('what'), '');
    vi.advanceTimersByTime(PATIENCE);
    expect(text('.status')).toContain('The kernel does not answer.');
    model.answer();
    expect(text('.status')).toContain('2 events');
  });

  it('leaves nothing behind', () => {
    stop();
    expect(model.listeners).toBe(0);
    expect(find('h3')).toBeNull();
  });
});
