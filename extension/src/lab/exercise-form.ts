import type { Dialog } from '@jupyterlab/apputils';
import { Widget } from '@lumino/widgets';
import type { Exercise } from './request';

export interface Chosen {
  exercise: string;
  student: string;
}

/** Asks whose data to take and which exercise to begin, each with its minutes and what it teaches. */
export class ExerciseForm extends Widget implements Dialog.IBodyWidget<Chosen> {
  constructor(exercises: readonly Exercise[]) {
    super();
    this.addClass('cjm-ExerciseForm');
    const choices = document.createElement('fieldset');
    const legend = document.createElement('legend');
    legend.textContent = 'Exercise';
    choices.append(legend, ...exercises.map((exercise, at) => choice(exercise, at === 0)));
    this.node.append(...this.asked(), choices);
  }

  getValue(): Chosen {
    const chosen = this.node.querySelector<HTMLInputElement>('input[name="cjm-exercise"]:checked');
    return { exercise: chosen?.value ?? '', student: this.student.value.trim() };
  }

  private asked(): HTMLElement[] {
    const label = document.createElement('label');
    label.htmlFor = this.student.id = 'cjm-exercise-student';
    label.textContent = 'Student id';
    this.student.className = 'jp-mod-styled';
    this.student.maxLength = 64;
    this.student.autocomplete = 'off';
    const why = document.createElement('p');
    why.id = 'cjm-exercise-why';
    why.textContent = 'Any id you like. The same id gets the same data again, another id gets others.';
    this.student.setAttribute('aria-describedby', why.id);
    return [label, this.student, why];
  }

  private student = document.createElement('input');
}

function choice({ id, title, about, minutes }: Exercise, isFirst: boolean): HTMLElement {
  const label = document.createElement('label');
  const input = document.createElement('input');
  input.type = 'radio';
  input.name = 'cjm-exercise';
  input.value = id;
  input.checked = isFirst;
  const name = document.createElement('strong');
  name.textContent = title;
  const long = document.createElement('span');
  long.className = 'cjm-ExerciseForm-minutes';
  long.textContent = `${minutes} minutes`;
  const teaches = document.createElement('span');
  teaches.className = 'cjm-ExerciseForm-about';
  teaches.textContent = about;
  label.append(input, name, long, teaches);
  return label;
}
