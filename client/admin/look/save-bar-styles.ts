import { css } from 'lit';

/** What there is to save, and that it was saved. */
export const saveBarStyles = css`
  /* There only while there is something to save; it takes its own room at the end of the form. */
  .save-bar {
    position: sticky;
    bottom: 1rem;
    z-index: 2;
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem;
    align-items: center;
    justify-content: flex-end;
  }

  .save-bar[data-dirty] {
    margin-top: 1.25rem;
    padding-block: 0.75rem;
    padding-inline: 1.25rem 0.75rem;
    border: 1px solid var(--line);
    border-radius: 16px;
    background: var(--card);
    box-shadow: var(--shadow-2);
  }

  /* A word on its way, which neither takes room nor stands in the way of a click. */
  .save-bar[data-done] {
    height: 0;
    pointer-events: none;
  }

  .save-bar[data-done] .words {
    flex: none;
    padding: 0.5rem 1rem;
    border: 1px solid var(--line);
    border-radius: 999px;
    background: var(--card);
    box-shadow: var(--shadow-2);
    transform: translateY(-50%);
  }

  .save-bar[data-dirty] {
    border-color: var(--accent);
  }

  .save-bar .words {
    flex: 1 1 12rem;
    font-weight: 600;
  }

  .save-bar .state {
    display: flex;
    gap: 0.5rem;
    align-items: center;
  }

  .save-bar .icon {
    color: var(--go);
  }

  @media (max-width: 30rem) {
    .save-bar[data-dirty] {
      padding: 0.75rem 1rem;
    }

    .save-bar[data-dirty] .words {
      flex-basis: 100%;
    }
  }
`;
