import { JourneyMapElement, defineJourneyMap } from '../component/journey-map';
import type { JourneyMap } from '../map/generated/journey-map';
import type { MeasuredMap } from '../map/generated/measured-map';
import type { Place } from '../map/place';

const LANES = ['touchpoint', 'measured', 'emotion'];

/** The map, which is only read here: selecting a part of it chooses the journeys that came there. */
export class MapOnScreen {
  readonly element: JourneyMapElement;

  constructor(
    private readonly map: JourneyMap,
    choose: (id: string | null) => void
  ) {
    this.element = document.createElement(defineJourneyMap()) as JourneyMapElement;
    this.element.journeyMap = map;
    this.element.readonly = true;
    this.element.lanes = LANES;
    this.element.addEventListener('cjm-select', event => {
      event.stopPropagation();
      const place = (event as CustomEvent<Place | null>).detail;
      choose(place === null ? null : idAt(place));
    });
  }

  show(measured: MeasuredMap | null, id: string | null): void {
    this.element.measured = measured;
    if (idAt(this.element.selected ?? '') !== id) {
      this.element.selected = id === null ? null : this.placeOf(id);
    }
  }

  private placeOf(id: string): Place {
    const isStage = (this.map.stages ?? []).some(stage => stage.id === id);
    return `${isStage ? 'stages' : 'touchpoints'}/${id}`;
  }
}

/** The id of the stage or touchpoint at or around a place; null elsewhere on the map. */
export function idAt(place: Place): string | null {
  const [list, key] = place.split('/');
  return key && (list === 'stages' || list === 'touchpoints') ? key.split('~')[0] : null;
}
