import { css } from 'lit';

export const boardStyles = css`
  section {
    margin-top: 1.5rem;
  }

  h2 {
    display: flex;
    gap: 0.5rem;
    align-items: baseline;
    margin-bottom: 0.75rem;
  }

  h2 small {
    color: var(--ink-3);
    font-weight: 500;
    font-size: var(--small);
  }

  .find {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 11rem), 1fr));
    gap: 0.75rem;
    align-items: end;
  }

  .find label {
    display: grid;
    gap: 0.25rem;
    color: var(--ink-2);
    font-weight: 600;
    font-size: var(--small);
  }

  .find input,
  .find select {
    width: 100%;
    min-height: 2.5rem;
    padding: 0.25rem 0.625rem;
    border: 1px solid var(--line-strong);
    border-radius: var(--radius-s);
    background: var(--card);
    color: var(--ink);
    font: inherit;
    font-weight: 500;
  }

  .queues {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 17rem), 1fr));
    gap: 1rem;
  }

  .queues li {
    padding: 1rem 1.25rem;
  }

  .queues strong,
  .entry strong {
    font-weight: 600;
    overflow-wrap: anywhere;
  }

  dl {
    display: grid;
    grid-template-columns: repeat(3, minmax(0, 1fr));
    gap: 0.75rem;
    margin-top: 0.75rem;
  }

  dl div {
    display: flex;
    flex-direction: column-reverse;
    justify-content: flex-end;
    min-width: 0;
  }

  dt,
  .about {
    color: var(--ink-3);
    font-size: var(--small);
    overflow-wrap: anywhere;
  }

  dd {
    font-weight: 650;
    font-size: 1.25rem;
  }

  dd[data-late] {
    color: var(--stop);
  }

  .lists {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr));
    gap: 0 1.5rem;
    align-items: start;
  }

  .lists section {
    min-width: 0;
  }

  .entry {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: 0.125rem 1rem;
    align-items: start;
  }

  .entry > :nth-child(2) {
    display: grid;
    gap: 0.125rem;
    justify-items: end;
  }

  .entry > rep-direct-rep {
    grid-column: 1 / -1;
  }

  .entry .button.quiet {
    margin-inline-start: -0.75rem;
  }

  .is {
    color: var(--rest);
    font-weight: 600;
    font-size: var(--small);
    text-align: end;
  }

  [data-is='free'] .is,
  [data-is='talking'] .is {
    color: var(--go);
  }

  [data-is='ringing'] .is,
  [data-is='calling-back'] .is,
  [data-is='wrap-up'] .is {
    color: var(--accent);
  }

  [data-is='waiting'] .is,
  [data-is='away'] .is {
    color: var(--wait);
  }

  .poor {
    color: var(--stop);
    font-weight: 600;
  }

  .pages {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem;
    align-items: center;
    justify-content: space-between;
    margin-top: 0.75rem;
    color: var(--ink-2);
    font-size: var(--small);
  }

  .pages div {
    display: flex;
    gap: 0.5rem;
  }

  .none {
    padding: 1.5rem;
  }
`;
