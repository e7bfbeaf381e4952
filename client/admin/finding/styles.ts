import { css } from 'lit';

export const findingStyles = css`
  .findings {
    display: grid;
  }

  .finding {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 0 0.875rem;
    padding: 1rem 1.5rem;
    overflow-wrap: anywhere;
  }

  .group .finding {
    padding-inline: 0;
  }

  .group .finding:first-child {
    padding-top: 0;
  }

  .group .finding:last-child {
    padding-bottom: 0;
  }

  .finding + .finding {
    border-top: 1px solid var(--line);
  }

  .finding > .icon {
    width: 1.5rem;
    height: 1.5rem;
    color: var(--go);
  }

  .finding[data-is='attention'] > .icon {
    color: var(--wait);
  }

  .finding[data-is='broken'] > .icon {
    color: var(--stop);
  }

  .finding :is(h2, h3) {
    font-size: var(--body);
  }

  .finding p {
    color: var(--ink-2);
  }

  .finding .todo {
    margin-top: 0.25rem;
    color: var(--ink);
    font-weight: 550;
  }

  .finding .actions {
    margin-top: 0.5rem;
  }

  .findings + .group {
    margin-top: 1.25rem;
  }


  @media (max-width: 40rem) {
    .finding {
      padding-inline: 1rem;
    }
  }
`;
