import type { Desk, Run } from './talk';

const AGAIN_AFTER = 3000;

export interface Ways {
  /** A response whose body is a stream of server-sent events. */
  stream(signal: AbortSignal): Promise<Response>;
  /** All runs, for where no stream comes through. */
  all(): Promise<Run[]>;
}

/**
 * Tells of runs that change, until `signal` ends that. Where the stream breaks, or a proxy keeps it
 * back, the runs are asked for instead, and the stream is tried again.
 */
export async function follow(
  ways: Ways,
  heard: (run: Run) => void,
  lost: (why: string | null) => void,
  signal: AbortSignal
): Promise<void> {
  while (!signal.aborted) {
    try {
      const response = await ways.stream(signal);
      if (response.ok && response.body) {
        lost(null);
        await listen(response.body, heard);
      }
    } catch {
      // What the stream broke with matters less than whether the server still answers.
    }
    if (signal.aborted) {
      return;
    }
    try {
      (await ways.all()).forEach(heard);
      lost(null);
    } catch (error) {
      lost((error as Error).message);
    }
    if (!signal.aborted) {
      await pause(AGAIN_AFTER, signal);
    }
  }
}

async function listen(body: ReadableStream<Uint8Array>, heard: (run: Run) => void): Promise<void> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let said = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) {
      return;
    }
    said += decoder.decode(value, { stream: true });
    const messages = said.split('\n\n');
    said = messages.pop() ?? '';
    for (const message of messages.filter(one => one.startsWith('data: '))) {
      heard(JSON.parse(message.slice(6)) as Run);
    }
  }
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

/** Listens to the runs of a desk, and tells the seconds meanwhile, from `start` to `stop`. */
export class Listening {
  private ending: AbortController | undefined;
  private clock: ReturnType<typeof setInterval> | undefined;

  start(desk: Desk, heard: (run: Run) => void, lost: (why: string | null) => void, tick: () => void): void {
    this.stop();
    this.ending = new AbortController();
    desk.follow(heard, lost, this.ending.signal);
    this.clock = setInterval(tick, 1000);
  }

  stop(): void {
    clearInterval(this.clock);
    this.ending?.abort();
  }
}
