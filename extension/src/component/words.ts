/** What the component calls the lanes and the words of the map's enumerations. */

export const LANES = {
  touchpoint: 'Touchpoint',
  measured: 'Measured',
  channel: 'Channel',
  department: 'Department',
  doing: 'Doing',
  thinking: 'Thinking',
  feeling: 'Feeling',
  expectation: 'Expectation',
  emotion: 'Emotion',
  pain_points: 'Pain points',
  moments_of_truth: 'Moment of truth',
  opportunities: 'Opportunities',
  evidence: 'Evidence',
  backstage: 'Backstage'
} as const;

export type Lane = keyof typeof LANES;
export const ALL_LANES = Object.keys(LANES) as Lane[];

type Words = Record<string, string>;

export const STATUSES: Words = {
  hypothesis: 'hypothesis',
  partially_validated: 'partially validated',
  validated: 'validated',
  refuted: 'refuted'
};

/** Shapes that tell the statuses apart without a colour. */
export const STATUS_SHAPES: Words = {
  hypothesis: '?',
  partially_validated: '◐',
  validated: '✓',
  refuted: '✕'
};

export const EMOTIONS: Words = {
  '-2': 'very bad',
  '-1': 'bad',
  '0': 'neither good nor bad',
  '1': 'good',
  '2': 'very good'
};

export const KINDS: Words = {
  action: 'action',
  communication: 'message',
  wait: 'wait',
  decision: 'decision'
};
export const KIND_SHAPES: Words = { action: '▸', communication: '✉', wait: '◷', decision: '◇' };
export const OPTIONALITIES: Words = { required: '', optional: 'optional', conditional: 'conditional' };

export const MOMENTS: Words = {
  zero: 'zero moment of truth',
  first: 'first moment of truth',
  second: 'second moment of truth',
  third: 'third moment of truth',
  ultimate: 'ultimate moment of truth',
  carlzon: 'moment of truth as Carlzon means it',
  make_or_break: 'make-or-break moment'
};

export const LAYERS: Words = {
  frontstage: 'in sight',
  backstage: 'behind the line of visibility',
  support: 'support'
};

export const MEASURES: Words = {
  reach: 'reached by',
  'drop-off': 'drop-off',
  'mean-score': 'mean score',
  'weighted-mean-score': 'mean score, weighted',
  nps: 'NPS',
  'weighted-nps': 'NPS, weighted',
  'expectation-gap': 'gap to the expectation',
  'cumulative-incidence': 'ended this way'
};

export const VERDICTS: Words = {
  confirmed: 'confirmed',
  contradicted: 'contradicted',
  met: 'expectation met',
  exceeded: 'expectation exceeded',
  missed: 'expectation missed'
};

export function spaced(id: string): string {
  return id.replaceAll(/[_-]/g, ' ');
}

export function counted(count: number, one: string, many: string): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}
