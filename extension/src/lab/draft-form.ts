import type { Dialog } from '@jupyterlab/apputils';
import { PathExt } from '@jupyterlab/coreutils';
import { Widget } from '@lumino/widgets';
import { LIKELY } from '../audits/form';
import type { DraftWishes, Preview } from './request';

/** Asks which columns of a file say who, what and when; the first rows are shown beside them. */
export class DraftForm extends Widget implements Dialog.IBodyWidget<DraftWishes> {
  constructor(
    private path: string,
    preview: Preview
  ) {
    super();
    this.addClass('cjm-DraftForm');
    this.customer = this.choice('Customer', preview.columns, LIKELY.customer);
    this.event = this.choice('Event', preview.columns, LIKELY.event);
    this.at = this.choice('Time', preview.columns, LIKELY.at);
    this.zone = this.field('Time zone of times without one', 'UTC');
    const file = PathExt.basename(path).replace(/\.[^.]+$/, '');
    this.title_ = this.field('Name of the map', file.replace(/[-_]+/g, ' '));
    this.node.append(firstRows(preview));
  }

  getValue(): DraftWishes {
    return {
      path: this.path,
      customer: this.customer.value,
      event: this.event.value,
      at: this.at.value,
      zone: this.zone.value.trim(),
      name: this.title_.value.trim()
    };
  }

  private choice(label: string, columns: readonly string[], likely: RegExp): HTMLSelectElement {
    const select = document.createElement('select');
    select.className = 'jp-mod-styled';
    select.append(...columns.map(column => new Option(column, column)));
    select.value = columns.find(column => likely.test(column)) ?? columns[0] ?? '';
    this.ask(label, select);
    return select;
  }

  private field(label: string, value: string): HTMLInputElement {
    const input = document.createElement('input');
    input.className = 'jp-mod-styled';
    input.value = value;
    this.ask(label, input);
    return input;
  }

  private ask(label: string, field: HTMLElement): void {
    const asked = document.createElement('label');
    asked.textContent = label;
    asked.htmlFor = field.id = `cjm-draft-${this.node.children.length}`;
    this.node.append(asked, field);
  }

  private customer: HTMLSelectElement;
  private event: HTMLSelectElement;
  private at: HTMLSelectElement;
  private zone: HTMLInputElement;
  private title_: HTMLInputElement;
}

function firstRows({ columns, rows }: Preview): HTMLElement {
  const table = document.createElement('table');
  const caption = table.createCaption();
  caption.textContent = 'The first rows';
  const head = table.createTHead().insertRow();
  head.append(
    ...columns.map(column => {
      const cell = document.createElement('th');
      cell.scope = 'col';
      cell.textContent = column;
      return cell;
    })
  );
  const body = table.createTBody();
  for (const row of rows) {
    const line = body.insertRow();
    for (const value of row) {
      line.insertCell().textContent = value;
    }
  }
  const frame = document.createElement('div');
  frame.tabIndex = 0;
  frame.setAttribute('role', 'region');
  frame.setAttribute('aria-label', 'The first rows');
  frame.append(table);
  return frame;
}
