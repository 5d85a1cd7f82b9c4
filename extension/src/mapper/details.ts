import { TemplateResult, html, nothing } from 'lit';
import { describing, confirming } from './asking';
import type { Desk } from './desk';
import type { Column, Question, Role } from './talk';

const KINDS: Record<string, string> = {
  nps: 'NPS',
  csat: 'Satisfaction (CSAT)',
  ces: 'Effort (CES)',
  stars: 'Stars',
  expectation: 'Expectation',
  other: 'Something else'
};

const valueOf = (event: Event): string => (event.target as HTMLInputElement | HTMLSelectElement).value;

/** What else must be known of a column that is that: the event, the question, the scores. */
export function details(
  desk: Desk,
  column: Column,
  role: Role | undefined,
  id: string
): TemplateResult | typeof nothing {
  const { layout } = desk.kernel;
  const hasQuestions = Object.values(layout.roles).includes('question');
  switch (role?.id) {
    case 'milestone':
      return milestone(desk, column, id);
    case 'score':
      return hasQuestions ? nothing : question(desk, column, column.name, id);
    case 'question':
      return html`${Object.keys(layout.questions).map((name, at) =>
        question(desk, column, name, `${id}-${at}`)
      )}`;
    case 'comment':
      return desk.shape.id === 'respondents' ? beside(desk, column, id) : nothing;
    default:
      return nothing;
  }
}

function milestone({ kernel }: Desk, column: Column, id: string): TemplateResult {
  const take = (event: Event): void => {
    const named = { ...kernel.asked.milestones, [column.name]: valueOf(event).trim() };
    kernel.ask(confirming({ ...kernel.asked, milestones: named }, [column.name]));
  };
  return html`
    <label for="${id}-event" class="muted">Called</label>
    <input
      id="${id}-event"
      type="text"
      autocomplete="off"
      spellcheck="false"
      aria-label="Event of ${column.name}"
      .value=${kernel.layout.milestones[column.name] || column.name}
      @change=${take}
    />
  `;
}

/** What a column of scores asks, or one of the questions below one another in a column. */
function question(
  { kernel }: Desk,
  column: Column,
  name: string,
  id: string
): TemplateResult | typeof nothing {
  const asked = kernel.layout.questions[name];
  if (!asked) {
    return nothing;
  }
  const take = (part: Partial<Question>): void =>
    kernel.ask(describing(kernel.asked, name, { ...asked, ...part }, column.name));
  const end = (at: 0 | 1, label: string): TemplateResult => html`
    <label class="end">
      <span class="muted">${label}</span>
      <input
        type="number"
        step="any"
        aria-label="${label}, scale of ${name}"
        .value=${String(asked.scale[at])}
        @change=${(event: Event) => take({ scale: withEnd(asked.scale, at, valueOf(event)) })}
      />
    </label>
  `;
  return html`
    <div class="question" role="group" aria-label="Question ${name}" id="${id}-asks">
      ${name === column.name ? nothing : html`<bdi>${name}</bdi>`}
      <select
        aria-label="What ${name} asks for"
        @change=${(event: Event) => take({ kind: valueOf(event), scale: kernel.seen.kinds[valueOf(event)] })}
      >
        ${Object.keys(kernel.seen.kinds).map(
          kind => html`<option value=${kind} .selected=${kind === asked.kind}>${KINDS[kind] ?? kind}</option>`
        )}
      </select>
      ${end(0, 'from')} ${end(1, 'to')}
    </div>
  `;
}

function withEnd(scale: [number, number], at: 0 | 1, text: string): [number, number] {
  const end = text === '' ? scale[at] : Number(text);
  return at === 0 ? [end, scale[1]] : [scale[0], end];
}

function beside({ kernel }: Desk, column: Column, id: string): TemplateResult {
  const { roles, beside: explained } = kernel.layout;
  const scores = Object.keys(roles).filter(name => roles[name] === 'score');
  const take = (event: Event): void => {
    const said = { ...kernel.asked.beside, [column.name]: valueOf(event) };
    kernel.ask(confirming({ ...kernel.asked, beside: said }, [column.name]));
  };
  return html`
    <label for="${id}-beside" class="muted">Explains</label>
    <select id="${id}-beside" aria-label="Scores that ${column.name} explains" @change=${take}>
      ${scores.map(
        name => html`<option value=${name} .selected=${explained[column.name] === name}>${name}</option>`
      )}
    </select>
  `;
}
