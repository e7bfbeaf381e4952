import { css } from 'lit';

/** The list of people, and what unfolds for one of them. */
export const teamStyles = css`
  .reps > li + li {
    border-top: 1px solid var(--line);
  }

  .person {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: 0 1rem;
    align-items: center;
    padding: 0.875rem 1.5rem 0.25rem;
  }

  /* What is done about somebody has a column of its own, for oneself too, so that all is in line. */
  .reps[data-managed] .person {
    grid-template-columns: minmax(0, 1fr) auto 2.5rem;
  }

  .person .manage {
    grid-row: 1 / span 2;
    grid-column: 3;
  }

  .manage[aria-expanded='true'] {
    background: var(--rest-soft);
  }

  .manage .icon {
    fill: currentcolor;
    stroke: none;
  }

  .person strong {
    font-weight: 600;
  }

  .person .status {
    grid-column: 2;
    justify-content: flex-end;
  }

  .person .mail {
    grid-column: 1;
  }

  .mail,
  .role,
  .seen {
    color: var(--ink-3);
    font-size: var(--small);
    overflow-wrap: anywhere;
  }

  .role {
    text-align: end;
  }

  .seen {
    grid-column: 1 / 3;
  }

  summary {
    display: flex;
    gap: 0.375rem;
    align-items: center;
    min-height: 2.25rem;
    padding: 0 1.5rem 0.625rem;
    color: var(--ink-2);
    font-size: var(--small);
    cursor: pointer;
    list-style: none;
  }

  summary::-webkit-details-marker {
    display: none;
  }

  summary:focus-visible {
    outline-offset: -4px;
  }

  summary .icon {
    width: 1rem;
    height: 1rem;
  }

  details[open] summary .icon {
    transform: rotate(180deg);
  }

  .edit,
  rep-member-actions {
    padding: 0 1.5rem 1.25rem;
  }

  .edit {
    display: grid;
    gap: 0.75rem;
  }

  rep-member-actions {
    padding-top: 0.5rem;
  }

  .skills,
  .reasons {
    display: grid;
    gap: 0.75rem;
    justify-items: start;
  }

  .skills .rows,
  .reasons .rows {
    width: 100%;
  }

  .without {
    color: var(--ink-2);
    font-size: 0.875rem;
  }

  .changes {
    margin: -0.75rem 0 1.25rem;
  }

  h2.of {
    margin-bottom: 0.75rem;
    overflow-wrap: anywhere;
  }

  * + h2.of,
  rep-invitation,
  rep-invitations {
    margin-top: 1.25rem;
  }

  @media (max-width: 30rem) {
    .person,
    summary,
    .edit,
    rep-member-actions {
      padding-inline: 1rem;
    }
  }
`;
