import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { JourneyMap } from '../../src/map/generated/journey-map';
import { Operation } from '../../src/map/operations';
import { touchpointsOf } from '../../src/map/place';
import { textOf } from '../../src/map/text';
import { JourneyDoc } from '../../src/shared/journey-doc';
import { arranged } from '../../src/shared/order';

const SHOP = textOf({
  schema_version: '1.0',
  id: 'shop',
  name: 'Shop',
  stages: [
    {
      id: 'browse',
      name: 'Browse',
      touchpoints: [
        { id: 'home', name: 'Home', pain_points: [{ text: 'Slow' }, { text: 'Loud' }] },
        { id: 'search', name: 'Search' }
      ]
    },
    { id: 'buy', name: 'Buy' }
  ]
} as JourneyMap);

interface Example {
  why: string;
  text: string;
  update: string;
  holds: Record<string, unknown>;
}
const SHARED = JSON.parse(readFileSync(resolve('../tests/twins/shared.json'), 'utf-8')) as Example[];

function holding(text: string): JourneyDoc {
  const doc = JourneyDoc.create();
  doc.setSource(text);
  return doc;
}

function twoWith(text: string): [JourneyDoc, JourneyDoc] {
  const one = holding(text);
  const other = JourneyDoc.create();
  Y.applyUpdate(other.ydoc, Y.encodeStateAsUpdate(one.ydoc));
  return [one, other];
}

/** What both say once they know each other's edits. */
function meet(one: JourneyDoc, other: JourneyDoc): JourneyMap {
  const [mine, theirs] = [one, other].map(doc => Y.encodeStateAsUpdate(doc.ydoc));
  Y.applyUpdate(one.ydoc, theirs);
  Y.applyUpdate(other.ydoc, mine);
  expect(one.getSource()).toBe(other.getSource());
  return one.journeyMap!;
}

function edit(doc: JourneyDoc, ...operations: Operation[]): void {
  expect(doc.apply({ label: 'Edit', operations })).toEqual([]);
}

function touchpoints(map: JourneyMap): Record<string, string[]> {
  return Object.fromEntries(
    (map.stages ?? []).map(stage => [stage.id, (stage.touchpoints ?? []).map(one => one.name)])
  );
}

describe('a text is given back', () => {
  it.each([
    ['the canonical text', SHOP],
    ['one line', JSON.stringify(JSON.parse(SHOP))],
    ['a byte order mark', `\ufeff${SHOP}`],
    ['carriage returns', SHOP.replaceAll('\n', '\r\n')]
  ])('as it was until something changes: %s', (_, text) => {
    const doc = holding(text);
    expect([doc.getSource(), doc.dirty]).toEqual([text, false]);
    edit(doc, { op: 'set', at: 'objective', value: 'Fewer calls' });
    expect(doc.dirty).toBe(true);
    expect(doc.getSource()).toBe(SHOP.replace('"Shop",', '"Shop",\n  "objective": "Fewer calls",'));
    edit(doc, { op: 'set', at: 'objective', value: null });
    expect(doc.getSource()).toBe(text);
  });

  it.each([
    ['not JSON', SHOP.slice(0, 100), 'is not JSON'],
    ['nothing', '', 'is not JSON'],
    ['a list', '[]', 'holds no object'],
    ['a field twice', SHOP.replace('"id": "shop"', '"id": "shop", "id": "shop"'), 'twice in one object'],
    ['a newer version', SHOP.replace('"1.0"', '"9.0"'), 'schema version "9.0"'],
    ['an unknown field', SHOP.replace('"name": "Buy"', '"title": "Buy"'), 'has no field `title`'],
    ['an unknown word', SHOP.replace('"name": "Shop"', '"name": "Shop", "state": "x"'), 'Write one of as_is'],
    ['no name', SHOP.replace('"name": "Shop"', '"name": ""'), '`name` is `""`']
  ])('though it is no map: %s', (_, text, reason) => {
    const doc = holding(text);
    expect(doc.unread).toContain(reason);
    expect([doc.journeyMap, doc.getSource()]).toEqual([null, text]);
    doc.apply({ label: 'Edit', operations: [{ op: 'set', at: 'name', value: 'Mine' }] });
    expect(doc.getSource()).toBe(text);
    doc.setSource(SHOP);
    expect([doc.unread, doc.getSource()]).toEqual([undefined, SHOP]);
  });

  it('of an older version, read by the server, until something changes', () => {
    const old = '{"schema_version": "0.9", "id": "shop", "title": "Shop"}';
    const doc = holding(old);
    doc.adopt({ id: 'shop', name: 'Shop' } as JourneyMap, old);
    expect(doc.getSource()).toBe(old);
    edit(doc, { op: 'set', at: 'name', value: 'Store' });
    expect(JSON.parse(doc.getSource())).toEqual({ schema_version: '1.0', id: 'shop', name: 'Store' });
  });
});

