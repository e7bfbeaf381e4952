import { css } from 'lit';

/** The head of every page of the admin area. */
export const pageStyles = css`
  h1 {
    font-size: var(--title);
  }

  h1 + p,
  h2 + p {
    margin-top: 0.25rem;
    color: var(--ink-2);
  }

  h2 {
    font-size: var(--large);
  }

  h3 {
    font-size: var(--body);
  }

  .loading {
    padding: 4rem 0;
    color: var(--ink-3);
    text-align: center;
  }

  .head {
    display: flex;
    flex-wrap: wrap;
    gap: 0.75rem 1rem;
    align-items: flex-start;
    justify-content: space-between;
    margin-bottom: 1.5rem;
  }

  .head > div {
    flex: 1 1 14rem;
    min-width: 0;
  }

  .head h1 {
    overflow-wrap: anywhere;
  }

  .back {
    display: inline-flex;
    gap: 0.25rem;
    align-items: center;
    min-height: 1.75rem;
    margin-block-end: 0.25rem;
    margin-inline-start: -0.25rem;
    color: var(--ink-2);
    font-size: var(--small);
    font-weight: 600;
    text-decoration: none;
  }

  .back:hover {
    text-decoration: underline;
  }

  .back .icon {
    width: 1rem;
    height: 1rem;
    transform: rotate(90deg);
  }

  /* Back is where lines begin. */
  .back:dir(rtl) .icon {
    transform: rotate(-90deg);
  }
`;
