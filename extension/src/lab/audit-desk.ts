import type { JupyterFrontEnd } from '@jupyterlab/application';
import { PathExt, URLExt } from '@jupyterlab/coreutils';
import type { IDocumentManager } from '@jupyterlab/docmanager';
import type { DocumentWidget } from '@jupyterlab/docregistry';
import { FileDialog, IDefaultFileBrowser } from '@jupyterlab/filebrowser';
import type { Desk, FileOfRun, Finding, Parameter, Problems, Run, Values } from '../audits/talk';
import { labelOf } from '../audits/form';
import { read } from '../map/check';
import type { JourneyMap } from '../map/generated/journey-map';
import { AuditServer } from './audit-routes';
import { chosenFile } from './commands';

/** With which of Lab's viewers a file of a run is opened, where the usual one is not meant. */
const VIEWERS: Partial<Record<FileOfRun, string>> = { page: 'HTML Viewer', findings: 'JSON' };

/** What the panel of audits asks of JupyterLab. */
export class AuditDesk extends AuditServer implements Desk {
  constructor(
    private app: JupyterFrontEnd,
    private documents: IDocumentManager,
    private browser: IDefaultFileBrowser | null
  ) {
    super(app.serviceManager.serverSettings);
  }

  async columnsOf(file: string): Promise<string[]> {
    return (await this.columns(file)).columns;
  }

  async findings(run: Run): Promise<Finding[]> {
    const text = await this.textAt(fileOf(run, 'findings'));
    return (JSON.parse(text) as { findings: Finding[] }).findings;
  }

  async mapAt(file: string): Promise<JourneyMap> {
    const reading = read(await this.textAt(file));
    if ('unread' in reading) {
      throw new Error(`${PathExt.basename(file)} cannot be read as a map. ${reading.unread}`);
    }
    return reading.map;
  }

  async choose(parameter: Parameter, chosen: string): Promise<string | undefined> {
    const title = labelOf(parameter);
    const folder = chosen ? PathExt.dirname(chosen) : (this.browser?.model.path ?? '');
    if (parameter.kind === 'folder') {
      const options = { manager: this.documents, title, defaultPath: folder };
      const { value } = await FileDialog.getExistingDirectory(options);
      return value?.[0] && this.local(value[0].path);
    }
    const isWanted = (name: string): boolean =>
      parameter.suffixes.length === 0 || parameter.suffixes.some(end => name.toLowerCase().endsWith(end));
    const path = await chosenFile(this.documents, title, folder, isWanted);
    return path && this.local(path);
  }

  async open(run: Run, file: FileOfRun): Promise<void> {
    const path = fileOf(run, file);
    if (file === 'tables') {
      const link = document.createElement('a');
      link.href = await this.app.serviceManager.contents.getDownloadUrl(path);
      link.download = PathExt.basename(path);
      link.click();
      return;
    }
    await this.app.commands.execute('docmanager:open', { path, factory: VIEWERS[file] });
  }

  /** As the server gives it: with its scripts, but not as a page of this server. */
  async openApart(run: Run, file: FileOfRun): Promise<void> {
    const path = URLExt.encodeParts(fileOf(run, file));
    window.open(URLExt.join(this.settings.baseUrl, 'files', path), '_blank', 'noopener');
  }

  /** Into a new cell of the notebook that was last in front, or into a new notebook. */
  async insert(template: string, parameters: Values): Promise<Problems> {
    const { commands, shell } = this.app;
    const before = shell.currentWidget;
    const isOpen = [...shell.widgets('main')].some(widget => isNotebook(widget as DocumentWidget));
    if (!isOpen) {
      const problems = await this.check(template, parameters);
      if (Object.keys(problems).length > 0) {
        return problems;
      }
      const kernelName = this.app.serviceManager.kernelspecs.specs?.default ?? 'python3';
      await commands.execute('notebook:create-new', { cwd: this.browser?.model.path ?? '', kernelName });
    } else {
      await commands.execute('notebook:enter-command-mode');
    }
    const notebook = shell.currentWidget as DocumentWidget;
    const folder = PathExt.dirname(this.local(notebook.context.path));
    const { problems, code } = await this.code(template, parameters, folder);
    if (code === null) {
      shell.activateById(before!.id);
      return problems;
    }
    if (isOpen) {
      await commands.execute('notebook:insert-cell-below');
    }
    await commands.execute('notebook:enter-edit-mode');
    await commands.execute('notebook:replace-selection', { text: code.trimEnd() });
    return {};
  }

  /** Without the drive that shared documents have. */
  private local(path: string): string {
    return this.app.serviceManager.contents.localPath(path);
  }

  private async textAt(path: string): Promise<string> {
    const options = { type: 'file', format: 'text', content: true } as const;
    return (await this.app.serviceManager.contents.get(path, options)).content as string;
  }
}

function fileOf(run: Run, file: FileOfRun): string {
  return PathExt.join(run.folder, run.files[file] ?? '');
}

function isNotebook({ context }: DocumentWidget): boolean {
  return context?.path?.endsWith('.ipynb') ?? false;
}
