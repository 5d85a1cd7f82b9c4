/** Which fields belong together, so that fifty of them do not stand in one row. */
import { Field, fieldsOf } from '../../map/shape';

export interface Group {
  name: string;
  fields: Field[];
  /** Shown without being asked for. */
  essential: boolean;
}

type Names = Record<string, string>;

/** The first group is open from the start; what no group names stands in the last. */
const GROUPS: Record<string, Names> = {
  JourneyMap: {
    Essentials: 'name objective goal scenario state status primary_persona',
    'Parts of the map':
      'personas stages outcomes opportunities evidence flows kpis hypotheses actors channels departments',
    'Purpose and scope':
      'map_type scope decision_to_inform success_criteria out_of_scope start_trigger end_condition context expectations basis classification constraints',
    'Who makes it': 'owner sponsor contributors plan',
    'Days and versions':
      'created last_reviewed last_modified review_interval_days data_window version supersedes changelog',
    'Place and culture': 'market locales timezone culture_notes',
    'Recorded events and privacy': 'journey privacy'
  },
  Stage: {
    Essentials: 'name customer_goal description owner_department touchpoints',
    'Beginning and end': 'entry_condition exit_condition canonical super_stage',
    'Numbers expected': 'expected_share expected_duration kpis'
  },
  Touchpoint: {
    Essentials: 'name doing channel department',
    Experience:
      'thinking feeling emotion emotion_status emotion_source expectation pain_points moment_of_truth physical_evidence evidence',
    'People and channel':
      'kind direction initiator receiver message device place medium ownership personalised',
    'Place in the journey': 'optionality entry_point exit_point',
    Time: 'duration wait_time sla frequency',
    'Behind the counter':
      'responsible handoff_to backstage failure_modes controllable automated capacity cost_to_serve system_of_record system_of_engagement',
    Barriers: 'accessibility_barrier literacy_requirement economic_barrier cultural_consideration',
    'Recorded events': 'match questions data_collected consent_category'
  },
  Persona: {
    Essentials: 'name kind quote goals needs pains',
    'Who they are':
      'part_of demographics tech_comfort preferred_channels accessibility_needs languages culture_note',
    'What moves them': 'jobs_to_be_done motivations expectations',
    'What it rests on': 'basis n_interviews evidence selection'
  },
  Evidence: {
    Essentials: 'name kind strength quote n supports contradicts',
    'Where it comes from': 'source url method population collected_from collected_to source_hash',
    'Consent and privacy': 'consent pii'
  },
  Opportunity: {
    Essentials: 'name how_might_we owner end status priority',
    'What it is about': 'touchpoints stages pain_points evidence',
    'Worth and effort': 'impact effort confidence reach kano expected_effect',
    'Who and when': 'department start kind'
  },
  Kpi: {
    Essentials: 'name kind definition unit direction target',
    'Levels and source': 'aggregation warn alert source owner stage touchpoint'
  }
};

/** The fields of a part in their groups; a part of few fields is one group. */
export function groupsOf(part: string): Group[] {
  const fields = fieldsOf(part).filter(field => part !== 'JourneyMap' || field.name !== 'schema_version');
  const named = Object.entries(GROUPS[part] ?? {}).map(([name, names], number) => ({
    name,
    essential: number === 0,
    fields: names.split(' ').map(one => fields.find(field => field.name === one)!)
  }));
  const taken = new Set(named.flatMap(group => group.fields));
  const rest = fields.filter(field => !taken.has(field));
  const last = { name: named.length ? 'Other' : 'Essentials', essential: named.length === 0, fields: rest };
  return rest.length ? [...named, last] : named;
}

/** Texts that want more than one line. */
const PROSE = new Set(
  (
    'objective decision_to_inform scenario goal context culture_notes start_trigger end_condition description customer_goal ' +
    'entry_condition exit_condition doing thinking feeling text physical_evidence message accessibility_barrier ' +
    'literacy_requirement economic_barrier cultural_consideration notes quote demographics culture_note rationale root_cause ' +
    'recovery_path escalation fallback how_might_we statement why condition definition method population lawful_basis ' +
    'action prior impact_area'
  ).split(' ')
);

export function isProse(field: Field): boolean {
  return field.kind === 'text' && PROSE.has(field.name);
}
