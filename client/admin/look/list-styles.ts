import { css } from 'lit';

/** A card that is a list, such as of queues or calls; and what stands there when it is empty. */
export const listStyles = css`
  .list {
    overflow: clip;
  }

  .list > li + li {
    border-top: 1px solid var(--line);
  }

  .list > li > a {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: 0.125rem 1rem;
    color: inherit;
    text-decoration: none;
  }

  .list > li > a,
  .list > .entry {
    padding: 0.875rem 1.5rem;
  }

  .list > li > a:hover {
    background: var(--sunken);
  }

  .list > li > a:focus-visible {
    outline-offset: -3px;
  }

  .list .about {
    color: var(--ink-3);
    font-size: var(--small);
  }

  .none {
    display: grid;
    gap: 0.25rem;
    padding: 3rem 1.5rem;
    color: var(--ink-3);
    text-align: center;
  }

  .none strong {
    color: var(--ink-2);
  }

  @media (max-width: 40rem) {
    .list > li > a,
    .list > .entry {
      padding-inline: 1rem;
    }
  }
`;
