import { css } from 'lit';

/** Radio buttons and check boxes, alone and in groups. */
export const choices = css`
  fieldset {
    display: grid;
    gap: 0.625rem;
    min-width: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }

  legend {
    margin-bottom: 0.5rem;
    padding: 0;
    color: var(--ink-2);
    font-size: var(--small);
    font-weight: 600;
  }

  [type='radio'],
  [type='checkbox'] {
    flex: none;
    width: 1.125rem;
    min-height: 0;
    height: 1.125rem;
    margin: 0.125rem 0 0;
    accent-color: var(--accent-fill);
  }

  .check {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 0.125rem 0.75rem;
    align-items: start;
  }

  .check label {
    color: var(--ink);
    font-size: var(--body);
    font-weight: 500;
  }

  .check .hint {
    grid-column: 2;
  }
`;
