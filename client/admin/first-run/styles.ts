import { css } from 'lit';
import { base, buttons, card, fields, notes } from '../../ui/styles.ts';
import { adminStyles } from '../admin-styles.ts';
import { pinnedTopStyles } from '../look/pinned-top.ts';

export const firstRunStyles = [
  base,
  card,
  buttons,
  fields,
  notes,
  adminStyles,
  pinnedTopStyles,
  css`
    .frame {
      max-width: 44rem;
      margin-inline: auto;
      padding: 1.5rem;
    }

    .where {
      display: flex;
      flex-wrap: wrap;
      gap: 0 1rem;
      align-items: baseline;
      justify-content: space-between;
      color: var(--ink-2);
    }

    .where h1 {
      font-size: var(--large);
    }

    #step {
      font-size: var(--title);
    }

    nav ol {
      display: flex;
      gap: 0.25rem;
      margin-block: 0.75rem 1.25rem;
    }

    nav li {
      position: relative;
      flex: 1;
    }

    /* One line through all of them. */
    nav li + li::before {
      content: '';
      position: absolute;
      inset-block-start: calc(50% - 1px);
      inset-inline: calc(-50% + 1rem) calc(50% + 1rem);
      height: 2px;
      background: var(--line);
    }

    nav button {
      display: grid;
      place-items: center;
      width: 100%;
      min-height: 2.75rem;
      padding: 0;
      border: 0;
      border-radius: var(--radius-s);
      background: none;
      color: var(--ink-2);
      font: inherit;
      cursor: pointer;
    }

    .number {
      display: grid;
      place-items: center;
      width: 2rem;
      height: 2rem;
      border: 2px solid var(--line-strong);
      border-radius: 50%;
      background: var(--card);
      font-size: var(--small);
      font-weight: 700;
    }

    [data-done] .number {
      border-color: var(--go-fill);
      background: var(--go-soft);
      color: var(--go);
    }

    [aria-current] .number {
      border-color: var(--accent-fill);
      background: var(--accent-fill);
      color: var(--on-fill);
    }

    nav [aria-disabled='true'] {
      cursor: default;
    }

    .number .icon {
      width: 1rem;
      height: 1rem;
    }

    .problem-place:empty {
      display: none;
    }

    .ways {
      display: flex;
      flex-wrap: wrap;
      gap: 0.5rem;
      align-items: center;
    }

    .room {
      flex: 1;
    }

    .out {
      display: grid;
      gap: 0.25rem;
      justify-items: start;
      margin-top: 1.25rem;
    }

    .field + .where {
      margin-top: 1rem;
    }

    @media (max-width: 30rem) {
      .frame {
        padding: 0.75rem 1rem 1rem;
      }

      nav ol {
        gap: 0;
      }
    }

    @media (forced-colors: active) {
      [aria-current] .number {
        border-color: Highlight;
      }
    }
  `,
];