describe('two who edit at once', () => {
  it('a touchpoint that one moves keeps the name that the other gives it', () => {
    const [one, other] = twoWith(SHOP);
    edit(one, { op: 'move', at: 'touchpoints/home', into: 'stages/buy/touchpoints' });
    edit(other, { op: 'set', at: 'touchpoints/home/name', value: 'Landing page' });
    expect(touchpoints(meet(one, other))).toEqual({ browse: ['Search'], buy: ['Landing page'] });
  });

  it('see both entries where both insert at one place, also with the same id', () => {
    const [one, other] = twoWith(SHOP);
    for (const [doc, name] of [
      [one, 'A'],
      [other, 'B']
    ] as const) {
      const value = { id: 'new', name };
      edit(doc, { op: 'insert', into: 'stages/browse/touchpoints', value, before: 'search' });
    }
    const map = meet(one, other);
    const [first, ...rest] = touchpoints(map).browse;
    expect([first, rest.slice(0, 2).sort(), rest[2]]).toEqual(['Home', ['A', 'B'], 'Search']);
    expect(touchpointsOf(map).map(found => found.key)).toEqual(['home', 'new', 'new~2', 'search']);
  });

  it('find room between two entries that stand at one place', () => {
    const [one, other] = twoWith(SHOP);
    for (const [doc, name] of [
      [one, 'A'],
      [other, 'B']
    ] as const) {
      edit(doc, { op: 'insert', into: 'stages', value: { id: name, name }, before: 'buy' });
    }
    const before = (meet(one, other).stages ?? [])[2].id;
    edit(one, { op: 'insert', into: 'stages', value: { id: 'between', name: 'C' }, before });
    expect(meet(one, other).stages!.findIndex(stage => stage.id === 'between')).toBe(2);
  });

  it('keep both first pain points of a touchpoint', () => {
    const [one, other] = twoWith(SHOP);
    for (const [doc, text] of [
      [one, 'Cold'],
      [other, 'Dark']
    ] as const) {
      edit(doc, { op: 'insert', into: 'touchpoints/search/pain_points', value: { text } });
    }
    const search = meet(one, other).stages![0].touchpoints![1];
    expect(search.pain_points!.map(pain => pain.text).sort()).toEqual(['Cold', 'Dark']);
  });

  it('a deleted stage stays deleted though the other edits it', () => {
    const [one, other] = twoWith(SHOP);
    edit(one, { op: 'remove', at: 'stages/browse' });
    edit(other, { op: 'set', at: 'touchpoints/search/doing', value: 'Types' });
    expect(touchpoints(meet(one, other))).toEqual({ buy: [] });
  });

  it('a touchpoint moved into a stage that the other deletes is not lost', () => {
    const [one, other] = twoWith(SHOP);
    edit(one, { op: 'move', at: 'touchpoints/home', into: 'stages/buy/touchpoints' });
    edit(other, { op: 'remove', at: 'stages/buy' });
    expect(touchpoints(meet(one, other))).toEqual({ browse: ['Search', 'Home'] });
  });

  it('undo of one leaves the edit of the other', () => {
    const [one, other] = twoWith(SHOP);
    edit(one, { op: 'set', at: 'stages/browse/name', value: 'Look' });
    meet(one, other);
    edit(other, { op: 'set', at: 'touchpoints/home/name', value: 'Start' });
    meet(one, other);
    expect(one.undo()).toBe(true);
    expect(touchpoints(meet(one, other))).toEqual({ browse: ['Start', 'Search'], buy: [] });
    expect(meet(one, other).stages![0].name).toBe('Browse');
    expect([one.canUndo(), one.canRedo(), other.canRedo()]).toEqual([false, true, false]);
  });

  it('an outside change keeps what somebody edits meanwhile', () => {
    const [one, other] = twoWith(SHOP);
    edit(other, { op: 'set', at: 'stages/buy/customer_goal', value: 'Be quick' });
    edit(other, { op: 'set', at: 'touchpoints/home/pain_points/0/text', value: 'Late' });
    one.setSource(SHOP.replace('"Buy"', '"Pay"').replace('"buy"', '"pay"').replace('"Loud"', '"Noisy"'));
    const map = meet(one, other);
    expect(map.stages![1]).toEqual({ id: 'pay', name: 'Pay', customer_goal: 'Be quick' });
    expect(map.stages![0].touchpoints![0].pain_points!.map(pain => pain.text)).toEqual(['Late', 'Noisy']);
  });
});

