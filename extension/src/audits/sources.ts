import type { JourneyMap } from '../map/generated/journey-map';
import { Option, partsOf } from './form';
import type { Desk, Parameter } from './talk';

type Known<T> = { value?: T; why: string };

/** What files say that fields choose from: the columns of tables, the parts of maps. */
export class Sources {
  private columns = new Map<string, Known<string[]>>();
  private maps = new Map<string, Known<JourneyMap>>();

  constructor(
    private readonly desk: Desk,
    private readonly found: (file: string, columns: string[]) => void
  ) {}

  /** What `parameter` can be of `file`, and why there is nothing to choose from. */
  optionsFor({ kind }: Parameter, file: string): { options?: Option[]; why: string } {
    if (!file || (kind !== 'column' && kind !== 'touchpoint' && kind !== 'stage' && kind !== 'channel')) {
      return { why: '' };
    }
    if (kind === 'column') {
      const { value, why } = this.ask(this.columns, file, () => this.desk.columnsOf(file));
      return { options: value?.map(column => ({ value: column, label: column })), why };
    }
    const { value, why } = this.ask(this.maps, file, () => this.desk.mapAt(file));
    return { options: value && partsOf(value, kind), why };
  }

  /** The columns of `file`, if they were looked up before. */
  known(file: string): string[] | undefined {
    return this.columns.get(file)?.value;
  }

  private ask<T>(known: Map<string, Known<T>>, file: string, fetch: () => Promise<T>): Known<T> {
    const already = known.get(file);
    if (already) {
      return already;
    }
    const asked: Known<T> = { why: '' };
    known.set(file, asked);
    void fetch()
      .then(value => {
        asked.value = value;
      })
      .catch((error: Error) => {
        asked.why = `Nothing to choose from: ${error.message}`;
        // The file may be mended, or be there the next time.
        setTimeout(() => known.delete(file), 5000);
      })
      .finally(() => this.found(file, this.columns.get(file)?.value ?? []));
    return asked;
  }
}
