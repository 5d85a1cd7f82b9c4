/** What the commands of maps have in common. */
import type { JupyterFrontEnd } from '@jupyterlab/application';
import { Dialog, showErrorMessage } from '@jupyterlab/apputils';
import type { IDocumentManager } from '@jupyterlab/docmanager';
import { FileDialog } from '@jupyterlab/filebrowser';
import type { Contents } from '@jupyterlab/services';
import type { CommandRegistry } from '@lumino/commands';
import type { JSONObject, ReadonlyPartialJSONObject } from '@lumino/coreutils';
import type { JourneyWidget } from './editor';
import { FACTORY, IJourneyTracker } from './tokens';

export const CATEGORY = 'Journey Maps';

/** The JSON Schema of a command's arguments, all of them optional. */
export function describedBy(properties: JSONObject = {}): { args: JSONObject } {
  return { args: { type: 'object', properties } };
}

export function text(args: ReadonlyPartialJSONObject, name: string): string | undefined {
  const value = args[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Does what a person asked for, and tells them why it could not be done. */
export async function attempt<T>(title: string, work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    await showErrorMessage(title, error as Error, [Dialog.okButton({ label: 'Close' })]);
    return undefined;
  }
}

/** Adds a command on the map in front, which is enabled while there is one. */
export function addMapCommand(
  app: JupyterFrontEnd,
  tracker: IJourneyTracker,
  id: string,
  options: Omit<CommandRegistry.ICommandOptions, 'execute'>,
  execute: (widget: JourneyWidget, args: ReadonlyPartialJSONObject) => Promise<unknown>
): void {
  const title = typeof options.label === 'string' ? options.label : 'Journey Map';
  app.commands.addCommand(id, {
    describedBy: describedBy(),
    ...options,
    isEnabled: () => mapInFront(app, tracker) !== null,
    execute: args => {
      const widget = mapInFront(app, tracker);
      return widget ? attempt(title, () => execute(widget, args)) : undefined;
    }
  });
  tracker.currentChanged.connect(() => app.commands.notifyCommandChanged(id));
  app.shell.currentChanged?.connect(() => app.commands.notifyCommandChanged(id));
}

export function mapInFront(app: JupyterFrontEnd, tracker: IJourneyTracker): JourneyWidget | null {
  const widget = tracker.currentWidget;
  return widget && widget === app.shell.currentWidget ? widget : null;
}

/** Asks for one of the files that `isWanted`; nothing when nobody chose one. */
export async function chosenFile(
  manager: IDocumentManager,
  title: string,
  defaultPath: string,
  isWanted: (name: string) => boolean
): Promise<string | undefined> {
  const filter = (file: Contents.IModel): object | null =>
    file.type === 'directory' || isWanted(file.name) ? {} : null;
  const { value } = await FileDialog.getOpenFiles({ manager, title, defaultPath, filter });
  return value?.find(file => file.type !== 'directory')?.path;
}

export function openMap(app: JupyterFrontEnd, path: string): Promise<unknown> {
  return app.commands.execute('docmanager:open', { path, factory: FACTORY });
}
