import { describe, expect, it } from 'vitest';
import { Announcing } from '../../src/audits/announcing';
import { follow } from '../../src/audits/follow';
import type { Run } from '../../src/audits/talk';
import { counted, lasted, progressOf } from '../../src/audits/words';

function run(more: Partial<Run> = {}): Run {
  return {
    id: 'r1',
    name: 'short',
    template: 'short',
    title: 'Short',
    parameters: {},
    status: 'running',
    started_at: '2025-03-01T12:00:00Z',
    ended_at: null,
    step: { number: 2, total: 5, heading: 'Audit' },
    memory_mb: null,
    error: null,
    worst_severity: null,
    counts: {},
    headline: [],
    files: {},
    folder: 'audits/short-1',
    ...more
  };
}

describe('a run in words', () => {
  it('says which cell of how many, and what it does', () => {
    expect(progressOf(run())).toBe('Cell 2 of 5: Audit');
    expect(progressOf(run({ step: null, status: 'waiting' }))).toBe('Waiting for its turn');
  });

  it('says how long it took, or has taken so far', () => {
    expect(lasted('2025-03-01T12:00:00Z', '2025-03-01T12:01:05Z', 0)).toBe('1 min 5 s');
    expect(lasted('2025-03-01T12:00:00Z', null, Date.parse('2025-03-01T14:03:00Z'))).toBe('2 h 3 min');
  });

  it('counts findings, the worst first', () => {
    expect(counted({ low: 3, critical: 1, medium: 0 })).toBe('1 critical, 3 low');
  });
});

describe('what is said aloud', () => {
  it('is the end of every run, at once', () => {
    const announcing = new Announcing();
    expect(announcing.of(run(), false, 0)).toBeNull();
    expect(announcing.of(run({ status: 'done' }), false, 1)).toBe('Short: Done.');
    expect(announcing.of(run({ status: 'done' }), false, 2)).toBeNull();
  });

  it('is how far the run on the screen is, every ten seconds at most', () => {
    const announcing = new Announcing();
    announcing.of(run(), true, 0);
    const at = (second: number) => announcing.of(run(), true, second * 1000);
    expect([at(20), at(21), at(29), at(31)].map(Boolean)).toEqual([true, false, false, true]);
    expect(announcing.of(run(), false, 60_000)).toBeNull();
  });
});

describe('following the runs', () => {
  it('puts records together that arrive in pieces, and asks for all when the stream ends', async () => {
    const ending = new AbortController();
    const heard: string[] = [];
    const text = new TextEncoder().encode(`data: ${JSON.stringify(run({ title: 'Über' }))}\n\n: \n\ndata: `);
    const body = new ReadableStream<Uint8Array>({
      start(stream) {
        text.forEach(byte => stream.enqueue(Uint8Array.of(byte)));
        stream.close();
      }
    });
    await follow(
      {
        stream: async () => new Response(body),
        all: async () => {
          ending.abort();
          return [run({ title: 'All' })];
        }
      },
      one => heard.push(one.title),
      () => undefined,
      ending.signal
    );
    expect(heard).toEqual(['Über', 'All']);
  });

  it('says why nothing is heard', async () => {
    const ending = new AbortController();
    const lost: (string | null)[] = [];
    const broken = async () => {
      throw new Error('The server is gone.');
    };
    const note = (why: string | null): void => {
      lost.push(why);
      ending.abort();
    };
    await follow({ stream: broken, all: broken }, () => undefined, note, ending.signal);
    expect(lost).toEqual(['The server is gone.']);
  });
});
