import { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { IMainMenu } from '@jupyterlab/mainmenu';
import { redoIcon, undoIcon } from '@jupyterlab/ui-components';
import { CATEGORY, addMapCommand } from './commands';
import { JourneyEditor } from './editor';
import { IJourneyTracker } from './tokens';

const UNDO = 'cjm-notebooks:undo';
const REDO = 'cjm-notebooks:redo';

/** Undo and redo in the menu Edit and in the palette; on the map the keys do the same. */
export const history: JupyterFrontEndPlugin<void> = {
  id: 'cjm-notebooks:history',
  description: 'Undoes and redoes edits of journey maps.',
  autoStart: true,
  requires: [IJourneyTracker],
  optional: [IMainMenu, ICommandPalette],
  activate: (
    app: JupyterFrontEnd,
    tracker: IJourneyTracker,
    menu: IMainMenu | null,
    palette: ICommandPalette | null
  ) => {
    const undo = {
      label: 'Undo Edit of the Map',
      caption: 'Take the last edit of the map back',
      icon: undoIcon
    };
    const redo = {
      label: 'Redo Edit of the Map',
      caption: 'Do the edit again that was undone',
      icon: redoIcon
    };
    addMapCommand(app, tracker, UNDO, undo, async widget => widget.content.undo());
    addMapCommand(app, tracker, REDO, redo, async widget => widget.content.redo());
    const isEnabled = (widget: unknown): boolean =>
      (widget as { content?: unknown }).content instanceof JourneyEditor;
    menu?.editMenu.undoers.undo.add({ id: UNDO, isEnabled });
    menu?.editMenu.undoers.redo.add({ id: REDO, isEnabled });
    palette?.addItem({ command: UNDO, category: CATEGORY });
    palette?.addItem({ command: REDO, category: CATEGORY });
  }
};
