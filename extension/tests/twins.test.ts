import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { newId } from '../src/map/edits';
import { JourneyMap } from '../src/map/generated/journey-map';
import { Json, isObject } from '../src/map/json';
import { Operation, edited } from '../src/map/operations';
import { at } from '../src/map/place';
import { durationText, textOf } from '../src/map/text';

function read<T>(name: string): T {
  return JSON.parse(readFileSync(resolve('../tests/twins', `${name}.json`), 'utf-8')) as T;
}

/** A list of parts by their ids, as the fixtures write it. */
function seen(value: Json | undefined, wanted: Json): Json | undefined {
  const byId = Array.isArray(wanted) && wanted.every(one => typeof one === 'string');
  return byId && Array.isArray(value) ? value.map(one => (isObject(one) ? (one.id as string) : one)) : value;
}

interface Operations {
  map: JourneyMap;
  examples: { why: string; do: Operation[]; see: Record<string, Json> }[];
}

describe('operations change a map as they do in Python', () => {
  const { map, examples } = read<Operations>('operations');
  it.each(examples)('$why', ({ do: operations, see }) => {
    const after = edited(map, operations);
    for (const [place, wanted] of Object.entries(see)) {
      expect(seen(at(after, place), wanted)).toEqual(wanted === 'unchanged' ? map : wanted);
    }
  });
});

describe('a map has the text that Python writes', () => {
  it.each(read<{ why: string; map: JourneyMap; text: string[] }[]>('texts'))('$why', ({ map, text }) => {
    expect(textOf(map).split('\n')).toEqual(text);
  });

  it.each(['hotel', 'airport'])('the %s map gives its file back', name => {
    const file = resolve('../examples', name, `${name}.cjm.json`);
    const text = readFileSync(file, 'utf-8');
    expect(textOf(JSON.parse(text) as JourneyMap)).toBe(text);
  });
});

it.each(Object.entries(read<Record<string, string>>('durations')))('%s is %s', (written, canonical) => {
  expect(durationText(written)).toBe(canonical);
});

it.each(read<{ name: string; taken: string[]; otherwise: string; id: string }[]>('names'))(
  'the id for $name is $id',
  ({ name, taken, otherwise, id }) => {
    expect(newId(name, new Set(taken), otherwise)).toBe(id);
  }
);
