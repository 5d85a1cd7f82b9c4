import { css } from 'lit';
import { sheetStyles } from '../details/styles';

export const guideStyles = css`
  ${sheetStyles}
  .sheet.guide {
    max-width: 60em;
    container-type: inline-size;

    & > * {
      max-width: 48em;
    }
    & .steps {
      display: grid;
      grid-template-columns: repeat(auto-fill, minmax(132px, 1fr));
      gap: 4px;
      max-width: none;
    }
    & > nav {
      max-width: none;
      padding-inline-end: 0;
    }
    & .steps button {
      width: 100%;
      height: 100%;
    }
    & .steps small,
    & .fold small {
      display: block;
    }
    & .steps [aria-current='step'] {
      border: 2px solid var(--accent);
      background: var(--raised);
      font-weight: 600;
    }
    & .still {
      margin: 8px 0;
      padding: 6px 8px;
      border-inline-start: 3px solid var(--accent);
      background: var(--raised);
    }
    & .turns {
      display: flex;
      flex-wrap: wrap;
      justify-content: space-between;
      gap: 8px;
      margin-top: 16px;
    }
    & .entries {
      margin-bottom: 10px;
    }
    & > p + h3 {
      display: block;
      margin-top: 14px;
    }
    & > p > .main {
      margin-top: 6px;
    }
    & .presets {
      display: grid;
      grid-template-columns: repeat(auto-fill, minmax(240px, 1fr));
      gap: 8px;
      margin-top: 8px;
    }
    & .preset {
      display: flex;
      flex-direction: column;
      justify-content: flex-start;
      width: 100%;
      height: 100%;
      padding: 8px;
    }
    & .strip {
      display: flex;
      flex-wrap: wrap;
      gap: 4px;
      margin-top: 6px;
    }
    & .strip > span {
      padding: 1px 6px;
      border-radius: 3px;
      background: var(--raised);
    }
  }
`;
