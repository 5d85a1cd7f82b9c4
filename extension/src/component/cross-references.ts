import { FIELDS } from '../map/generated/facts';
import type { Evidence, JourneyMap, Opportunity, Touchpoint } from '../map/generated/journey-map';
import type { Field } from '../map/shape';
import { keysOf } from '../map/place';
import { spaced } from './words';

/** A name that people can choose, and the id that the map keeps. */
export interface Option {
  id: string;
  name: string;
}

type Named = 'channels' | 'departments';
const KNOWN: Record<Named, string[]> = { channels: known('channel'), departments: known('department') };

function known(field: string): string[] {
  return (FIELDS.Touchpoint as Field[]).find(one => one.name === field)?.known ?? [];
}

/** What one part of a map says about another, found by the id of the other. */
export class CrossReferences {
  private readonly names: Record<Named, Map<string, string>>;
  private readonly evidence: Map<string, Evidence>;
  private readonly speaking = new Map<string, Evidence[]>();
  private readonly opportunities = new Map<string, [string, Opportunity][]>();
  private readonly relieving = new Map<string, [string, Opportunity][]>();

  constructor(readonly map: JourneyMap) {
    const names = (list: readonly Option[] = []) => new Map(list.map(one => [one.id, one.name]));
    this.names = { channels: names(map.channels), departments: names(map.departments) };
    this.evidence = new Map((map.evidence ?? []).map(one => [one.id, one]));
    for (const one of map.evidence ?? []) {
      [...(one.supports ?? []), ...(one.contradicts ?? [])].forEach(id => put(this.speaking, id, one));
    }
    const begins = new Map((map.stages ?? []).map(stage => [stage.id, stage.touchpoints?.[0]?.id]));
    const keys = keysOf(map.opportunities ?? []);
    (map.opportunities ?? []).forEach((one, number) => {
      const ofStages = (one.stages ?? []).map(id => begins.get(id)).filter(id => id !== undefined);
      const at = one.touchpoints?.length ? one.touchpoints : ofStages;
      at.forEach(id => put(this.opportunities, id, [keys[number], one]));
      one.pain_points?.forEach(id => put(this.relieving, id, [keys[number], one]));
    });
  }

  /** What people call the channel or department with this id. */
  name(list: Named, id: string): string {
    return this.names[list].get(id) || spaced(id);
  }

  /** Those of the map first, then the common ones. */
  options(list: Named): Option[] {
    const own = [...this.names[list]].map(([id, name]) => ({ id, name }));
    const common = KNOWN[list].filter(id => !this.names[list].has(id)).map(id => ({ id, name: spaced(id) }));
    return [...own, ...common];
  }

  /** Best grade of the evidence with these ids; `none` where there is none, `ungraded` where none has a grade. */
  support(ids: readonly string[] = []): string {
    const found = ids.map(id => this.evidence.get(id)).filter(one => one !== undefined);
    const grades = found
      .map(one => one.strength)
      .filter(strength => strength !== null && strength !== undefined);
    return found.length === 0 ? 'none' : (grades.sort()[0] ?? 'ungraded');
  }

  /** What the touchpoint names, and then what names the touchpoint. */
  evidenceAt(touchpoint: Touchpoint): Evidence[] {
    const named = (touchpoint.evidence ?? [])
      .map(id => this.evidence.get(id))
      .filter(one => one !== undefined);
    return [...new Set([...named, ...(this.speaking.get(touchpoint.id) ?? [])])];
  }

  /** Those of the touchpoint and of its pain points, by key; one of a stage stands where it begins. */
  opportunitiesAt(touchpoint: Touchpoint): [string, Opportunity][] {
    const relieving = (touchpoint.pain_points ?? []).flatMap(
      one => (one.id && this.relieving.get(one.id)) || []
    );
    return [...new Map([...(this.opportunities.get(touchpoint.id) ?? []), ...relieving])];
  }

  /** What `touchpoint` shows of other parts. */
  seenFrom(touchpoint: Touchpoint): unknown[] {
    return [
      touchpoint.channel && this.name('channels', touchpoint.channel),
      touchpoint.department && this.name('departments', touchpoint.department),
      touchpoint.handoff_to && this.name('departments', touchpoint.handoff_to),
      this.map.evidence,
      ...this.opportunitiesAt(touchpoint).map(([, one]) => one)
    ];
  }
}

function put<T>(into: Map<string, T[]>, id: string, value: T): void {
  const list = into.get(id);
  if (list) {
    list.push(value);
  } else {
    into.set(id, [value]);
  }
}
