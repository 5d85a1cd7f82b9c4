import { TemplateResult, html } from 'lit';

const KEYS: [string, [string, string][]][] = [
  [
    'Move around',
    [
      ['Arrow keys', 'to the next cell'],
      ['Home, End', 'to the first or last cell of the lane'],
      ['Ctrl+Home, Ctrl+End', 'to the first or last cell of the map'],
      ['Ctrl+←, Ctrl+→', 'to the previous or next stage'],
      ['Ctrl+F', 'find'],
      ['Ctrl+−, Ctrl++, Ctrl+0', 'overview, one touchpoint, the map']
    ]
  ],
  [
    'Edit',
    [
      ['Just type', 'write into the cell; in a list, add to it'],
      ['Enter, F2', 'edit what stands there'],
      ['Enter, Tab', 'keep it'],
      ['Shift+Enter', 'a new line'],
      ['Escape', 'give up; in the panel, back to the grid'],
      ['0 to 2, +, −', 'set the emotion'],
      ['Space', 'mark a moment of truth'],
      ['Delete', 'empty the cell']
    ]
  ],
  [
    'Stages, touchpoints and lanes',
    [
      ['Shift+F10', 'what can be done here'],
      ['Insert', 'add one after this one'],
      ['Alt+←, Alt+→', 'move the stage or touchpoint'],
      ['Alt+↑, Alt+↓', 'move the lane'],
      ['Ctrl+D', 'duplicate'],
      ['Delete', 'on a heading: delete the stage or touchpoint; on a lane: hide it'],
      ['Ctrl+C, Ctrl+V', 'copy a cell; on a heading the whole touchpoint'],
      ['Ctrl+Z, Ctrl+Shift+Z', 'undo, redo']
    ]
  ]
];

/** The list of keys, as a dialog. */
export function shortcuts(): TemplateResult {
  return html`<dialog class="shortcuts" aria-label="Keyboard">
    <form method="dialog">
      <h2>Keyboard</h2>
      <button aria-label="Close">✕</button>
    </form>
    ${KEYS.map(
      ([title, keys]) =>
        html`<h3>${title}</h3>
          <dl>
            ${keys.map(
              ([key, does]) =>
                html`<dt><kbd>${key}</kbd></dt>
                  <dd>${does}</dd>`
            )}
          </dl>`
    )}
  </dialog>`;
}
