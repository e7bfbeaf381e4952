import { css } from 'lit';

/** What the phone's screens share: everything centred under the orb, actions at the foot. */
export const screenStyles = css`
  :host {
    text-align: center;
  }

  h1 {
    font-size: var(--title);
    overflow-wrap: anywhere;
  }

  .lead {
    margin-top: 0.375rem;
    color: var(--ink-2);
    text-wrap: balance;
    overflow-wrap: anywhere;
  }

  .actions {
    display: grid;
    gap: 0.625rem;
    margin-top: 1.5rem;
  }

  .actions.pair {
    grid-template-columns: minmax(0, 1fr) minmax(0, 1.35fr);
  }

  /* Both whole on a small phone, where keys have no hint to give. */
  @media (max-width: 30rem) {
    .actions.pair .button {
      padding-inline: 0.5rem;
    }

    .actions.pair kbd {
      display: none;
    }
  }

  .note {
    margin-top: 1rem;
  }
`;
