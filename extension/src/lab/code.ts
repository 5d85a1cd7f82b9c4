import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { CODE } from '../explorer/code';

/** Puts the Python that a widget offers into a new cell below the cell of the widget. */
export const code: JupyterFrontEndPlugin<void> = {
  id: 'cjm-notebooks:code',
  description: 'Puts the Python that a widget of journey maps offers into a new cell.',
  autoStart: true,
  activate: (app: JupyterFrontEnd) => {
    document.addEventListener(CODE, event => {
      const { detail, target } = event as CustomEvent<{ code: string }>;
      const isInNotebook = target instanceof Element && target.closest('.jp-Notebook .jp-Cell');
      if (isInNotebook && app.commands.hasCommand('notebook:insert-cell-below')) {
        event.preventDefault();
        void insert(app, detail.code);
      }
    });
  }
};

async function insert(app: JupyterFrontEnd, text: string): Promise<void> {
  await app.commands.execute('notebook:insert-cell-below');
  await app.commands.execute('notebook:enter-edit-mode');
  await app.commands.execute('notebook:replace-selection', { text });
}

export default code;
