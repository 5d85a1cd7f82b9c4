/** What the panel and the server say to each other, as `cjm_notebooks.server.runs` writes it. */
import type { JourneyMap } from '../map/generated/journey-map';

export type Value = boolean | number | string | string[] | Record<string, string>;
export type Values = Record<string, Value>;

/** What is wrong with which parameter. */
export type Problems = Record<string, string>;

export interface Parameter {
  name: string;
  type: 'str' | 'int' | 'float' | 'bool' | 'list[str]' | 'dict[str, str]';
  default: Value;
  help: string;
  label: string;
  kind: 'value' | 'file' | 'folder' | 'moment' | 'column' | 'touchpoint' | 'stage' | 'channel';
  /** The parameter with the file that a column is of, or the map that holds a touchpoint. */
  of: string;
  group: string;
  required: boolean;
  choices: string[];
  suffixes: string[];
}

export interface Template {
  name: string;
  title: string;
  answers: string;
  needs: string[];
  parameters: Parameter[];
}

export interface Said {
  text: string;
}

export type Severity = 'info' | 'low' | 'medium' | 'high' | 'critical';
export type FileOfRun = 'notebook' | 'page' | 'findings' | 'measured' | 'tables' | 'pdf' | 'failed';

/** One run, as its record says. */
export interface Run {
  id: string;
  name: string;
  template: string;
  title: string;
  parameters: Values;
  status: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled' | 'interrupted';
  started_at: string;
  ended_at: string | null;
  step: { number: number; total: number; heading: string } | null;
  memory_mb: number | null;
  error: { kind: string; message: string } | null;
  worst_severity: Severity | null;
  counts: Record<string, number>;
  headline: Said[];
  files: Partial<Record<FileOfRun, string | null>>;
  folder: string;
}

export interface Finding {
  id: string;
  severity: Severity | null;
  what: Said;
  so_what: Said;
  advice: Said;
  owner: string | null;
}

export type Choice = 'accept' | 'fix' | 'watch' | 'reject';

/** What somebody decided on a finding. */
export interface Decision {
  finding: string;
  choice: Choice;
  who: string;
  what?: string;
  on: string;
  until?: string | null;
}

export type Decisions = Record<string, Decision>;

/** What became of a finding from one run to another. */
export interface Change {
  finding: string;
  state: string;
  severity_before: Severity | null;
  severity: Severity | null;
  what: Said;
  because: Said | null;
}

/** Two runs side by side; `states` says each state in words. */
export interface Comparison {
  is_comparable: boolean;
  summary: string[];
  states: Record<string, string>;
  changes: Change[];
}

export interface Started {
  problems: Problems;
  run: Run | null;
}

/** What the panel asks of whoever shows it. */
export interface Desk {
  templates(): Promise<Template[]>;
  runs(): Promise<Run[]>;
  check(template: string, parameters: Values): Promise<Problems>;
  start(template: string, parameters: Values, name: string): Promise<Started>;
  cancel(run: Run): Promise<Run>;
  /** Tells of each run that changes until `signal` ends it; `lost` says why nothing is heard. */
  follow(heard: (run: Run) => void, lost: (why: string | null) => void, signal: AbortSignal): void;
  findings(run: Run): Promise<Finding[]>;
  compare(before: Run, after: Run): Promise<Comparison>;
  decisions(run: Run): Promise<Decisions>;
  decide(run: Run, decision: Omit<Decision, 'on'>): Promise<Decisions>;
  columnsOf(file: string): Promise<string[]>;
  mapAt(file: string): Promise<JourneyMap>;
  choose(parameter: Parameter, chosen: string): Promise<string | undefined>;
  open(run: Run, file: FileOfRun): Promise<void>;
  openApart(run: Run, file: FileOfRun): Promise<void>;
  insert(template: string, parameters: Values): Promise<Problems>;
}
