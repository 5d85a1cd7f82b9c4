import type { Choice, FileOfRun, Run, Severity } from './talk';

export const STATUS: Record<Run['status'], string> = {
  waiting: 'Waiting',
  running: 'Running',
  done: 'Done',
  failed: 'Failed',
  cancelled: 'Cancelled',
  interrupted: 'Interrupted'
};

/** Marks beside the words, so that a status does not stand on its colour alone. */
export const MARK: Record<Run['status'], string> = {
  waiting: '…',
  running: '▶',
  done: '✓',
  failed: '✗',
  cancelled: '■',
  interrupted: '!'
};

export const SEVERITY: Record<Severity, string> = {
  info: 'Info',
  low: 'Low',
  medium: 'Medium',
  high: 'High',
  critical: 'Critical'
};

export const FILES: Record<FileOfRun, string> = {
  page: 'Page',
  notebook: 'Notebook',
  findings: 'Findings (JSON)',
  tables: 'Tables (XLSX)',
  pdf: 'PDF',
  measured: 'Measured map',
  failed: 'Notebook as far as it came'
};

export function isOver({ status }: Run): boolean {
  return status !== 'waiting' && status !== 'running';
}

/** `1 min 5 s` between two moments, to now where the second is missing. */
export function lasted(from: string, to: string | null, now: number): string {
  const seconds = Math.max(0, Math.round(((to ? Date.parse(to) : now) - Date.parse(from)) / 1000));
  const minutes = Math.floor(seconds / 60);
  if (minutes >= 60) {
    return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
  }
  return minutes > 0 ? `${minutes} min ${seconds % 60} s` : `${seconds} s`;
}

export function when(moment: string): string {
  return new Date(moment).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
}

/** How far a run has come, in one sentence. */
export function progressOf({ status, step }: Run): string {
  if (status === 'waiting') {
    return 'Waiting for its turn';
  }
  if (!step) {
    return STATUS[status];
  }
  return `Cell ${step.number} of ${step.total}${step.heading ? `: ${step.heading}` : ''}`;
}

/** The last folder of a run: what tells it from others of the same template. */
export function folderName({ folder }: Run): string {
  return folder.slice(folder.lastIndexOf('/') + 1);
}

export function memory({ memory_mb: memory }: Run): string {
  return memory === null ? '' : `${Math.round(memory)} MB`;
}

/** `2 high, 1 medium`, the worst first. */
export function counted(counts: Record<string, number>): string {
  return (Object.keys(SEVERITY) as Severity[])
    .reverse()
    .filter(severity => counts[severity])
    .map(severity => `${counts[severity]} ${severity}`)
    .join(', ');
}

export const CHOICES: Record<Choice, string> = {
  accept: 'Accept it as it is',
  fix: 'Fix it',
  watch: 'Watch it',
  reject: 'Reject it as no finding'
};
