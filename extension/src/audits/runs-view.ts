import { TemplateResult, html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Run } from './talk';
import {
  MARK,
  SEVERITY,
  STATUS,
  counted,
  folderName,
  isOver,
  lasted,
  memory,
  progressOf,
  when
} from './words';

/** What a run in the list can be asked for. */
export interface RunActions {
  show(run: Run): void;
  cancel(run: Run): void;
  again(run: Run): void;
  /** Marks it as one of two to compare, or no more. */
  mark(run: Run): void;
  compare(): void;
}

/** The runs, the newest first: how each stands or ended, and what it found above all. */
export function runsView(
  runs: Run[],
  marked: ReadonlySet<string>,
  now: number,
  actions: RunActions
): TemplateResult {
  return html`<h2 tabindex="-1">Runs</h2>
    ${runs.length === 0 ? html`<p>No audit has been run yet. Choose one under “New audit”.</p>` : nothing}
    ${
      runs.filter(isComparable).length > 1
        ? html`<p>
            <button type="button" aria-disabled=${marked.size !== 2} @click=${actions.compare}>
              Compare Two Runs
            </button>
            <small>${marked.size === 2 ? '' : 'Tick the two that you want to compare.'}</small>
          </p>`
        : nothing
    }
    <ul class="runs">
      ${repeat(
        runs,
        run => run.folder,
        run => html`<li data-run=${run.folder}>${line(run, marked.has(run.folder), now, actions)}</li>`
      )}
    </ul>`;
}

function line(run: Run, isMarked: boolean, now: number, actions: RunActions): TemplateResult {
  return html`<h3>
      <button type="button" class="name" @click=${() => actions.show(run)}>${run.title}</button>
    </h3>
    <p>${badge(run)} ${worst(run)}</p>
    <p>
      <small>${folderName(run)}, ${when(run.started_at)}, ${lasted(run.started_at, run.ended_at, now)}</small>
    </p>
    ${isOver(run) ? headline(run) : progress(run, now)}
    <div class="turns">
      ${
        isComparable(run)
          ? html`<label>
              <input
                type="checkbox"
                aria-label="Compare ${folderName(run)}"
                .checked=${live(isMarked)}
                @change=${() => actions.mark(run)}
              />
              Compare
            </label>`
          : nothing
      }
      ${isOver(run) ? nothing : cancelButton(run, actions)}
      <button type="button" aria-label="Use ${folderName(run)} again" @click=${() => actions.again(run)}>
        Use Again
      </button>
    </div>`;
}

function isComparable({ files }: Run): boolean {
  return Boolean(files.findings);
}

export function badge({ status }: Run): TemplateResult {
  return html`<span class="badge ${status}"
    ><span aria-hidden="true">${MARK[status]}</span> ${STATUS[status]}</span
  >`;
}

export function worst({ worst_severity: severity, counts }: Run): TemplateResult | typeof nothing {
  return severity
    ? html`<span class="severity ${severity}">${SEVERITY[severity]}</span> <small>${counted(counts)}</small>`
    : nothing;
}

export function cancelButton(run: Run, actions: Pick<RunActions, 'cancel'>): TemplateResult {
  return html`<button
    type="button"
    aria-label="Cancel ${folderName(run)}"
    @click=${() => actions.cancel(run)}
  >
    Cancel
  </button>`;
}

/** How far it is, for eyes; ears are told now and then by the panel. */
export function progress(run: Run, now: number): TemplateResult {
  const { step } = run;
  const begun = step ? step.number - 1 : 0;
  const beside = [lasted(run.started_at, null, now), memory(run)].filter(Boolean).join(', ');
  return html`<div class="progress">
    <progress aria-label="Progress of ${folderName(run)}" max=${step?.total ?? 1} value=${begun}></progress>
    <span>${progressOf(run)}</span> <small>${beside}</small>
  </div>`;
}

function headline(run: Run): TemplateResult {
  if (run.error) {
    return html`<p class="why">${firstLine(run.error.message)}</p>`;
  }
  return html`<ul class="headline">
    ${run.headline.map(said => html`<li>${said.text}</li>`)}
  </ul>`;
}

function firstLine(text: string): string {
  return text.split('\n')[0];
}
