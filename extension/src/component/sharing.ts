import { isObject } from '../map/json';

/**
 * `next`, with whatever says the same as in `previous` taken from there. Whoever compares by
 * identity then sees what changed, even where a kernel or a shared document sent all of it anew.
 */
export function sharing<T>(previous: unknown, next: T): T {
  if (previous === next) {
    return next;
  }
  if (Array.isArray(previous) && Array.isArray(next)) {
    return list(previous, next) as T;
  }
  if (!isObject(previous) || !isObject(next)) {
    return next;
  }
  const names = Object.keys(next);
  const found: Record<string, unknown> = {};
  let kept = names.length === Object.keys(previous).length;
  for (const name of names) {
    found[name] = sharing(previous[name], next[name]);
    kept &&= found[name] === previous[name] && name in previous;
  }
  return (kept ? previous : found) as T;
}

/** Entries with ids are compared with their namesakes, so that one that moved stays the same. */
function list(previous: unknown[], next: unknown[]): unknown[] {
  const named = new Map(previous.filter(isObject).map(entry => [entry.id, entry]));
  named.delete(undefined);
  const found = next.map((entry, at) => {
    const namesake = isObject(entry) ? named.get(entry.id as never) : undefined;
    return sharing(namesake ?? previous[at], entry);
  });
  const kept = found.length === previous.length && found.every((entry, at) => entry === previous[at]);
  return kept ? previous : found;
}
