import { css } from 'lit';

/** The fields of a cell that is edited. */
export const editorStyles = css`
  .editor {
    display: grid;
    gap: 4px;
  }
  .heading .editor {
    flex: 1;
    min-width: 8rem;
  }
  .editor :is(textarea, input[type='text'], select) {
    display: block;
    width: 100%;
    min-height: 26px;
    max-height: 50vh;
    padding: 3px 5px;
    border: 1px solid var(--accent);
    border-radius: 3px;
    background: var(--ground);
    resize: none;
    user-select: text;
  }
  .editor ul {
    gap: 4px;
  }
  .editor li {
    border: 0;
    padding: 0;
  }
  .editor ::placeholder {
    color: var(--muted);
    opacity: 1;
  }
  .error {
    margin: 0;
  }
  .editor [role='listbox'] {
    gap: 0;
  }
  .editor [role='option'] {
    padding: 3px 8px;
    min-height: 24px;
    cursor: pointer;
    border-radius: 3px;
  }
  .editor [role='option']:is([aria-selected='true'], :hover) {
    background: var(--raised);
    outline: 1px solid var(--accent);
  }
  .editor fieldset {
    border: 0;
    margin: 0;
    padding: 0;
  }
  .levels label,
  .ticks label {
    display: flex;
    gap: 6px;
    align-items: center;
    min-height: 24px;
    padding: 0 8px;
    cursor: pointer;
  }
  .ticks {
    max-height: 16rem;
    overflow: auto;
  }
  .ticks label {
    padding: 0;
  }
`;
