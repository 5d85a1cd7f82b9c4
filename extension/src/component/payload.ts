import type { JourneyMap } from '../map/generated/journey-map';
import type { MeasuredMap } from '../map/generated/measured-map';
import type { Problem } from './host';

/** What a static page or a notebook's output carries. */
export interface Payload {
  journey_map: JourneyMap;
  measured?: MeasuredMap | null;
  problems?: Problem[];
}

/** What the element's own script of JSON holds, by the names of its properties; nothing without one. */
export function propertiesIn(element: Element) {
  const script = element.querySelector(':scope > script[type="application/json"]');
  if (!script) {
    return {};
  }
  const { journey_map: journeyMap, measured, problems } = JSON.parse(script.textContent ?? '') as Payload;
  return { journeyMap, measured: measured ?? null, problems: problems ?? [] };
}
