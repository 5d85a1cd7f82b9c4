import { css } from 'lit';

/** How fields look, with what is wrong and what helps beside them. */
export const formStyles = css`
  .fields {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 290px), 1fr));
    gap: 10px 20px;
    align-items: start;
    padding-bottom: 12px;
  }
  .field {
    min-width: 0;
  }
  .field label,
  .field .label {
    font-weight: 600;
  }
  .required {
    color: var(--muted);
    font-weight: 400;
  }
  .entry {
    display: flex;
    gap: 4px;
    margin-top: 2px;
  }
  .entry > :is(input:not([type='checkbox']), select, textarea, .rows) {
    flex: 1;
    min-width: 0;
  }
  input,
  textarea {
    min-height: 26px;
    padding: 2px 8px;
    border: 1px solid var(--edge);
    border-radius: 4px;
    background: var(--ground);
  }
  input[type='checkbox'] {
    width: 24px;
    min-height: 24px;
    margin: 0;
    accent-color: var(--accent);
  }
  ::placeholder {
    color: var(--muted);
    opacity: 1;
  }
  [aria-invalid='true'] {
    border-color: var(--warn);
    box-shadow: inset 0 0 0 1px var(--warn);
  }
  .problem {
    color: var(--warn);
    font-weight: 600;
  }
  .problem::before {
    content: '⚠ ';
  }
  .row {
    display: flex;
    gap: 4px;
    margin-bottom: 4px;
  }
  .row input {
    flex: 1;
    min-width: 0;
  }
  .gap {
    width: 30px;
  }
  .field :is(input, select, textarea) {
    scroll-margin-top: 80px;
  }
`;
