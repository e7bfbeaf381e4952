import { css } from 'lit';

/** Phone and shopper side by side; on a phone, one below the other. */
export const deskStyles = css`
  :host {
    display: grid;
    grid-template-rows: auto 1fr;
    min-height: 100dvh;
  }

  main {
    display: grid;
    grid-template-columns: minmax(22rem, 26rem) minmax(0, 1fr);
    gap: 1.5rem;
    align-items: start;
    align-content: start;
    width: 100%;
    max-width: 78rem;
    margin-inline: auto;
    padding: 1.5rem;
  }

  .banners {
    display: grid;
    gap: 0.75rem;
    grid-column: 1 / -1;
  }

  .banners:empty {
    display: none;
  }

  rep-phone {
    position: sticky;
    top: 1.5rem;
  }

  .note {
    box-shadow: var(--shadow-1);
  }

  .button.round {
    width: 2rem;
    min-height: 2rem;
  }

  .connecting {
    display: grid;
    grid-column: 1 / -1;
    place-items: center;
    gap: 1rem;
    min-height: 60dvh;
    color: var(--ink-3);
  }

  .connecting .spinner {
    width: 2rem;
    height: 2rem;
  }

  @media (max-width: 56rem) {
    main {
      grid-template-columns: minmax(0, 1fr);
      gap: 1rem;
      max-width: 44rem;
      padding: 1rem;
    }

    rep-phone {
      position: static;
    }
  }
`;
