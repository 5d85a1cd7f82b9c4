/** The seven steps to a map, and what each still misses. Progress is read from the map itself. */
import type { Evidence, JourneyMap } from '../../map/generated/journey-map';
import { touchpointsOf } from '../../map/place';
import { clipped, counted } from '../details/words';

export interface Step {
  id: 'objective' | 'personas' | 'touchpoints' | 'research' | 'stages' | 'moments' | 'action';
  name: string;
  /** What the step asks for, and why. */
  asks: string;
  missing(map: JourneyMap): string[];
}

const OPINIONS = new Set(['workshop', 'expert']);
const AFTER_PURCHASE = new Set(['use', 'retention', 'advocacy', 'exit']);

export const STEPS: readonly Step[] = [
  {
    id: 'objective',
    name: 'Objective',
    asks:
      'Say why you make the map, which decision it shall inform, and what the customer wants to reach. ' +
      'A map without a decision behind it ends on a wall, and one without the goal of the customer tells the story of the company.',
    missing: map =>
      sentences(
        [!map.objective, 'Say why the map is made.'],
        [!map.decision_to_inform, 'Name the decision it is made for.'],
        [!map.goal, 'Say what the customer wants to reach, in their words.']
      )
  },
  {
    id: 'personas',
    name: 'Personas',
    asks:
      'Say whose journey it is and what they want, and choose one point of view. ' +
      'A journey of everybody is the journey of nobody; what you only guess about people is fine as long as it is marked as a guess.',
    missing: map => {
      const personas = map.personas ?? [];
      return sentences(
        [personas.length === 0, 'Add the person whose journey it is.'],
        ...personas.map(one =>
          unless(one.goals?.length, `Say what ${clipped(one.name, 40)} wants to reach.`)
        ),
        [
          personas.length > 0 && !personas.some(one => one.id === map.primary_persona),
          'Choose the persona whose point of view the map takes.'
        ]
      );
    }
  },
  {
    id: 'touchpoints',
    name: 'Touchpoints and channels',
    asks:
      'List every point where customers meet you, also those you do not own, and the channel each runs through. ' +
      'The full list shows hand-overs between channels, which is where customers are lost most often.',
    missing: map => {
      const all = touchpointsOf(map).map(one => one.touchpoint);
      const bare = all.filter(one => !one.channel);
      return sentences(
        [all.length === 0, 'Add the first touchpoint.'],
        [
          bare.length > 0,
          `Choose a channel for ${listed(
            bare.map(one => one.name),
            'touchpoint'
          )}.`
        ]
      );
    }
  },
  {
    id: 'research',
    name: 'Research',
    asks:
      'Register what you know from customers and from records: interviews, surveys, tickets, analytics. ' +
      'Whatever no evidence stands behind is a hypothesis, and two kinds of evidence that agree are worth more than much of one kind.',
    missing: map => {
      const evidence = map.evidence ?? [];
      const research = evidence.filter(one => one.kind && !OPINIONS.has(one.kind));
      return sentences(
        [evidence.length === 0, 'Add the first piece of evidence.'],
        [
          evidence.length > 0 && research.length === 0,
          'Add research: a workshop or an expert gives opinion only.'
        ],
        [evidence.length > 0 && !isLinked(map, evidence), 'Say what the evidence supports or contradicts.']
      );
    }
  },
  {
    id: 'stages',
    name: 'Stages',
    asks:
      'Order the touchpoints into stages as the customer lives through them, from before the purchase to after it. ' +
      'Each stage has a goal of the customer; stages named after departments show the company and hide the journey.',
    missing: map => {
      const stages = map.stages ?? [];
      const known = stages.filter(one => one.canonical || one.super_stage);
      const after = known.some(
        one => AFTER_PURCHASE.has(one.canonical ?? '') || one.super_stage === 'post_purchase'
      );
      const aimless = stages.filter(one => !one.customer_goal).map(one => one.name);
      const bare = stages.filter(one => !one.touchpoints?.length).map(one => one.name);
      return sentences(
        [stages.length < 2, 'Add at least two stages.'],
        [aimless.length > 0, `Say what the customer wants in ${listed(aimless, 'stage')}.`],
        [bare.length > 0, `Add touchpoints to ${listed(bare, 'stage')}.`],
        [known.length > 0 && !after && map.scope !== 'task', 'Add what comes after the purchase.']
      );
    }
  },
  {
    id: 'moments',
    name: 'Moments of truth and pain points',
    asks:
      'Mark the few moments in which the relationship is decided, and what makes the way hard, in the words of customers. ' +
      'They are claims until data confirm them, so each says what it rests on.',
    missing: map => {
      const all = touchpointsOf(map).map(one => one.touchpoint);
      const moments = all.filter(one => one.moment_of_truth).length;
      const painful = all.filter(one => one.pain_points?.length);
      const unsaid = painful.filter(one => one.pain_points!.some(pain => !pain.text.trim()));
      return sentences(
        [moments === 0, 'Mark at least one moment of truth.'],
        [
          all.length > 3 && moments > all.length / 2,
          'Mark fewer moments of truth: where all are decisive, none is.'
        ],
        [painful.length === 0, 'Write down at least one pain point.'],
        [
          unsaid.length > 0,
          `Say what hurts at ${listed(
            unsaid.map(one => one.name),
            'touchpoint'
          )}.`
        ]
      );
    }
  },
  {
    id: 'action',
    name: 'Action',
    asks:
      'Turn what you found into opportunities: what will be changed, where, by whom and until when. ' +
      'An opportunity without an owner and a day is a wish.',
    missing: map => {
      const all = map.opportunities ?? [];
      const names = (lacking: (one: (typeof all)[number]) => boolean) =>
        all.filter(lacking).map(one => one.name);
      const [lost, orphaned, endless] = [
        names(one => !one.touchpoints?.length && !one.stages?.length && !one.pain_points?.length),
        names(one => !one.owner),
        names(one => !one.end)
      ];
      return sentences(
        [all.length === 0, 'Add the first opportunity.'],
        [lost.length > 0, `Say what ${listed(lost, 'opportunity', 'opportunities')} is about.`],
        [orphaned.length > 0, `Name the owner of ${listed(orphaned, 'opportunity', 'opportunities')}.`],
        [endless.length > 0, `Set a day for ${listed(endless, 'opportunity', 'opportunities')}.`]
      );
    }
  }
];

type Wanted = readonly [missing: boolean, sentence: string];

function sentences(...wanted: Wanted[]): string[] {
  return wanted.filter(([missing]) => missing).map(([, sentence]) => sentence);
}

function unless(there: unknown, sentence: string): Wanted {
  return [!there, sentence];
}

/** One by its name, several by their number. */
function listed(names: string[], one: string, many?: string): string {
  return names.length === 1 ? clipped(names[0], 40) : counted(names.length, one, many);
}

function isLinked(map: JourneyMap, evidence: Evidence[]): boolean {
  const outwards = evidence.some(one => one.supports?.length || one.contradicts?.length);
  const ids = new Set(evidence.map(one => one.id));
  const named = touchpointsOf(map).some(({ touchpoint }) =>
    [touchpoint, touchpoint.expectation, touchpoint.moment_of_truth, ...(touchpoint.pain_points ?? [])].some(
      one => one?.evidence?.some(id => ids.has(id))
    )
  );
  return outwards || named;
}
