import { css } from 'lit';

/** Modal dialogs with a head that stays. */
export const dialogs = css`
  dialog {
    width: min(34rem, calc(100vw - 2rem));
    max-height: min(44rem, calc(100dvh - 2rem));
    padding: 0;
    border: 1px solid var(--line);
    border-radius: var(--radius-l);
    background: var(--card);
    color: var(--ink);
    box-shadow: var(--shadow-2);
  }

  dialog::backdrop {
    background: rgb(12 12 16 / 45%);
    backdrop-filter: blur(2px);
  }

  .dialog-head {
    position: sticky;
    top: 0;
    z-index: 1;
    display: flex;
    gap: 1rem;
    align-items: flex-start;
    justify-content: space-between;
    padding-block: 1.25rem 0.75rem;
    padding-inline: 1.5rem 1.25rem;
    background: var(--card);
  }

  .dialog-head p {
    margin-top: 0.25rem;
    color: var(--ink-2);
  }

  .dialog-body {
    display: grid;
    gap: 1.25rem;
    padding: 0.5rem 1.5rem 1.5rem;
  }
`;
