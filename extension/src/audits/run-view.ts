import { TemplateResult, html, nothing } from 'lit';
import { deciding } from './deciding';
import { badge, cancelButton, progress, worst } from './runs-view';
import type { Decision, Decisions, FileOfRun, Finding, Run, Value } from './talk';
import { FILES, SEVERITY, folderName, isOver, lasted, memory, when } from './words';

/** What can be done with one run. */
export interface OneRunActions {
  cancel(run: Run): void;
  again(run: Run): void;
  insert(run: Run): void;
  open(run: Run, file: FileOfRun): void;
  openApart(run: Run, file: FileOfRun): void;
  decide(run: Run, decision: Omit<Decision, 'on'>): void;
  leave(): void;
}

/** One run: how far it is, or what it found, what it has left and what it was asked. */
export function runView(
  run: Run,
  findings: Finding[] | null,
  /** What holds on them, and who decided last here; null where nothing can be decided. */
  decided: { decisions: Decisions | null; who: string },
  now: number,
  actions: OneRunActions
): TemplateResult {
  return html`<p><button type="button" class="quiet" @click=${() => actions.leave()}>← All runs</button></p>
    <h2 tabindex="-1">${run.title}</h2>
    <p>${badge(run)} ${worst(run)}</p>
    <p><small>${about(run, now)}</small></p>
    ${
      isOver(run)
        ? nothing
        : html`${progress(run, now)}
            <div class="turns">${cancelButton(run, actions)}</div>`
    }
    ${run.error ? html`<pre class="why" tabindex="0" aria-label="Why the run ended">${run.error.message}</pre>` : nothing}
    ${left(run, actions)} ${found(run, findings, decided, actions)} ${parameters(run)}
    <div class="turns">
      <button type="button" @click=${() => actions.again(run)}>Use Again</button>
      <button type="button" @click=${() => actions.insert(run)}>Insert into Notebook</button>
    </div>`;
}

function about(run: Run, now: number): string {
  const took = isOver(run) ? `took ${lasted(run.started_at, run.ended_at, now)}` : '';
  return [run.folder, when(run.started_at), took, isOver(run) ? memory(run) : ''].filter(Boolean).join(' · ');
}

function left(run: Run, actions: OneRunActions): TemplateResult | typeof nothing {
  const names = (Object.keys(FILES) as FileOfRun[]).filter(file => run.files[file]);
  if (names.length === 0) {
    return nothing;
  }
  return html`<div class="turns" role="group" aria-label="Open">
    ${
      run.files.page
        ? html`<button type="button" class="main" @click=${() => actions.openApart(run, 'page')}>
            Open Page in New Tab
          </button>`
        : nothing
    }
    ${names.map(
      file =>
        html`<button type="button" @click=${() => actions.open(run, file)}>
          ${file === 'page' ? 'Preview Page' : FILES[file]}
        </button>`
    )}
  </div>`;
}

function found(
  run: Run,
  findings: Finding[] | null,
  { decisions, who }: { decisions: Decisions | null; who: string },
  actions: OneRunActions
): TemplateResult | typeof nothing {
  if (findings === null) {
    return nothing;
  }
  return html`<h3>Findings</h3>
    ${findings.length === 0 ? html`<p>Nothing was found.</p>` : nothing}
    <ul class="findings">
      ${findings.map(
        finding =>
          html`<li>
            <p>
              ${finding.severity ? html`<span class="severity ${finding.severity}">${SEVERITY[finding.severity]}</span>` : nothing}
              <strong>${finding.what.text}</strong>
            </p>
            <p>${finding.so_what.text} ${finding.advice.text}</p>
            <small>${finding.id}${finding.owner ? `, ${finding.owner}` : ''}</small>
            ${decisions ? deciding(finding, decisions[finding.id], who, said => actions.decide(run, said)) : nothing}
          </li>`
      )}
    </ul>`;
}

function parameters(run: Run): TemplateResult {
  const names = Object.keys(run.parameters);
  return html`<details class="group">
    <summary>
      <h3>What was asked</h3>
      <small>${folderName(run)}</small>
    </summary>
    <dl>
      <dt>template</dt>
      <dd>${run.template}</dd>
      ${names.map(
        name =>
          html`<dt>${name}</dt>
            <dd>${inWords(run.parameters[name])}</dd>`
      )}
    </dl>
  </details>`;
}

function inWords(value: Value): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
