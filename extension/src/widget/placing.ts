import { keysOf } from '../map/place';
import type { Desk } from './desk';
import { around, boxAround, drag, elementAt } from './dragging';
import { counted, rowName, shownValue } from './figures';
import type { Row } from './model';
import { Option } from './picker';
import { Drop, dropAt, newTouchpoint } from './targets';

const NEW_IN = 'new touchpoint in ';

/** The ways in which an event comes to a touchpoint: carried, or chosen from a list. */
export class Placing {
  constructor(
    private readonly desk: Desk,
    private readonly begun: (row: Row) => void
  ) {}

  /** Touchpoints and outcomes, and for each stage a touchpoint that is not there yet. */
  options(row: Row): Option[] {
    const { targets, kernel, map } = this.desk;
    const events = new Map(kernel.coverage?.targets.map(one => [one.id, one.events]));
    const there = targets.map(one => ({
      key: `target/${one.id}`,
      name: one.name,
      about: counted(events.get(one.id) ?? 0, 'event'),
      group: one.group
    }));
    const keys = keysOf(map.stages ?? []);
    const stages = (map.stages ?? []).map((stage, at) => ({
      key: `stage/${keys[at]}`,
      name: readable(row),
      about: `${NEW_IN}${stage.name || stage.id}`,
      group: 'As a new touchpoint',
      isNew: true
    }));
    return [...there, ...stages];
  }

  put(row: Row, key: string, typed: string): void {
    const [kind, ...id] = key.split('/');
    const target = this.desk.targets.find(one => one.id === id.join('/'));
    this.drop(row, kind === 'stage' ? { stage: id.join('/') } : target ? { target } : null, typed);
  }

  /** The pointer goes down on a row: a drag may begin. A finger scrolls unless it takes the grip. */
  press(press: PointerEvent, row: Row): void {
    const pressed = press.target as Element;
    const isFinger = press.pointerType === 'touch' && !pressed.closest('.grip');
    if (this.desk.readonly || isFinger || pressed.closest('button, input, .picker')) {
      return;
    }
    drag(press, {
      name: rowName(row.values),
      over: (x, y) => this.over(x, y),
      dropped: (x, y) => this.drop(row, this.over(x, y)?.drop ?? null)
    });
  }

  /** A column of the map, the heading of a stage, or a line of the list. */
  private over(x: number, y: number): { name: string; box: DOMRect; drop: Drop } | null {
    for (const element of around(elementAt(x, y))) {
      const place = (element as HTMLElement).dataset?.at;
      const drop = place ? dropAt(this.desk.map, place) : null;
      if (place && drop) {
        const root = element.getRootNode() as ShadowRoot;
        const cells = root.querySelectorAll(`[data-at="${CSS.escape(place)}"]`);
        const box = boxAround('target' in drop && cells.length ? cells : [element], root.host);
        const name = 'target' in drop ? drop.target.name : `${NEW_IN}${this.stageName(drop.stage)}`;
        return { name, box, drop };
      }
    }
    return null;
  }

  private stageName(key: string): string {
    const stages = this.desk.map.stages ?? [];
    return stages[keysOf(stages).indexOf(key)]?.name ?? key;
  }

  /** Shows what the event by its name alone would do there; other columns can be asked for then. */
  private drop(row: Row, drop: Drop | null, name = ''): void {
    if (!drop) {
      return;
    }
    this.begun(row);
    const change = { bind: { event: row.values.event } };
    if ('target' in drop) {
      this.desk.propose({ target: drop.target.id, change, values: row.values });
    } else {
      const insert = newTouchpoint(this.desk.map, drop.stage, name || readable(row));
      this.desk.propose({ target: insert.id, change, values: row.values, insert });
    }
  }
}

/** `add_to_cart` as a touchpoint is called: `Add to cart`. */
function readable(row: Row): string {
  const words = shownValue(row.values.event)
    .replaceAll(/[_\-.:]+/g, ' ')
    .trim();
  return words ? words[0].toLocaleUpperCase() + words.slice(1) : 'New touchpoint';
}
