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

  /* In sight while one chooses. */
  @media (min-width: 72rem) {
    .sides {
      grid-template-columns: minmax(0, 1fr) 22rem;
      align-items: start;
    }

    .preview {
      position: sticky;
      top: calc(var(--above, 0px) + 1.5rem);
      grid-row: 1;
      grid-column: 2;
    }
  }

  .preview > div {
    margin-bottom: 1rem;
  }

  .colour,
  .logo,
  .better {
    display: flex;
    flex-wrap: wrap;
    gap: 0.75rem 1rem;
    align-items: center;
  }

  .colour .field,
  .logo .field {
    flex: 1 1 12rem;
    min-width: 0;
  }

  [type='color'] {
    flex: none;
    width: 3.5rem;
    height: 3.5rem;
    padding: 0.25rem;
    cursor: pointer;
  }

  .verdict ul {
    display: grid;
    gap: 0.375rem;
  }

  .verdict li {
    display: flex;
    gap: 0.5rem;
    align-items: start;
  }

  .verdict .icon {
    flex: none;
    margin-top: 0.1875rem;
  }

  .verdict .good .icon {
    color: var(--go);
  }

  .verdict .bad {
    color: var(--stop);
    font-weight: 600;
  }

  .better {
    margin-top: 0.75rem;
  }

  .swatch {
    width: 1.5rem;
    height: 1.5rem;
    border: 1px solid var(--line);
    border-radius: 50%;
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
