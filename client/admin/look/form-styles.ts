import { css } from 'lit';

/** Groups of what can be set, and the choices within. */
export const formStyles = css`
  .group {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 1.5rem;
    padding: 1.5rem;
    overflow-wrap: anywhere;
  }

  .group + .group,
  rep-invitation + .group,
  .note + .group {
    margin-top: 1.25rem;
  }

  .group > .part {
    display: grid;
    gap: 1rem;
    padding-top: 1.5rem;
    border-top: 1px solid var(--line);
  }

  /* What a button does may take a second line, so that it stays on the screen in any language. */
  .button {
    white-space: normal;
  }

  .grid {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(15rem, 100%), 1fr));
    gap: 1.25rem 1.5rem;
    align-items: start;
  }

  .field {
    align-content: start;
    min-width: 0;
  }

  textarea {
    resize: vertical;
  }

  .measure,
  .duration {
    display: flex;
    gap: 0.5rem;
    align-items: center;
  }

  .measure input {
    width: 7rem;
  }

  .duration input {
    flex: 1 1 5rem;
    min-width: 0;
    max-width: 7rem;
  }

  .duration .select {
    flex: 1 1 7rem;
    max-width: 9rem;
  }

  [id$='-problem']:empty {
    display: none;
  }

  [aria-invalid='true'] {
    border-color: var(--stop);
    box-shadow: inset 0 0 0 1px var(--stop);
  }

  .cards {
    grid-template-columns: repeat(auto-fit, minmax(min(16rem, 100%), 1fr));
  }

  .cards > legend,
  .cards > div {
    grid-column: 1 / -1;
  }

  .choice {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 0.75rem;
    padding: 0.75rem 1rem;
    border: 1px solid var(--line);
    border-radius: var(--radius-m);
    color: var(--ink);
    font-weight: 400;
    font-size: 0.875rem;
    cursor: pointer;
  }

  .choice:hover {
    background: var(--sunken);
  }

  .choice:has(:checked) {
    border-color: var(--accent);
    background: var(--accent-soft);
  }

  .choice:has(:focus-visible) {
    outline: 2px solid var(--accent);
    outline-offset: 1px;
  }

  .choice :focus-visible {
    outline: none;
  }

  .choice strong {
    display: block;
    font-weight: 600;
  }

  .choice .lead {
    color: var(--ink-2);
    font-size: var(--small);
  }

  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem;
    align-items: center;
  }

  .actions .select {
    flex: 0 1 16rem;
  }

  @media (max-width: 30rem) {
    .group {
      padding: 1.25rem 1rem;
    }
  }

  @media (forced-colors: active) {
    .choice:has(:checked) {
      border: 2px solid Highlight;
    }
  }
`;
