import { describe, expect, it } from 'vitest';
import { groupsOf } from '../../src/component/details/groups';
import { namingOf } from '../../src/component/details/related';
import { FIELDS } from '../../src/map/generated/facts';
import { at } from '../../src/map/place';
import { fieldsOf } from '../../src/map/shape';
import { SHOP, panel } from './shop';

describe('every field of a part has one place in its panel', () => {
  it.each(Object.keys(FIELDS))('%s', part => {
    const grouped = groupsOf(part).flatMap(group => group.fields.map(field => field.name));
    const names = fieldsOf(part).map(field => field.name);
    expect([...grouped].sort()).toEqual(names.filter(name => name !== 'schema_version').sort());
  });
});

describe('what is typed', () => {
  it('goes into the map once the field is left', async () => {
    const host = await panel('touchpoints/home');
    await host.type('touchpoints/home/doing', 'Looks around', false);
    expect(host.edits).toEqual([]);
    await host.type('touchpoints/home/doing', 'Looks around');
    expect(host.edits).toEqual([
      {
        label: 'Change doing',
        operations: [{ op: 'set', at: 'touchpoints/home/doing', value: 'Looks around' }]
      }
    ]);
  });

  it('stays out of the map while it does not fit, and the field says why', async () => {
    const host = await panel('touchpoints/home');
    await host.type('touchpoints/home/name', ' ');
    const field = host.field('touchpoints/home/name');
    const control = host.control('touchpoints/home/name');
    expect(host.edits).toEqual([]);
    expect(field.querySelector('.wrong')!.textContent).toContain(
      '`name` is empty. Write at least 1 character.'
    );
    expect(control.getAttribute('aria-invalid')).toBe('true');
    expect(control.getAttribute('aria-describedby')).toContain(field.querySelector('.wrong')!.id);
    control.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }));
    await host.settled();
    expect(host.control('touchpoints/home/name').value).toBe('Home');
  });

  it('outlives a change by somebody else', async () => {
    const host = await panel('touchpoints/home');
    await host.type('touchpoints/home/doing', 'half a sent', false);
    const map = structuredClone(host.journeyMap);
    map.stages![0].touchpoints![0].doing = 'from outside';
    host.journeyMap = map;
    await host.settled();
    expect(host.control('touchpoints/home/doing').value).toBe('half a sent');
  });

  it('is kept where another part is selected before the field was left', async () => {
    const host = await panel('touchpoints/home');
    await host.type('touchpoints/home/doing', 'typed', false);
    host.select('touchpoints/list');
    await host.settled();
    expect(at(host.journeyMap, 'touchpoints/home/doing')).toBe('typed');
    expect(at(host.journeyMap, 'touchpoints/list/doing')).toBeUndefined();
  });

  it('goes with its entry when a colleague adds one above', async () => {
    const host = await panel('touchpoints/home/pain_points/0/text');
    await host.type('touchpoints/home/pain_points/0/text', 'too dark', false);
    host.edit('Add', {
      op: 'insert',
      into: 'touchpoints/home/pain_points',
      value: { text: 'loud' },
      before: '0'
    });
    await host.settled();
    host.control('touchpoints/home/pain_points/1/text').dispatchEvent(new Event('blur'));
    await host.settled();
    expect(at(host.journeyMap, 'touchpoints/home/pain_points')).toMatchObject([
      { text: 'loud' },
      { text: 'too dark' },
      { text: 'slow' }
    ]);
  });

  it('takes the field away where it is empty or what is usual', async () => {
    const host = await panel('touchpoints/home/emotion');
    await host.type('touchpoints/home/emotion', '');
    await host.choose('touchpoints/home/emotion_status', 'refuted');
    await host.choose('touchpoints/home/emotion_status', 'hypothesis');
    expect(at(host.journeyMap, 'touchpoints/home')).not.toHaveProperty('emotion');
    expect(at(host.journeyMap, 'touchpoints/home')).not.toHaveProperty('emotion_status');
  });
});

describe('ids and references', () => {
  it('a new id goes wherever the old one is named, and the panel with it', async () => {
    const host = await panel('touchpoints/list/id');
    await host.type('touchpoints/list/id', 'results');
    expect(at(host.journeyMap, 'flows/0/to')).toBe('results');
    expect(at(host.journeyMap, 'touchpoints/home/match/after')).toEqual(['results']);
    expect(host.selected).toBe('touchpoints/results');
  });

  it('an id that a stage has is refused for a touchpoint', async () => {
    const host = await panel('touchpoints/list/id');
    await host.type('touchpoints/list/id', 'browse');
    expect(host.said).toEqual(['`id` is `browse`. The stage Browse has it already. Write another id.']);
    expect(host.edits).toEqual([]);
  });

  it('a pain point takes its opportunity along', async () => {
    const host = await panel('touchpoints/home/pain_points/1/id');
    await host.type('touchpoints/home/pain_points/1/id', 'waits');
    expect(at(host.journeyMap, 'opportunities/faster/pain_points')).toEqual(['waits']);
  });

  it('a reference to nothing stays in sight and is marked', async () => {
    const host = await panel('touchpoints/home');
    const select = host.control('touchpoints/home/channel') as unknown as HTMLSelectElement;
    expect(select.value).toBe('fax');
    expect(select.textContent).toContain('⚠ fax (refers to nothing)');
    expect(select.getAttribute('aria-invalid')).toBe('true');
  });

  it('the time of a rule goes with what it counts from', async () => {
    const host = await panel('touchpoints/home/match/after');
    await host.press('Remove List');
    expect(at(host.journeyMap, 'touchpoints/home/match')).toEqual({ where: { is: 'home' } });
  });
});

