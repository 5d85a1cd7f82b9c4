import { VERSION } from '../map/generated/facts';
import { JourneyMapElement } from './element';

export { JourneyMapElement };
export type { Payload } from './payload';

/**
 * Defines the element once for a page, and returns the tag to create. A labextension and a kernel's
 * widget can be in one page and of different versions: the second then has a tag of its own.
 */
export function defineJourneyMap(): string {
  const tag = 'journey-map';
  const known = customElements.get(tag) as typeof JourneyMapElement | undefined;
  if (known?.version === VERSION) {
    return tag;
  }
  const own = known ? `${tag}-${VERSION.replace(/\W/g, '-')}` : tag;
  if (!customElements.get(own)) {
    customElements.define(own, JourneyMapElement);
  }
  return own;
}
