import { css } from 'lit';

export const overviewStyles = css`
  :host {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 1.5rem;
    min-width: 0;
  }

  h2 {
    font-size: var(--large);
  }

  .today {
    padding: 1.25rem 1.5rem;
  }

  dl {
    display: grid;
    grid-template-columns: repeat(4, minmax(0, 1fr));
    gap: 1rem;
    margin-top: 0.75rem;
  }

  /* The figure stands above what it is of. */
  dl div {
    display: flex;
    flex-direction: column-reverse;
    min-width: 0;
  }

  dt,
  .about {
    color: var(--ink-3);
    font-size: var(--small);
  }

  dd {
    font-size: 1.625rem;
    font-weight: 650;
    line-height: 1.2;
    letter-spacing: -0.02em;
  }

  .today .about {
    margin-top: 0.75rem;
  }

  .pair {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(13rem, 17rem);
    gap: 1.5rem;
    align-items: start;
  }

  .head {
    display: flex;
    gap: 1rem;
    align-items: baseline;
    justify-content: space-between;
    padding: 1.25rem 1.5rem 0.75rem;
  }

  .head a {
    font-size: var(--small);
    font-weight: 600;
  }

  li {
    display: flex;
    gap: 0.75rem;
    padding: 0.75rem 1.5rem;
    border-top: 1px solid var(--line);
  }

  li .icon {
    width: 1.125rem;
    height: 1.125rem;
  }

  .recent li > .icon {
    margin-top: 0.125rem;
    color: var(--go);
  }

  .recent [data-missed] > .icon {
    color: var(--stop);
  }

  .words {
    flex: 1;
    min-width: 0;
  }

  .who {
    overflow: hidden;
    font-weight: 600;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .who a {
    color: inherit;
    text-decoration: none;
  }

  .who a:hover {
    text-decoration: underline;
  }

  .words .about {
    overflow-wrap: anywhere;
  }

  .end {
    display: grid;
    flex: none;
    gap: 0.375rem;
    align-content: start;
    justify-items: end;
  }

  .team li {
    flex-direction: column;
    gap: 0.125rem;
  }

  .is {
    display: flex;
    gap: 0.375rem;
    align-items: center;
    color: var(--rest);
    font-size: var(--small);
    overflow-wrap: anywhere;
  }

  [data-is='free'] .is {
    color: var(--go);
  }

  [data-is='busy'] .is {
    color: var(--accent);
  }

  [data-is='away'] .is {
    color: var(--wait);
  }

  .none {
    display: grid;
    gap: 0.25rem;
    padding: 0.5rem 1.5rem 1.5rem;
    color: var(--ink-3);
  }

  .none strong {
    color: var(--ink-2);
    font-weight: 600;
  }

  .more {
    padding: 0 1.5rem 1rem;
  }
`;