describe('one edit', () => {
  it('is one step of undo, however fast they follow', () => {
    const doc = holding(SHOP);
    edit(doc, { op: 'set', at: 'name', value: 'A' }, { op: 'set', at: 'objective', value: 'B' });
    edit(doc, { op: 'remove', at: 'stages/browse' });
    doc.undo();
    expect(touchpoints(doc.journeyMap!)).toEqual({ browse: ['Home', 'Search'], buy: [] });
    doc.undo();
    expect(doc.getSource()).toBe(SHOP);
    doc.redo();
    expect(doc.journeyMap!.objective).toBe('B');
  });

  it('that leaves no map is refused, with the reason', () => {
    const doc = holding(SHOP);
    const wrong = doc.apply({ label: 'Name', operations: [{ op: 'set', at: 'stages/buy/name', value: '' }] });
    expect(wrong).toEqual(['`stages[1].name` is `""`. It cannot stand there.']);
    expect(doc.getSource()).toBe(SHOP);
  });

  it('leaves what it does not touch the same object', () => {
    const doc = holding(SHOP);
    const before = doc.journeyMap!;
    edit(doc, { op: 'set', at: 'touchpoints/search/doing', value: 'Types' });
    const after = doc.journeyMap!;
    expect(after).not.toBe(before);
    expect(after.stages![1]).toBe(before.stages![1]);
    expect(after.stages![0].touchpoints![0]).toBe(before.stages![0].touchpoints![0]);
    expect(after.stages![0].touchpoints![1]).toEqual({ id: 'search', name: 'Search', doing: 'Types' });
    edit(doc, { op: 'move', at: 'touchpoints/home', into: 'stages/buy/touchpoints' });
    expect(doc.journeyMap!.stages![1].touchpoints![0]).toBe(before.stages![0].touchpoints![0]);
    expect(doc.journeyMap).toBe(doc.journeyMap);
  });
});

describe('editor and server make the same document', () => {
  const held = (ydoc: Y.Doc, names: string[]): unknown =>
    Object.fromEntries(names.map(name => [name, ydoc.getMap(name).toJSON()]));

  it.each(SHARED)('of $why', ({ text, update, holds }) => {
    const theirs = JourneyDoc.create();
    Y.applyUpdate(theirs.ydoc, Uint8Array.from(Buffer.from(update, 'base64')));
    const ours = holding(text);
    expect([theirs.getSource(), ours.getSource()]).toEqual([text, text]);
    expect(held(theirs.ydoc, Object.keys(holds))).toEqual(holds);
    expect(theirs.journeyMap).toEqual(ours.journeyMap);
    if (!theirs.unread) {
      expect(held(ours.ydoc, Object.keys(holds))).toEqual(holds);
    }
  });
});

it('orders are those that Python makes', () => {
  expect(arranged([null, null, null])).toEqual(['a0', 'a1', 'a2']);
  expect(arranged(['a0', null, 'a1'])).toEqual(['a0', 'a0V', 'a1']);
  expect(arranged(['a2', 'a0', 'a1'])).toEqual(['Zz', 'a0', 'a1']);
  expect(arranged(['a0', 'a0', 'a1'])).toEqual(['a0', 'a0V', 'a1']);
});
