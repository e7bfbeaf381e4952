import { css } from 'lit';

/** What every component starts from. */
export const base = css`
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }

  :host {
    display: block;
  }

  :host([hidden]),
  [hidden] {
    display: none !important;
  }

  h1,
  h2,
  h3,
  p,
  ul,
  ol,
  dl,
  dd,
  figure {
    margin: 0;
    padding: 0;
  }

  ul,
  ol {
    list-style: none;
  }

  h1,
  h2,
  h3 {
    font-weight: 650;
    line-height: 1.25;
    letter-spacing: -0.012em;
    text-wrap: balance;
  }

  a {
    color: var(--accent);
    text-decoration-thickness: 1px;
    text-underline-offset: 0.2em;
  }

  .icon {
    display: block;
    flex: none;
    width: 1.25rem;
    height: 1.25rem;
  }

  /* Its letters are joined. */
  :lang(ar) {
    letter-spacing: 0 !important;
  }

  /* A picture of what goes on in the direction of reading. */
  .onward:lang(ar) {
    transform: scaleX(-1);
  }

  .hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  .figures {
    font-variant-numeric: tabular-nums;
  }

  :focus {
    outline: none;
  }

  :focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: 2px;
  }

  [tabindex='-1']:focus-visible {
    outline: none;
  }
`;

/** The surface that everything stands on. */
export const card = css`
  .card {
    background: var(--card);
    border: 1px solid var(--line);
    border-radius: var(--radius-l);
    box-shadow: var(--shadow-1);
  }
`;
