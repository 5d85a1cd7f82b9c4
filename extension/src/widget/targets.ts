import type { JourneyMap } from '../map/generated/journey-map';
import { idFor } from '../map/edits';
import { Place, join, keysOf, touchpointsOf } from '../map/place';
import type { NewTouchpoint, TargetKind } from './model';

/** Where an event can be put: a touchpoint or an outcome of the map. */
export interface Target {
  id: string;
  kind: TargetKind;
  name: string;
  /** The stage around a touchpoint, `Outcomes` for an outcome. */
  group: string;
  place: Place;
}

const found = new WeakMap<JourneyMap, Target[]>();

/** Touchpoints in map order, then outcomes; of two with one id the first. */
export function targetsOf(map: JourneyMap): Target[] {
  let targets = found.get(map);
  if (!targets) {
    const touchpoints = touchpointsOf(map).map(({ key, stage, touchpoint }) => ({
      id: touchpoint.id,
      kind: 'touchpoint' as const,
      name: touchpoint.name || touchpoint.id,
      group: map.stages![stage].name || map.stages![stage].id,
      place: join('touchpoints', key)
    }));
    const keys = keysOf(map.outcomes ?? []);
    const outcomes = (map.outcomes ?? []).map((outcome, at) => ({
      id: outcome.id,
      kind: 'outcome' as const,
      name: outcome.name || outcome.id,
      group: 'Outcomes',
      place: join('outcomes', keys[at])
    }));
    const all = [...touchpoints, ...outcomes];
    targets = all.filter((one, at) => all.findIndex(other => other.id === one.id) === at);
    found.set(map, targets);
  }
  return targets;
}

export function nameOf(map: JourneyMap, id: string | null): string {
  return targetsOf(map).find(one => one.id === id)?.name ?? id ?? '';
}

/** A touchpoint to be made at the end of that stage. */
export function newTouchpoint(map: JourneyMap, stage: string, name: string): NewTouchpoint {
  return { stage, id: idFor(map, 'touchpoints', name), name };
}

/** What lies at a place of the map: a target, or a stage in which a new touchpoint can be made. */
export type Drop = { target: Target } | { stage: string };

export function dropAt(map: JourneyMap, place: Place): Drop | null {
  const [list, key] = place.split('/');
  if (list === 'stages') {
    return keysOf(map.stages ?? []).includes(key) ? { stage: key } : null;
  }
  const standing = list === 'touchpoints' && touchpointsOf(map).find(one => one.key === key);
  const id = standing ? standing.touchpoint.id : key;
  const target = targetsOf(map).find(one => one.id === id && one.place.startsWith(`${list}/`));
  return target ? { target } : null;
}
