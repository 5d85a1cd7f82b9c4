import { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { Dialog, ICommandPalette, InputDialog, showDialog } from '@jupyterlab/apputils';
import { PathExt } from '@jupyterlab/coreutils';
import { IDocumentManager } from '@jupyterlab/docmanager';
import { IDefaultFileBrowser, IFileBrowserFactory } from '@jupyterlab/filebrowser';
import { ILauncher } from '@jupyterlab/launcher';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';
import type { JourneyMap } from '../map/generated/journey-map';
import { textOf } from '../map/text';
import { CATEGORY, attempt, chosenFile, describedBy, openMap, text } from './commands';
import { DraftForm } from './draft-form';
import { mapIcon } from './icons';
import { Server } from './request';
import { FILE_ENDING, TABLE } from './tokens';

const NEW = 'cjm-notebooks:new-map';
const FROM_PRESET = 'cjm-notebooks:new-map-from-preset';
const FROM_DATA = 'cjm-notebooks:new-map-from-data';
const PLACE = { cwd: { type: 'string', description: 'The folder to put the map in.' } };
const EMPTY = { id: 'new-map', name: 'New map' } as JourneyMap;

/** Launcher cards, palette and menu entries that begin a map. */
export const creating: JupyterFrontEndPlugin<void> = {
  id: 'cjm-notebooks:commands',
  description: 'Begins journey maps: empty, from a preset, from recorded events.',
  autoStart: true,
  requires: [IDocumentManager],
  optional: [ILauncher, ICommandPalette, IDefaultFileBrowser, IFileBrowserFactory],
  activate: (
    app: JupyterFrontEnd,
    documents: IDocumentManager,
    launcher: ILauncher | null,
    palette: ICommandPalette | null,
    browser: IDefaultFileBrowser | null,
    browsers: IFileBrowserFactory | null
  ) => {
    const beginning = new Beginning(app, documents, browser);
    const listed = (): string | undefined =>
      [...(browsers?.tracker.currentWidget?.selectedItems() ?? [])].find(item => TABLE.test(item.path))?.path;
    app.commands.addCommand(NEW, {
      label: args => (args.isLauncher ? 'Journey Map' : 'New Journey Map'),
      caption: 'Begin an empty journey map',
      icon: mapIcon,
      describedBy: describedBy(PLACE),
      execute: args => attempt('New Journey Map', () => beginning.empty(args))
    });
    app.commands.addCommand(FROM_PRESET, {
      label: args => (args.isLauncher ? 'Map from Preset…' : 'New Journey Map from Preset…'),
      caption: 'Begin a journey map with the stages of a preset',
      icon: mapIcon,
      describedBy: describedBy({ ...PLACE, preset: { type: 'string', description: 'Id of the preset.' } }),
      execute: args => attempt('New Journey Map from Preset', () => beginning.fromPreset(args))
    });
    app.commands.addCommand(FROM_DATA, {
      label: args => (args.isLauncher ? 'Map from Data File…' : 'New Journey Map from Data File…'),
      caption: 'Draft a journey map from recorded events in a CSV, Parquet or NDJSON file',
      icon: mapIcon,
      describedBy: describedBy({ ...PLACE, path: { type: 'string', description: 'The file of events.' } }),
      isVisible: args => !args.isMenu || listed() !== undefined,
      execute: args => attempt('New Journey Map from Data File', () => beginning.fromData(args, listed()))
    });
    for (const [rank, command] of [NEW, FROM_PRESET, FROM_DATA].entries()) {
      launcher?.add({ command, category: CATEGORY, rank, args: { isLauncher: true } });
      palette?.addItem({ command, category: CATEGORY });
    }
    app.contextMenu.addItem({ command: NEW, selector: '.jp-DirListing-content', rank: 53 });
    app.contextMenu.addItem({ command: FROM_PRESET, selector: '.jp-DirListing-content', rank: 53.1 });
    const onItems = '.jp-DirListing-item[data-isdir="false"]';
    app.contextMenu.addItem({ command: FROM_DATA, selector: onItems, args: { isMenu: true }, rank: 3 });
  }
};

class Beginning {
  constructor(
    private app: JupyterFrontEnd,
    private documents: IDocumentManager,
    private browser: IDefaultFileBrowser | null
  ) {
    this.server = new Server(app.serviceManager.serverSettings);
  }

  empty(args: ReadonlyPartialJSONObject): Promise<unknown> {
    return this.write(this.folder(args), textOf(EMPTY));
  }

  async fromPreset(args: ReadonlyPartialJSONObject): Promise<unknown> {
    const { presets } = await this.server.presets();
    const labels = presets.map(preset => `${preset.name}: ${preset.stages.join(', ')}`);
    let id = text(args, 'preset');
    if (!id) {
      const title = 'Which stages shall the map begin with?';
      const chosen = await InputDialog.getItem({ title, items: labels, okLabel: 'Create' });
      id = presets[labels.indexOf(chosen.value ?? '')]?.id;
      if (!chosen.button.accept || !id) {
        return undefined;
      }
    }
    return this.write(this.folder(args), await this.server.preset(id, EMPTY.name));
  }

  async fromData(args: ReadonlyPartialJSONObject, listed: string | undefined): Promise<unknown> {
    const path = text(args, 'path') ?? listed ?? (await this.asked(args));
    if (!path) {
      return undefined;
    }
    const body = new DraftForm(path, await this.server.columns(path));
    const title = `Draft a Map from ${PathExt.basename(path)}`;
    const buttons = [Dialog.cancelButton(), Dialog.okButton({ label: 'Draft' })];
    const { button, value } = await showDialog({ title, body, buttons });
    if (!button.accept || !value) {
      return undefined;
    }
    const drafted = await this.server.draft(value);
    await this.browser?.model.refresh();
    return openMap(this.app, drafted.path);
  }

  private asked(args: ReadonlyPartialJSONObject): Promise<string | undefined> {
    const title = 'Which file holds the events?';
    return chosenFile(this.documents, title, this.folder(args), name => TABLE.test(name));
  }

  private folder(args: ReadonlyPartialJSONObject): string {
    return text(args, 'cwd') ?? this.browser?.model.path ?? '';
  }

  private async write(path: string, content: string): Promise<unknown> {
    const { contents } = this.app.serviceManager;
    const untitled = await contents.newUntitled({ path, type: 'file', ext: FILE_ENDING });
    await contents.save(untitled.path, { type: 'file', format: 'text', content });
    return openMap(this.app, untitled.path);
  }

  private server: Server;
}
