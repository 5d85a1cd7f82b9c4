import { TemplateResult, html, nothing } from 'lit';
import type { Desk } from './desk';
import { counted } from './figures';
import type { Question } from './model';
import { Picker } from './picker';
import { nameOf } from './targets';

/** The questions of the feedback, and the touchpoint that each one is about. */
export class QuestionsPart {
  constructor(private readonly desk: Desk) {
    this.picker = new Picker(desk, 'asked-at');
  }

  render(): TemplateResult {
    return html`<ul class="questions" aria-label="Questions of the feedback">
      ${this.desk.kernel.questions.map((question, at) => this.item(question, at))}
    </ul>`;
  }

  private item(one: Question, at: number): TemplateResult {
    const { map, readonly } = this.desk;
    const scale = one.scale ? `, ${one.scale[0]} to ${one.scale[1]}` : '';
    return html`<li class="question">
      <p>
        <bdi class="name clamped" title=${one.id}>${one.id}</bdi>
        <span class="faint">${one.kind}${scale}, ${counted(one.answers, 'answer')}</span>
      </p>
      <p class="state ${one.touchpoint ? 'matched' : 'open'}">
        ${
          one.touchpoint
            ? html`<span aria-hidden="true">✓</span> about <bdi>${nameOf(map, one.touchpoint)}</bdi>`
            : html`<span aria-hidden="true">○</span> about no touchpoint yet`
        }
      </p>
      ${
        readonly
          ? nothing
          : html`<p class="buttons">
              <button
                type="button"
                id=${`ask-${at}`}
                aria-label=${`Put the question ${one.id} on …`}
                @click=${() => this.putOn(one, at)}
              >
                Put on …
              </button>
              ${
                one.touchpoint
                  ? html`<button
                      type="button"
                      aria-label=${`Take the question ${one.id} off`}
                      @click=${() => this.assign(one, at, null)}
                    >
                      Take off
                    </button>`
                  : nothing
              }
            </p>`
      }
      ${this.open === one.id ? this.picker.render() : nothing}
    </li>`;
  }

  private putOn(one: Question, at: number): void {
    this.open = one.id;
    this.picker.open({
      label: `The question ${one.id} is about`,
      options: this.desk.targets
        .filter(target => target.kind === 'touchpoint')
        .map(target => ({ key: target.id, name: target.name, about: '', group: target.group })),
      chosen: touchpoint => this.assign(one, at, touchpoint),
      left: () => this.desk.goTo(`#ask-${at}`)
    });
  }

  private assign(one: Question, at: number, touchpoint: string | null): void {
    this.desk.kernel.ask({ kind: 'assign', question: one.id, touchpoint });
    this.desk.goTo(`#ask-${at}`);
  }

  private readonly picker: Picker;
  private open = '';
}
