import { css } from 'lit';

/** What only the page of a queue draws with. */
export const queueStyles = css`
  .fold,
  .group + .fold,
  .fold + .group {
    margin-top: 1rem;
  }

  .fold > summary {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: 0.125rem 1rem;
    padding: 1.125rem 1.5rem;
    border-radius: var(--radius-l);
    font-weight: 400;
  }

  .fold > summary:hover {
    background: var(--sunken);
  }

  .fold > summary:focus-visible {
    outline-offset: -3px;
  }

  .fold > summary .now {
    grid-row: 2;
    color: var(--ink-2);
    font-size: 0.875rem;
  }

  .fold > summary .icon {
    grid-row: 1 / 3;
    grid-column: 2;
    color: var(--ink-3);
  }

  .fold > .group {
    padding-top: 0.25rem;
  }

  .fold > .group > p {
    color: var(--ink-2);
  }

  .fold > .group > .part:nth-child(2) {
    padding-top: 0;
    border-top: 0;
  }

  .week > li {
    align-items: flex-start;
  }

  .day {
    flex: 0 0 7rem;
    min-height: 2.5rem;
    font-weight: 600;
    line-height: 2.5rem;
  }

  .spans {
    display: flex;
    flex: 1 1 14rem;
    flex-wrap: wrap;
    gap: 0.5rem;
    align-items: center;
  }

  .span {
    display: inline-flex;
    flex-wrap: wrap;
    gap: 0.5rem;
    align-items: center;
  }

  .closed {
    color: var(--ink-3);
  }

  [type='time'],
  [type='date'],
  [type='datetime-local'] {
    width: auto;
    min-width: 0;
    min-height: 2.5rem;
    padding: 0.375rem 0.625rem;
  }

  .rows .measure input {
    width: 5rem;
  }

  .rows .field .select {
    min-width: 11rem;
  }

  .rows .duration .select {
    flex: 1 1 7rem;
    min-width: 7rem;
  }

  .skills {
    display: grid;
    gap: 0.75rem;
    justify-items: start;
  }

  .skills + .field {
    margin-top: 0.5rem;
  }

  .skills .rows {
    width: 100%;
  }

  .note.warn {
    align-items: center;
  }

  summary {
    display: flex;
    gap: 0.5rem;
    align-items: center;
    justify-content: space-between;
    min-height: 2.75rem;
    font-weight: 600;
    cursor: pointer;
    list-style: none;
  }

  summary::-webkit-details-marker {
    display: none;
  }

  details[open] > summary .icon {
    transform: rotate(180deg);
  }

  .more-ways > .part {
    display: grid;
    gap: 1rem;
    margin-block-start: 1rem;
    padding-block-start: 1.5rem;
    border-block-start: 1px solid var(--line);
  }

  .clips rep-recorder {
    flex: 1 1 100%;
  }

  .clips .rows {
    margin-top: 0.75rem;
  }

  .danger {
    display: flex;
    flex-wrap: wrap;
    gap: 1rem;
    align-items: center;
    justify-content: space-between;
  }

  .danger > div {
    flex: 1 1 16rem;
  }

  @media (max-width: 30rem) {
    .clips .rows .select {
      flex: 1 1 100%;
    }

    .fold > summary {
      padding: 1rem;
    }

    .day {
      flex-basis: 100%;
      min-height: 0;
      line-height: inherit;
    }

    .span {
      flex-wrap: nowrap;
      gap: 0.25rem;
    }

    [type='time'] {
      padding-inline: 0.375rem;
      font-size: 0.875rem;
    }

    [type='datetime-local'] {
      width: 100%;
    }

    .span:has([type='datetime-local']) {
      flex-wrap: wrap;
    }
  }
`;
