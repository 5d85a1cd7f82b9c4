import { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { Dialog, ICommandPalette, InputDialog, Notification, showDialog } from '@jupyterlab/apputils';
import { PathExt } from '@jupyterlab/coreutils';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';
import { CATEGORY, addMapCommand, describedBy, text } from './commands';
import type { JourneyWidget } from './editor';
import { Server } from './request';
import { FILE_ENDING, IJourneyTracker } from './tokens';

export const EXPORT = 'cjm-notebooks:export';

/** Endings that the server can write, and what people call these files. */
const FORMATS: Record<string, string> = {
  html: 'Web page (HTML)',
  svg: 'Drawing (SVG)',
  png: 'Picture (PNG)',
  xlsx: 'Spreadsheet (XLSX)',
  csv: 'Table (CSV)',
  mmd: 'Mermaid journey',
  cjml: 'CJML'
};

/** Writes the map in other formats beside its file. */
export const exporting: JupyterFrontEndPlugin<void> = {
  id: 'cjm-notebooks:export',
  description: 'Exports journey maps as pages, pictures, spreadsheets and other formats.',
  autoStart: true,
  requires: [IJourneyTracker],
  optional: [ICommandPalette],
  activate: (app: JupyterFrontEnd, tracker: IJourneyTracker, palette: ICommandPalette | null) => {
    const exporter = new Exporter(app);
    const format = { type: 'string', enum: Object.keys(FORMATS), description: 'Which kind of file.' };
    addMapCommand(
      app,
      tracker,
      EXPORT,
      {
        label: args =>
          args.format ? `Export Journey Map: ${FORMATS[String(args.format)]}` : 'Export Journey Map…',
        caption: 'Write the map as a page, a picture or a table beside its file',
        describedBy: describedBy({ format })
      },
      (widget, args) => exporter.run(widget, args)
    );
    palette?.addItem({ command: EXPORT, category: CATEGORY });
    for (const format of Object.keys(FORMATS)) {
      palette?.addItem({ command: EXPORT, category: CATEGORY, args: { format } });
    }
  }
};

class Exporter {
  constructor(private app: JupyterFrontEnd) {
    this.server = new Server(app.serviceManager.serverSettings);
  }

  async run({ context }: JourneyWidget, args: ReadonlyPartialJSONObject): Promise<void> {
    const format = text(args, 'format') ?? (await asked());
    if (!format) {
      return;
    }
    const content = await this.server.exported(context.model.toString(), context.path, format);
    const path = `${context.path.slice(0, -FILE_ENDING.length)}.${format}`;
    if (!(await this.mayWrite(path))) {
      return;
    }
    await this.app.serviceManager.contents.save(path, { type: 'file', format: 'base64', content });
    Notification.success(`The map is in ${PathExt.basename(path)}.`, {
      autoClose: 8000,
      actions: [
        { label: 'Open', callback: () => void this.app.commands.execute('docmanager:open', { path }) },
        { label: 'Download', callback: () => void this.download(path) }
      ]
    });
  }

  /** Nothing that is there is overwritten without a question. */
  private async mayWrite(path: string): Promise<boolean> {
    const folder = await this.app.serviceManager.contents.get(PathExt.dirname(path), { content: true });
    const names = (folder.content as { name: string }[]).map(file => file.name);
    const name = PathExt.basename(path);
    if (!names.includes(name)) {
      return true;
    }
    const { button } = await showDialog({
      title: 'Overwrite the File?',
      body: `There is already a file ${name} beside the map.`,
      buttons: [Dialog.cancelButton(), Dialog.warnButton({ label: 'Overwrite' })]
    });
    return button.accept;
  }

  private async download(path: string): Promise<void> {
    const link = document.createElement('a');
    link.href = await this.app.serviceManager.contents.getDownloadUrl(path);
    link.download = PathExt.basename(path);
    link.click();
  }

  private server: Server;
}

async function asked(): Promise<string | undefined> {
  const items = Object.values(FORMATS);
  const title = 'Export the Map as';
  const { button, value } = await InputDialog.getItem({ title, items, okLabel: 'Export' });
  return button.accept ? Object.keys(FORMATS)[items.indexOf(value ?? '')] : undefined;
}
