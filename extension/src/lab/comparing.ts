import { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { PathExt } from '@jupyterlab/coreutils';
import { IDocumentManager } from '@jupyterlab/docmanager';
import { read } from '../map/check';
import type { JourneyMap } from '../map/generated/journey-map';
import { CATEGORY, addMapCommand, chosenFile, describedBy, text } from './commands';
import type { JourneyWidget } from './editor';
import { FILE_ENDING, IJourneyTracker } from './tokens';

export const COMPARE_WITH_DISK = 'cjm-notebooks:compare-with-disk';
const COMPARE_WITH_FILE = 'cjm-notebooks:compare-with-file';
const STOP = 'cjm-notebooks:stop-comparing';

/** Shows on the map what is different from its file on disk or from another map. */
export const comparing: JupyterFrontEndPlugin<void> = {
  id: 'cjm-notebooks:compare',
  description: 'Compares a journey map with its file on disk or with another map.',
  autoStart: true,
  requires: [IJourneyTracker, IDocumentManager],
  optional: [ICommandPalette],
  activate: (
    app: JupyterFrontEnd,
    tracker: IJourneyTracker,
    documents: IDocumentManager,
    palette: ICommandPalette | null
  ) => {
    const mapAt = async (path: string): Promise<JourneyMap> => {
      const options = { type: 'file', format: 'text', content: true } as const;
      const file = await app.serviceManager.contents.get(path, options);
      const reading = read(file.content as string);
      if ('unread' in reading) {
        throw new Error(`${PathExt.basename(path)} cannot be read as a map. ${reading.unread}`);
      }
      return reading.map;
    };
    const asked = (path: string): Promise<string | undefined> =>
      chosenFile(documents, 'Compare with which map?', PathExt.dirname(path), name =>
        name.endsWith(FILE_ENDING)
      );
    addMapCommand(
      app,
      tracker,
      COMPARE_WITH_DISK,
      {
        label: 'Compare Journey Map with File on Disk',
        caption: 'Show what has changed since the map was saved'
      },
      async ({ content, context }) => {
        content.compareWith(await mapAt(context.path), 'Changes against the file on disk are shown.');
      }
    );
    addMapCommand(
      app,
      tracker,
      COMPARE_WITH_FILE,
      {
        label: 'Compare Journey Map with…',
        caption: 'Show what differs from another map, such as the journey as it is',
        describedBy: describedBy({ path: { type: 'string', description: 'The map to compare with.' } })
      },
      async ({ content, context }, args) => {
        const path = text(args, 'path') ?? (await asked(context.path));
        if (path) {
          const sentence = `Changes against ${PathExt.basename(path)} are shown.`;
          content.compareWith(await mapAt(path), sentence);
        }
      }
    );
    addMapCommand(
      app,
      tracker,
      STOP,
      { label: 'Stop Comparing Journey Maps', caption: 'Show the map without the changes' },
      async ({ content }: JourneyWidget) => content.compareWith(null)
    );
    for (const command of [COMPARE_WITH_DISK, COMPARE_WITH_FILE, STOP]) {
      palette?.addItem({ command, category: CATEGORY });
    }
  }
};
