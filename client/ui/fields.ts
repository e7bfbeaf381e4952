import { css } from 'lit';

/** Labels, inputs, hints and what is wrong with them. */
export const fields = css`
  .field {
    display: grid;
    gap: 0.375rem;
  }

  label,
  .label {
    font-weight: 600;
    font-size: var(--small);
    color: var(--ink-2);
  }

  input,
  select,
  textarea {
    width: 100%;
    min-height: 2.75rem;
    padding: 0.5rem 0.875rem;
    border: 1px solid var(--line-strong);
    border-radius: var(--radius-m);
    background: var(--card);
    color: var(--ink);
    font: inherit;
    transition: border-color var(--swift);
  }

  input:focus-visible,
  select:focus-visible,
  textarea:focus-visible {
    border-color: var(--accent);
    outline-offset: 0;
  }

  input[aria-invalid='true'] {
    border-color: var(--stop);
  }

  ::placeholder {
    color: var(--ink-3);
    opacity: 1;
  }

  select {
    appearance: none;
    padding-inline-end: 2.5rem;
    text-overflow: ellipsis;
  }

  [dir='ltr']:lang(ar) {
    text-align: end;
  }

  .select {
    position: relative;
    display: block;
  }

  .select .icon {
    position: absolute;
    inset-block: 0;
    inset-inline-end: 0.75rem;
    margin-block: auto;
    color: var(--ink-3);
    pointer-events: none;
  }

  .hint {
    font-size: var(--small);
    color: var(--ink-3);
  }

  .problem {
    display: flex;
    gap: 0.375rem;
    align-items: flex-start;
    font-size: var(--small);
    font-weight: 550;
    color: var(--stop);
  }

  .problem .icon {
    width: 1.125rem;
    height: 1.125rem;
  }
`;
