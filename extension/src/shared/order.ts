import { generateKeyBetween } from 'fractional-indexing';

/**
 * Ascending texts for entries in this order, of which as many as possible keep their own; null
 * stands for an entry that is new here. The same as `arranged` in Python.
 */
export function arranged(standing: readonly (string | null)[]): string[] {
  const kept = longestAscent(standing);
  const texts: string[] = [];
  standing.forEach((own, place) => {
    const after = standing.find((_, at) => at >= place && kept.has(at)) ?? null;
    texts.push(kept.has(place) ? own! : generateKeyBetween(texts.at(-1) ?? null, after));
  });
  return texts;
}

/** Places of the longest strictly ascending run of texts, others between them left out. */
function longestAscent(standing: readonly (string | null)[]): Set<number> {
  const last: number[] = [];
  const previous = new Map<number, number | undefined>();
  standing.forEach((own, place) => {
    if (own === null) {
      return;
    }
    const found = last.findIndex(at => standing[at]! >= own);
    const length = found < 0 ? last.length : found;
    if (found >= 0 && standing[last[found]] === own) {
      return;
    }
    last[length] = place;
    previous.set(place, last[length - 1]);
  });
  const kept = new Set<number>();
  for (let at = last.at(-1); at !== undefined; at = previous.get(at)) {
    kept.add(at);
  }
  return kept;
}
