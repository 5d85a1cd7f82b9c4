import { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { Dialog, ICommandPalette, showDialog } from '@jupyterlab/apputils';
import { IDefaultFileBrowser } from '@jupyterlab/filebrowser';
import { ILauncher } from '@jupyterlab/launcher';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';
import { CATEGORY, attempt, describedBy, text } from './commands';
import { ExerciseForm } from './exercise-form';
import { exerciseIcon } from './icons';
import { Server } from './request';

const START = 'cjm-notebooks:start-exercise';
const TITLE = 'Start an Exercise';

/** Launcher card and palette entry that begin an exercise for practice. */
export const exercises: JupyterFrontEndPlugin<void> = {
  id: 'cjm-notebooks:exercises',
  description: 'Begins exercises on journey maps, with feedback at once.',
  autoStart: true,
  optional: [ILauncher, ICommandPalette, IDefaultFileBrowser],
  activate: (
    app: JupyterFrontEnd,
    launcher: ILauncher | null,
    palette: ICommandPalette | null,
    browser: IDefaultFileBrowser | null
  ) => {
    const properties = {
      cwd: { type: 'string', description: 'The folder to put the notebook in.' },
      exercise: { type: 'string', description: 'Id of the exercise.' },
      student: { type: 'string', description: 'Any id: whoever gives the same one gets the same data.' }
    };
    app.commands.addCommand(START, {
      label: args => (args.isLauncher ? 'Start an Exercise…' : 'Start a Journey Map Exercise…'),
      caption: 'Begin an exercise on journey maps, with feedback at once',
      icon: exerciseIcon,
      describedBy: describedBy(properties),
      execute: args => attempt(TITLE, () => start(app, browser, args))
    });
    launcher?.add({ command: START, category: CATEGORY, rank: 4, args: { isLauncher: true } });
    palette?.addItem({ command: START, category: CATEGORY });
  }
};

async function start(
  app: JupyterFrontEnd,
  browser: IDefaultFileBrowser | null,
  args: ReadonlyPartialJSONObject
): Promise<unknown> {
  const server = new Server(app.serviceManager.serverSettings);
  const folder = app.serviceManager.contents.localPath(text(args, 'cwd') ?? browser?.model.path ?? '');
  let chosen = { exercise: text(args, 'exercise') ?? '', student: text(args, 'student') ?? '' };
  if (!chosen.exercise) {
    const body = new ExerciseForm(await server.exercises());
    const buttons = [Dialog.cancelButton(), Dialog.okButton({ label: 'Start' })];
    const focusNodeSelector = 'input';
    const { button, value } = await showDialog({ title: TITLE, body, buttons, focusNodeSelector });
    if (!button.accept || !value?.exercise) {
      return undefined;
    }
    chosen = value;
  }
  const path = await server.beginExercise(chosen.exercise, chosen.student, folder);
  await browser?.model.refresh();
  return app.commands.execute('docmanager:open', { path });
}
