import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { changesBetween } from '../../src/map/changes';
import { JourneyMap } from '../../src/map/generated/journey-map';
import { edited } from '../../src/map/operations';

interface Example {
  why: string;
  before: JourneyMap;
  now: JourneyMap;
  words: string[];
  places: string[];
}

function json<T>(file: string): T {
  return JSON.parse(readFileSync(resolve('..', file), 'utf-8')) as T;
}

describe('two maps differ in the words that Python uses', () => {
  it.each(json<Example[]>('tests/twins/changes.json'))('$why', ({ before, now, words, places }) => {
    const changes = changesBetween(before, now);
    expect(changes.map(change => change.sentence)).toEqual(words);
    expect(changes.map(change => change.place)).toEqual(places);
  });
});

describe('changes can be shown where they are', () => {
  const hotel = json<JourneyMap>('examples/hotel/hotel.cjm.json');

  it('a map does not differ from itself, read twice', () => {
    expect(changesBetween(hotel, json<JourneyMap>('examples/hotel/hotel.cjm.json'))).toEqual([]);
  });

  it('a change names the stage it is in, and what was there', () => {
    const [stage] = hotel.stages!;
    const [touchpoint] = stage.touchpoints!;
    const now = edited(hotel, [{ op: 'set', at: `touchpoints/${touchpoint.id}/feeling`, value: 'calm' }]);
    expect(changesBetween(hotel, now)).toMatchObject([
      {
        kind: 'changed',
        place: `touchpoints/${touchpoint.id}`,
        stage: stage.id,
        field: 'feeling',
        after: 'calm'
      }
    ]);
  });

  it('what is gone has the stage and the place it had', () => {
    const [stage] = hotel.stages!;
    const place = `touchpoints/${stage.touchpoints![0].id}`;
    const gone = changesBetween(hotel, edited(hotel, [{ op: 'remove', at: place }]));
    expect(gone).toMatchObject([{ kind: 'removed', place, stage: stage.id }]);
  });
});
