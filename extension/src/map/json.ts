/** Plain JSON, as it stands in a file. */
export type Json = null | boolean | number | string | Json[] | JsonObject;
export type JsonObject = { [name: string]: Json | undefined };

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether both say the same; objects are compared without regard to the order of their fields. */
export function same(a: unknown, b: unknown): boolean {
  if (a === b) {
    return true;
  }
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((entry, at) => same(entry, b[at]));
  }
  if (!isObject(a) || !isObject(b)) {
    return false;
  }
  const names = Object.keys(a).filter(name => a[name] !== undefined);
  const others = Object.keys(b).filter(name => b[name] !== undefined);
  return names.length === others.length && names.every(name => same(a[name], b[name]));
}
