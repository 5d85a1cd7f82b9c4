import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JourneyMapElement } from '../../src/component/journey-map';
import { CODE } from '../../src/explorer/code';
import { exhibit } from '../../src/explorer/exhibit';
import widget from '../../src/explorer/index';
import { idAt } from '../../src/explorer/map';
import { Comment, EVERYTHING, Offers, keyOf } from '../../src/explorer/talk';
import { SlowExplorer } from './model';

const VIEW = {
  id: 'stage-funnel',
  title: 'Stages',
  summary: ['12 of <script>alert(1)</script>'],
  series: [{ name: 'reached', label: '<i>reached</i>', swatch: '<svg width="24" height="14"></svg>' }],
  chart: '{"doc":"</script>"}',
  headings: [
    { text: 'Stage', is_number: false },
    { text: 'Reached', is_number: true }
  ],
  rows: [['<img src=x onerror=alert(1)>', '–']]
};

describe('the Explorer on the screen', () => {
  let model: SlowExplorer;
  let el: HTMLElement;
  let stop: () => void;

  const find = <T extends Element>(selector: string): T => el.querySelector<T>(selector)!;
  const text = (selector: string): string => find(selector)?.textContent?.replace(/\s+/g, ' ').trim() ?? '';
  const pick = (name: string, value: string): void => {
    const field = find<HTMLSelectElement>(`[name=${name}]`);
    field.value = value;
    field.dispatchEvent(new Event('change'));
  };

  const hearComments = (comment: Comment): void => {
    const of = keyOf(model.get('asked'));
    model.reply({ wants: 'comments', of, comments: { says: 'Comments: 1.', newest: [comment] } });
  };

  beforeEach(() => {
    model = new SlowExplorer();
    el = document.createElement('div');
    document.body.append(el);
    stop = widget.render({ model, el });
  });
  afterEach(() => {
    stop();
    el.remove();
  });

  it('says how many journeys are chosen, and how far they came', () => {
    expect(text('[role=status]')).toBe('12 journeys of 11 customers; 0 still open.');
    expect(text('table.numbers tbody tr')).toBe('Buy 50.0% 40% to 60% 6 12 0 40.0%');
  });

  it('shows names as texts, whatever they hold', () => {
    expect(find('img')).toBeNull();
    expect(text('optgroup[label=Browse]')).toContain('<img src=x onerror=alert(1)>');
    expect(text('blockquote')).toBe('So <b>slow</b>');
  });

  it('asks for what was picked, and says that it is working', () => {
    pick('place', 'cart');
    pick('segment', '["country","DE"]');
    pick('first_day', '2025-04-01');
    pick('last_day', '2025-06-30');
    expect(model.get('asked')).toEqual({
      ...EVERYTHING,
      place: 'cart',
      segment: 'country',
      value: 'DE',
      first_day: '2025-04-01'
    });
    expect(text('.status')).toBe('Working …');
    model.answer();
    expect(text('.status')).toContain('12 journeys');
  });

  it('says a problem in words and takes the numbers away', () => {
    pick('place', 'cart');
    model.answer(undefined, { problem: 'Fewer than 5 customers fit this choice.', shares: [] });
    expect(text('.problem')).toBe('Fewer than 5 customers fit this choice.');
    expect(find('table.numbers')).toBeNull();
    expect(find<HTMLButtonElement>('.code button').disabled).toBe(true);
  });

  it('follows the map: a touchpoint that is selected there is chosen', () => {
    const map = find('journey-map');
    map.dispatchEvent(new CustomEvent('cjm-select', { detail: 'touchpoints/cart/emotion', bubbles: true }));
    expect(model.get('asked').place).toBe('cart');
    expect((map as JourneyMapElement).selected).toBe('touchpoints/cart');
  });

  it('gives the code to a notebook that takes it', () => {
    const taken: string[] = [];
    el.addEventListener(CODE, event => {
      event.preventDefault();
      taken.push((event as CustomEvent<{ code: string }>).detail.code);
    });
    find<HTMLButtonElement>('.code button').click();
    expect(taken).toEqual(['chosen = journeys']);
    expect(find('pre')).toBeNull();
  });

  it('shows the code where no notebook takes it, until something else is chosen', () => {
    find<HTMLButtonElement>('.code button').click();
    expect(text('pre')).toBe('chosen = journeys');
    pick('place', 'cart');
    expect(find('pre')).toBeNull();
  });

  it('draws a view when its reply has come', () => {
    hearComments({ said: 'Slow', about: [], cut: '' });
    model.reply({ wants: 'map', of: keyOf(EVERYTHING) });
    model.reply({ wants: 'view', of: keyOf(EVERYTHING), view: VIEW });
    expect(find('figure.cjm-exhibit')).not.toBeNull();
  });

  it('shows comments as texts, each with what it is about', () => {
    hearComments({
      said: '<script>alert(1)</script>',
      about: ['Answered csat about Cart: 2', '2025-03-02'],
      cut: ''
    });
    expect(text('.comments h4')).toBe('Said by customers in this choice');
    expect(text('.comments .muted')).toBe('Comments: 1.');
    const said = find('.comments blockquote');
    expect([said.textContent, said.getAttribute('dir')]).toEqual(['<script>alert(1)</script>', 'auto']);
    expect(text('.comments li .muted')).toBe('Answered csat about Cart: 2 · 2025-03-02');
    expect(find('.comments script')).toBeNull();
    expect(find('.comments button')).toBeNull();
  });

  it('folds a long comment until somebody wants all of it, and folds the next one again', () => {
    hearComments({ said: 'so slow '.repeat(100), about: [], cut: 'Of 800 letters' });
    const button = (): HTMLButtonElement => find('.comments li button');
    button().click();
    expect([button().getAttribute('aria-expanded'), find('.comments li').className]).toEqual([
      'true',
      'long isOpen'
    ]);
    expect(text('.comments li')).toContain('Of 800 letters');
    model.reply({ wants: 'map', of: keyOf(EVERYTHING) });
    pick('place', 'cart');
    model.answer();
    model.reply({ wants: 'view', of: keyOf(EVERYTHING) });
    hearComments({ said: 'too slow '.repeat(100), about: [], cut: '' });
    expect([button().getAttribute('aria-expanded'), find('.comments li').className]).toEqual([
      'false',
      'long'
    ]);
  });

  it('keeps the comments of the last choice dimmed until those of the next have come', () => {
    hearComments({ said: 'Slow', about: [], cut: '' });
    expect(find('.comments').getAttribute('aria-busy')).toBe('false');
    pick('place', 'cart');
    expect(find('.comments').getAttribute('aria-busy')).toBe('true');
  });

  it('asks for no comments where nobody wrote any', () => {
    stop();
    model = new SlowExplorer();
    model.set('offers', { ...(model.get('offers') as Offers), has_comments: false });
    stop = widget.render({ model, el });
    expect(model.sent.map(({ wants }) => wants)).not.toContain('comments');
    expect(find('.comments')).toBeNull();
    expect(text('blockquote')).toBe('So <b>slow</b>');
  });

  it('leaves nothing behind', () => {
    stop();
    expect(model.listeners).toBe(0);
    expect(find('figure')).toBeNull();
  });
});

describe('an exhibit', () => {
  it('is made of elements and texts', () => {
    const figure = exhibit(VIEW, 'Hidden where too few');
    expect(figure.querySelector('img, i, figcaption script')).toBeNull();
    expect(figure.querySelector('figcaption p')?.textContent).toBe('12 of <script>alert(1)</script>');
    expect(figure.querySelector('tbody th')?.textContent).toBe('<img src=x onerror=alert(1)>');
    expect(figure.querySelector('caption')?.textContent).toBe('Stages. Hidden where too few.');
    expect(figure.querySelector('script.cjm-drawing')?.textContent).toBe('{"doc":"</script>"}');
  });
});

describe('a place on the map', () => {
  it('is that of the stage or touchpoint around it', () => {
    expect(['stages/buy', 'stages/buy/name', 'touchpoints/home~2/doing', 'objective', ''].map(idAt)).toEqual([
      'buy',
      'buy',
      'home',
      null,
      null
    ]);
  });
});
