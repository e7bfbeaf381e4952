import { css } from 'lit';

/** The choice of a callback; fetched along with what draws it. */
export const callbackStyles = css`
  [part='callback-page'], [part='callback-phone'] { flex: none; inline-size: 100%; max-inline-size: 300px; margin: 20px 0 0; }
  [part='callback-page'] + .promise { margin-block-start: 8px; }
  [part='callback-phone'] { display: grid; gap: 10px; text-align: start; }
  [part='callback-phone'] label { display: grid; gap: 6px; font-size: 14px; font-weight: 550; }
  [part='callback-phone'] input {
    inline-size: 100%;
    min-block-size: 48px;
    padding: 10px 18px;
    border: 1.5px solid var(--muted);
    border-radius: 999px;
    background: var(--surface);
    color: inherit;
    font: inherit;
    font-size: 16px;
  }
  @media (max-height: 480px) {
    [part='callback-page'], [part='callback-phone'] { margin-block-start: 10px; }
  }
  [part='callback-phone'] [aria-invalid='true'] { border-color: var(--danger); }
  [part='callback-problem'] { margin: 0; color: var(--danger); font-size: 14px; font-weight: 550; }
  [part='callback-problem']:empty { display: none; }
  [part='callback-phone'] input:focus-visible { outline: 2.5px solid var(--accent); outline-offset: 1px; }
`;
