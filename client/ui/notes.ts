import { css } from 'lit';

/** A coloured note inside a card or above it. */
export const notes = css`
  .note {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem 0.75rem;
    align-items: center;
    padding: 0.75rem 1rem;
    border: 1px solid transparent;
    border-radius: var(--radius-m);
    background: var(--rest-soft);
    color: var(--ink);
    font-size: 0.875rem;
    line-height: 1.4;
    text-align: start;
  }

  .note > .icon {
    color: var(--rest);
  }

  .note > p {
    flex: 1 1 12rem;
  }

  .note.warn {
    background: var(--wait-soft);
  }

  .note.warn > .icon {
    color: var(--wait);
  }

  .note.bad {
    background: var(--stop-soft);
  }

  .note.bad > .icon {
    color: var(--stop);
  }

  .note.info {
    background: var(--accent-soft);
  }

  .note.info > .icon {
    color: var(--accent);
  }

  @media (forced-colors: active) {
    .note {
      border-color: CanvasText;
    }
  }
`;