describe('the panel of a touchpoint', () => {
  it('names what else speaks of it, and of what is in it', () => {
    expect(namingOf(SHOP, 'touchpoints/home').map(one => [one.place, one.by])).toEqual([
      ['opportunities/faster', ['pain points']],
      ['flows/0', ['from']],
      ['evidence/talks', ['supports']]
    ]);
  });

  it('shows what is known about its claims and the grade of the evidence', async () => {
    const host = await panel('touchpoints/home/pain_points');
    expect(host.texts('.entry .claim')).toEqual(['? hypothesis, no evidence', '✓ validated, evidence B']);
  });

  it('shows numbers with n, interval and grade, and lets nobody type them', async () => {
    const numbers = [
      {
        target: 'home',
        kind: 'touchpoint' as const,
        measure: 'drop-off',
        estimate: 0.3412,
        low: 0.31,
        high: 0.37,
        n: 812,
        grade: 'B' as const
      }
    ];
    const host = await panel('touchpoints/home', { numbers });
    expect(host.texts('.measured h3')).toEqual(['Measured, not typed']);
    expect(host.texts('.measured tbody th, .measured tbody td')).toEqual([
      'drop-off',
      '0.34 95% interval 0.31 – 0.37',
      '812',
      '–',
      'B'
    ]);
    expect(host.root.querySelector('.measured input')).toBeNull();
  });

  it('leads from a problem to its field', async () => {
    const problem = {
      place: 'stages[0].touchpoints[0].channel',
      value: 'fax',
      what: 'No channel has that id.',
      cure: ''
    };
    const host = await panel('touchpoints/home', { problems: [problem] });
    host.root.querySelector<HTMLElement>('.troubles .link')!.click();
    await host.settled();
    expect(host.selected).toBe('touchpoints/home/channel');
    expect(host.root.activeElement).toBe(host.control('touchpoints/home/channel'));
    expect(host.texts('.problems')).toEqual(['⚠ fax: No channel has that id.']);
  });

  it('keeps the keyboard in the field whose id is changed', async () => {
    const host = await panel('touchpoints/list/id');
    host.control('touchpoints/list/id').focus();
    await host.type('touchpoints/list/id', 'catalogue', false);
    host
      .control('touchpoints/list/id')
      .dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', cancelable: true }));
    await host.settled();
    expect(host.selected).toBe('touchpoints/catalogue');
    expect(host.root.activeElement).toBe(host.control('touchpoints/catalogue/id'));
  });

  it('keeps the keyboard on the step to the next one, and gives it the heading of another part', async () => {
    const host = await panel('touchpoints/home');
    const step = () => host.root.querySelector<HTMLElement>('[aria-label="Next touchpoint"]')!;
    step().focus();
    step().click();
    await host.settled();
    expect(host.selected).toBe('touchpoints/list');
    expect(host.root.activeElement).toBe(step());
    const crumb = host.root.querySelector<HTMLElement>('.crumbs .link')!;
    crumb.focus();
    crumb.click();
    await host.settled();
    expect(host.root.activeElement).toBe(host.root.querySelector('h2'));
  });

  it('asks first what a part that was added is called', async () => {
    const host = await panel('');
    const add = host.field('opportunities').querySelector<HTMLElement>('.add')!;
    add.focus();
    add.click();
    await host.settled();
    expect(host.selected).toBe('opportunities/opportunity');
    const name = host.control('opportunities/opportunity/name');
    expect(host.root.activeElement).toBe(name);
    expect([name.selectionStart, name.selectionEnd]).toEqual([0, 'New opportunity'.length]);
  });

  it('deletes into its neighbour', async () => {
    const host = await panel('touchpoints/home');
    await host.press('Delete');
    expect(at(host.journeyMap, 'touchpoints/home')).toBeUndefined();
    expect(host.selected).toBe('touchpoints/list');
  });

  it('finds fields by name wherever they are', async () => {
    const host = await panel('touchpoints/home');
    const finder = host.root.querySelector<HTMLInputElement>('input[type=search]')!;
    finder.value = 'promised';
    finder.dispatchEvent(new Event('input'));
    await host.settled();
    expect(host.texts('.field label')).toContain('Promised time (SLA)');
    expect(host.texts('.field label')).not.toContain('Doing');
  });

  it('shows what must not be changed as text', async () => {
    const host = await panel('touchpoints/home', { readonly: true });
    expect(host.root.querySelectorAll('textarea, select, .group input, .actions').length).toBe(0);
    expect(host.texts('.field .value')).toContain('fax');
  });

  it('says so where the part is gone', async () => {
    const host = await panel('touchpoints/other');
    expect(host.texts('p')).toEqual(['There is nothing at touchpoints/other any more.']);
  });
});
