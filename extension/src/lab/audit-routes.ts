import { URLExt } from '@jupyterlab/coreutils';
import { ServerConnection } from '@jupyterlab/services';
import { follow } from '../audits/follow';
import type {
  Comparison,
  Decision,
  Decisions,
  Problems,
  Run,
  Started,
  Template,
  Values
} from '../audits/talk';
import { Server } from './request';

/** The routes of `cjm_notebooks.server.runs`. */
export class AuditServer extends Server {
  async templates(): Promise<Template[]> {
    return (await this.json<{ templates: Template[] }>('templates', {})).templates;
  }

  async runs(): Promise<Run[]> {
    return (await this.json<{ runs: Run[] }>('runs', {})).runs;
  }

  async check(template: string, parameters: Values): Promise<Problems> {
    return (await this.json<{ problems: Problems }>('check', { template, parameters })).problems;
  }

  start(template: string, parameters: Values, name: string): Promise<Started> {
    return this.json('start', { template, parameters, name });
  }

  code(
    template: string,
    parameters: Values,
    folder: string
  ): Promise<{ problems: Problems; code: string | null }> {
    return this.json('code', { template, parameters, folder });
  }

  async cancel({ folder }: Run): Promise<Run> {
    return (await this.json<{ run: Run }>('cancel', { path: folder })).run;
  }

  compare(before: Run, after: Run): Promise<Comparison> {
    return this.json('compare', { before: before.folder, after: after.folder });
  }

  async decisions({ folder }: Run): Promise<Decisions> {
    return (await this.json<{ decisions: Decisions }>('decisions', { path: folder })).decisions;
  }

  async decide({ folder }: Run, decision: Omit<Decision, 'on'>): Promise<Decisions> {
    const body = { path: folder, ...decision };
    return (await this.json<{ decisions: Decisions }>('decide', body)).decisions;
  }

  follow(heard: (run: Run) => void, lost: (why: string | null) => void, signal: AbortSignal): void {
    const url = URLExt.join(this.settings.baseUrl, 'cjm-notebooks', 'progress');
    const stream = (signal: AbortSignal) => ServerConnection.makeRequest(url, { signal }, this.settings);
    void follow({ stream, all: () => this.runs() }, heard, lost, signal);
  }
}
