import { css } from 'lit';

/** Rows within a group, which may be changed, moved and removed; and the status of somebody. */
export const rowStyles = css`
  .rows {
    display: grid;
    border-block: 1px solid var(--line);
  }

  .rows:not(:has(~ :not(:empty))) {
    border-bottom: 0;
  }

  .rows > li {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem 0.75rem;
    align-items: center;
    padding: 0.625rem 0;
  }

  .rows > li + li {
    border-top: 1px solid var(--line);
  }

  .rows .grow {
    flex: 1 1 9rem;
    min-width: 0;
  }

  .rows .select {
    flex: 0 1 13rem;
  }

  .rows > li > .button.round {
    margin-inline-start: auto;
  }

  .row-actions {
    display: flex;
    gap: 0.25rem;
    margin-inline-start: auto;
  }

  .up .icon {
    transform: rotate(180deg);
  }

  .button.round[aria-disabled='true'] {
    opacity: 0.35;
  }

  .button.round .icon {
    width: 1.125rem;
    height: 1.125rem;
  }

  .status {
    display: inline-flex;
    gap: 0.375rem;
    align-items: center;
    color: var(--rest);
    font-size: var(--small);
    font-weight: 600;
  }

  .status .icon {
    width: 1.125rem;
    height: 1.125rem;
  }

  /* A ring, filled when available; where there is an icon, that says it. */
  .status:not(:has(.icon))::before {
    flex: none;
    width: 0.5rem;
    height: 0.5rem;
    border: 2px solid currentcolor;
    border-radius: 50%;
    content: '';
  }

  .status[data-is='available']::before {
    background: currentcolor;
  }

  .status:is([data-is='available'], [data-is='open']) {
    color: var(--go);
  }

  .status:is([data-is='away'], [data-is='busy'], [data-is='queue-full']) {
    color: var(--wait);
  }

  .status[data-is='no-rep'] {
    color: var(--stop);
  }
`;
