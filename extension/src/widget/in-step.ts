import type { JourneyMap } from '../map/generated/journey-map';
import { History } from '../map/history';
import { same } from '../map/json';
import { Edit, edited } from '../map/operations';
import { textOf } from '../map/text';
import type { Model } from './model';

const FROM_THE_NOTEBOOK = 'Change from the notebook';

/**
 * The map on the screen, in step with the kernel's both ways: an edit shows at once and is told to
 * the kernel; what the kernel changes is one step of undo; what it only says back is nothing new.
 */
export class MapInStep {
  readonly history: History;

  constructor(
    private readonly model: Model,
    private readonly changed: () => void
  ) {
    this.history = new History(model.get('fields') as JourneyMap);
    model.on('change:fields', this.take);
  }

  get map(): JourneyMap {
    return this.history.map;
  }

  edit(edit: Edit): void {
    const map = edited(this.map, edit.operations);
    if (map !== this.map) {
      this.history.push(edit.label, map);
      this.tell();
    }
  }

  /** What was taken back, null where there was nothing. */
  undo(): string | null {
    return this.stepped(this.history.undo());
  }

  redo(): string | null {
    return this.stepped(this.history.redo());
  }

  disconnect(): void {
    this.model.off('change:fields', this.take);
  }

  private stepped(label: string | null): string | null {
    if (label !== null) {
      this.tell();
    }
    return label;
  }

  /** In the canonical form, so that the kernel has nothing to put right and send back. */
  private tell(): void {
    this.model.set('fields', JSON.parse(textOf(this.map)));
    this.model.save_changes();
    this.changed();
  }

  private readonly take = (): void => {
    const given = this.model.get('fields') as JourneyMap;
    if (!same(given, this.map) && textOf(given) !== textOf(this.map)) {
      this.history.push(FROM_THE_NOTEBOOK, given);
      this.changed();
    }
  };
}
