import type { WidgetTracker } from '@jupyterlab/apputils';
import { Token } from '@lumino/coreutils';
import type { JourneyWidget } from './editor';

export const FACTORY = 'Journey Map';
export const FILE_TYPE = 'cjm';
export const FILE_ENDING = '.cjm.json';

/** The names of files that hold a table for sure; those in .json may be anything. */
export const TABLE = /\.(csv|tsv|parquet|ndjson|jsonl)(\.gz|\.zst)?$/i;

export type IJourneyTracker = WidgetTracker<JourneyWidget>;

/** The open maps. */
export const IJourneyTracker = new Token<IJourneyTracker>(
  'cjm-notebooks:IJourneyTracker',
  'Keeps track of the open journey maps.'
);
