import { URLExt } from '@jupyterlab/coreutils';
import { ServerConnection } from '@jupyterlab/services';
import type { Problem } from '../component/host';
import type { JourneyMap } from '../map/generated/journey-map';
import type { MeasuredMap } from '../map/generated/measured-map';

/** What the server finds in a map. */
export interface Inspection {
  problems: Problem[];
  /** Why the text is no map. */
  unread: string | null;
  /** The map as this version writes it, where the text is one of an older version. */
  journey_map: JourneyMap | null;
  /** What tells whether numbers are about the map as it is now. */
  hash: string | null;
}

export interface Measurement {
  measured: MeasuredMap | null;
  /** Why the numbers beside the map cannot be shown. */
  unread: string | null;
}

/** When the files last changed on disk; null where there is none. */
export interface LastChanges {
  map: string | null;
  measured: string | null;
}

export interface Preview {
  columns: string[];
  rows: string[][];
}

export interface DraftWishes {
  path: string;
  customer: string;
  event: string;
  at: string;
  zone: string;
  name: string;
}

export interface Exercise {
  id: string;
  title: string;
  about: string;
  minutes: number;
}

/** The routes of `cjm_notebooks.server`. */
export class Server {
  constructor(protected settings: ServerConnection.ISettings) {}

  lint(text: string): Promise<Inspection> {
    return this.json('lint', { text });
  }

  measured(path: string): Promise<Measurement> {
    return this.json('measured', { path });
  }

  lastChanges(path: string): Promise<LastChanges> {
    return this.json('changes', { path });
  }

  columns(path: string): Promise<Preview> {
    return this.json('columns', { path });
  }

  draft(wishes: DraftWishes): Promise<{ path: string }> {
    return this.json('draft', wishes);
  }

  presets(): Promise<{ presets: { id: string; name: string; stages: string[] }[] }> {
    return this.json('presets', {});
  }

  async preset(id: string, name: string): Promise<string> {
    return (await this.json<{ text: string }>('preset', { id, name })).text;
  }

  async exercises(): Promise<Exercise[]> {
    return (await this.json<{ exercises: Exercise[] }>('exercises', {})).exercises;
  }

  /** Where the notebook of the exercise was put. */
  async beginExercise(exercise: string, student: string, folder: string): Promise<string> {
    return (await this.json<{ path: string }>('begin-exercise', { exercise, student, folder })).path;
  }

  /** The bytes of a file of this format, in base64 as Jupyter's contents take them. */
  async exported(text: string, path: string, format: string): Promise<string> {
    return (await this.json<{ content: string }>('export', { text, path, format })).content;
  }

  protected async json<T>(route: string, body: object): Promise<T> {
    const url = URLExt.join(this.settings.baseUrl, 'cjm-notebooks', route);
    const request = { method: 'POST', body: JSON.stringify(body) };
    const response = await ServerConnection.makeRequest(url, request, this.settings);
    const answer = (await response.json().catch(() => ({}))) as T & { message?: string };
    if (!response.ok) {
      throw new Error(answer.message ?? `The server answered ${response.status} ${response.statusText}.`);
    }
    return answer;
  }
}
