import { css } from 'lit';

/** What the page about the button's looks has beside what all pages draw with. */
export const appearanceStyles = css`
  .sides {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 1.25rem;
  }

  .preview {
    padding: 1.5rem;
  }

  /* In sight while one chooses: beside it where there is room, else above it. */
  .preview {
    position: sticky;
    z-index: 2;
  }

  @media (min-width: 72rem) {
    .sides {
      grid-template-columns: minmax(0, 1fr) 22rem;
      align-items: start;
    }

    .preview {
      top: calc(var(--above, 0px) + 1.5rem);
      grid-row: 1;
      grid-column: 2;
      padding: 1.5rem;
    }

    .preview > div {
      margin-bottom: 1rem;
    }
  }

  @media (max-width: 71.99rem) {
    .sides {
      --preview: 9rem;
      display: block;
    }

    .preview {
      top: calc(var(--above, 0px) + 1rem);
      margin-bottom: 1.25rem;
      padding: 0.75rem;
      box-shadow: var(--shadow-2);
    }

    .preview > div {
      position: absolute;
      overflow: hidden;
      width: 1px;
      height: 1px;
      clip-path: inset(50%);
    }

    /* What has the focus is neither below the preview nor below what there is to save. */
    .preview + div :is(input, button) {
      scroll-margin-block: calc(var(--above, 0px) + var(--preview) + 4rem) 9rem;
    }
  }

  @media (max-width: 71.99rem) and (max-height: 30rem) {
    .sides {
      --preview: 5rem;
    }
  }

  .logo {
    display: flex;
    flex-wrap: wrap;
    gap: 0.75rem 1rem;
    align-items: center;
  }

  .logo .field {
    flex: 1 1 12rem;
    min-width: 0;
  }

  .logo img {
    flex: none;
    width: 3.5rem;
    height: 3.5rem;
    border: 1px solid var(--line);
    border-radius: var(--radius-m);
    background: #fff;
    object-fit: contain;
  }
`;
