import { describe, expect, it } from 'vitest';
import { Guide } from '../../src/component/guide/guide';
import { STEPS } from '../../src/component/guide/steps';
import type { JourneyMap, Stage, Touchpoint } from '../../src/map/generated/journey-map';
import { at } from '../../src/map/place';
import { Holder, holding } from '../details/host';

const EMPTY: JourneyMap = { id: 'new', name: 'New map' };

function missing(step: string, map: Partial<JourneyMap>): string[] {
  return STEPS.find(one => one.id === step)!.missing({ ...EMPTY, ...map });
}

function stage(id: string, touchpoints: Partial<Touchpoint>[] = [], fields: Partial<Stage> = {}): Stage {
  return {
    id,
    name: id,
    touchpoints: touchpoints.map((one, at) => ({ id: `${id}-${at}`, name: `${id} ${at}`, ...one })),
    ...fields
  };
}

describe('what a step still misses is read from the map', () => {
  it('an empty map misses something in every step', () => {
    expect(STEPS.map(step => step.missing(EMPTY).length)).toEqual([3, 1, 1, 1, 1, 2, 1]);
  });

  it('the objective is done once its purpose, decision and goal are said', () => {
    expect(missing('objective', { objective: 'See', decision_to_inform: 'Buy or not', goal: 'Fly' })).toEqual(
      []
    );
  });

  it('a persona has a goal, and one gives the point of view', () => {
    expect(missing('personas', { personas: [{ id: 'anna', name: 'Anna' }] })).toEqual([
      'Say what Anna wants to reach.',
      'Choose the persona whose point of view the map takes.'
    ]);
  });

  it('every touchpoint has a channel', () => {
    expect(missing('touchpoints', { stages: [stage('buy', [{ channel: 'web' }, {}])] })).toEqual([
      'Choose a channel for buy 1.'
    ]);
  });

  it('opinion is no research, and evidence speaks for something', () => {
    expect(missing('research', { evidence: [{ id: 'w', kind: 'workshop' }] })).toEqual([
      'Add research: a workshop or an expert gives opinion only.',
      'Say what the evidence supports or contradicts.'
    ]);
    const stages = [stage('buy', [{ pain_points: [{ text: 'slow', evidence: ['talks'] }] }])];
    expect(missing('research', { stages, evidence: [{ id: 'talks', kind: 'interview' }] })).toEqual([]);
  });

  it('a journey goes on after the purchase', () => {
    const stages = [
      stage('see', [{}], { customer_goal: 'find', canonical: 'awareness' }),
      stage('buy', [], { canonical: 'purchase' })
    ];
    expect(missing('stages', { stages })).toEqual([
      'Say what the customer wants in buy.',
      'Add touchpoints to buy.',
      'Add what comes after the purchase.'
    ]);
    expect(missing('stages', { stages, scope: 'task' })).toHaveLength(2);
  });

  it('where all moments are decisive, none is', () => {
    const stages = [
      stage(
        'buy',
        Array.from({ length: 4 }, () => ({ moment_of_truth: {}, pain_points: [{ text: 'x' }] }))
      )
    ];
    expect(missing('moments', { stages })).toEqual([
      'Mark fewer moments of truth: where all are decisive, none is.'
    ]);
  });

  it('an opportunity has a place, an owner and a day', () => {
    const opportunities = [{ id: 'a', name: 'Faster', touchpoints: ['x'], owner: 'Ann', end: '2026-01-01' }];
    expect(missing('action', { opportunities })).toEqual([]);
    expect(missing('action', { opportunities: [...opportunities, { id: 'b', name: 'Cheaper' }] })).toEqual([
      'Say what Cheaper is about.',
      'Name the owner of Cheaper.',
      'Set a day for Cheaper.'
    ]);
  });
});

describe('the guide', () => {
  const open = (map: JourneyMap, changes: Partial<Holder> = {}) =>
    holding(map, host => new Guide(host), changes);

  async function write(host: Holder, list: string, name: string): Promise<void> {
    const line = host.root.querySelector<HTMLInputElement>(`#guide-add-${list}`)!;
    line.value = name;
    line.dispatchEvent(new Event('input'));
    line.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter' }));
    await host.settled();
  }

  it('begins an empty map from a preset in one step of undo', async () => {
    const host = await open(EMPTY);
    await host.press('Before, in and after the purchase');
    expect(host.edits).toHaveLength(1);
    expect((at(host.journeyMap, 'stages') as unknown as Stage[]).map(one => one.name)).toEqual([
      'Prepurchase',
      'Purchase',
      'Postpurchase'
    ]);
    expect(host.journeyMap.name).toBe('New map');
    expect(host.texts('h2')).toEqual(['1. Objective']);
  });

  it('begins with nothing, too', async () => {
    const host = await open(EMPTY);
    await host.press('Start empty');
    expect(host.edits).toEqual([]);
    expect(host.texts('h2')).toEqual(['1. Objective']);
  });

  it('goes on where the map has gaps', async () => {
    const map = { ...EMPTY, objective: 'See', decision_to_inform: 'Buy or not', goal: 'Fly' };
    const host = await open(map);
    expect(host.texts('h2')).toEqual(['2. Personas']);
    expect(host.texts('.steps small').slice(0, 2)).toEqual(['✓ done', '○ 1 open']);
    expect(host.texts('[role=status]')).toEqual(['1 of 7 steps done']);
  });

  it('makes a stage for the first touchpoint and leaves the line free for the next', async () => {
    const host = await open({ ...EMPTY, objective: 'See' });
    await host.press('3. Touchpoints');
    await write(host, 'touchpoints', 'Home page');
    await write(host, 'touchpoints', 'Cart');
    expect(at(host.journeyMap, 'stages')).toMatchObject([
      {
        name: 'Journey',
        touchpoints: [
          { id: 'home-page', name: 'Home page' },
          { id: 'cart', name: 'Cart' }
        ]
      }
    ]);
    expect(host.edits).toHaveLength(2);
    expect(host.root.querySelector<HTMLInputElement>('#guide-add-touchpoints')!.value).toBe('');
  });

  it('fills the fields of a new entry right there', async () => {
    const host = await open({ ...EMPTY, objective: 'See' });
    await host.press('7. Action');
    await write(host, 'opportunities', 'Faster page');
    await host.type('opportunities/faster-page/end', '31.12.2026');
    expect(at(host.journeyMap, 'opportunities')).toEqual([
      { id: 'faster-page', name: 'Faster page', end: '2026-12-31' }
    ]);
  });

  it('turns from step to step', async () => {
    const host = await open({ ...EMPTY, objective: 'See' });
    await host.press('Next: Personas');
    expect(host.texts('[aria-current=step] > span')).toEqual(['2. Personas']);
    await host.press('← Back: Objective');
    expect(host.texts('h2')).toEqual(['1. Objective']);
  });
});
