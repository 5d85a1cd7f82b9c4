import type { Comparing } from './changes/changes';
import type { Host } from './host';
import type { JourneyMap } from '../map/generated/journey-map';

/** The element as `Changes` reads it. */
export function comparing(element: Host & { readonly beside: JourneyMap | null }): Comparing {
  return new Proxy(element, {
    get(target, name) {
      const value: unknown = name === 'before' ? target.beside : Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    }
  }) as unknown as Comparing;
}
