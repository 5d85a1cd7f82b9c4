import type { WidgetTracker } from '@jupyterlab/apputils';
import { Token } from '@lumino/coreutils';
import type { JourneyWidget } from './editor';

export const FACTORY = 'Journey Map';
export const FILE_TYPE = 'cjm';
export const FILE_ENDING = '.cjm.json';

export type IJourneyTracker = WidgetTracker<JourneyWidget>;

/** The open maps. */
export const IJourneyTracker = new Token<IJourneyTracker>(
  'cjm-notebooks:IJourneyTracker',
  'Keeps track of the open journey maps.'
);
