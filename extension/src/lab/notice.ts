import { Widget } from '@lumino/widgets';

export interface Way {
  label: string;
  go: () => void;
}

/** A sentence above the map about the document itself, and what can be done about it. */
export class Notice extends Widget {
  constructor() {
    super();
    this.addClass('cjm-Notice');
    this.node.setAttribute('role', 'status');
    this.hide();
  }

  say(sentence: string, ...ways: Way[]): void {
    const text = document.createElement('p');
    text.textContent = sentence;
    this.node.replaceChildren(text, ...ways.map(button));
    this.show();
  }

  silence(): void {
    this.node.replaceChildren();
    this.hide();
  }
}

function button(way: Way): HTMLButtonElement {
  const made = document.createElement('button');
  made.type = 'button';
  made.className = 'jp-mod-styled';
  made.textContent = way.label;
  made.addEventListener('click', way.go);
  return made;
}
