import type { JupyterFrontEndPlugin } from '@jupyterlab/application';
import { audits } from './audits';
import { code } from './code';
import { comparing } from './comparing';
import { creating } from './creating';
import { exporting } from './exporting';
import { history } from './history';
import { linting } from './linting';
import { exercises } from './exercises';
import { editor } from './opening';
import { outline } from './outline';
import { settings } from './settings';
import { status } from './status';

const plugins: JupyterFrontEndPlugin<unknown>[] = [
  editor,
  creating,
  linting,
  status,
  settings,
  history,
  exporting,
  comparing,
  outline,
  code,
  audits,
  exercises
];

export default plugins;
