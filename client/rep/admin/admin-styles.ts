import { css } from 'lit';

/** What every page of the admin area draws with. */
export const adminStyles = css`
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
    margin: 0 0 0.25rem -0.25rem;
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

  .group {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 1.5rem;
    padding: 1.5rem;
    overflow-wrap: anywhere;
  }

  .group + .group,
  rep-invitation + .group,
  .note + .group {
    margin-top: 1.25rem;
  }

  .group > .part {
    display: grid;
    gap: 1rem;
    padding-top: 1.5rem;
    border-top: 1px solid var(--line);
  }

  .grid {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(15rem, 100%), 1fr));
    gap: 1.25rem 1.5rem;
    align-items: start;
  }

  .field {
    align-content: start;
    min-width: 0;
  }

  textarea {
    resize: vertical;
  }

  .measure,
  .duration {
    display: flex;
    gap: 0.5rem;
    align-items: center;
  }

  .measure input {
    width: 7rem;
  }

  .duration input {
    flex: 1 1 5rem;
    min-width: 0;
    max-width: 7rem;
  }

  .duration .select {
    flex: 1 1 7rem;
    max-width: 9rem;
  }

  [id$='-problem']:empty {
    display: none;
  }

  [aria-invalid='true'] {
    border-color: var(--stop);
    box-shadow: inset 0 0 0 1px var(--stop);
  }

  fieldset {
    display: grid;
    gap: 0.625rem;
    min-width: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }

  legend {
    margin-bottom: 0.5rem;
    padding: 0;
    color: var(--ink-2);
    font-size: var(--small);
    font-weight: 600;
  }

  .cards {
    grid-template-columns: repeat(auto-fit, minmax(min(16rem, 100%), 1fr));
  }

  .cards > legend,
  .cards > div {
    grid-column: 1 / -1;
  }

  .choice {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 0.75rem;
    padding: 0.75rem 1rem;
    border: 1px solid var(--line);
    border-radius: var(--radius-m);
    color: var(--ink);
    font-weight: 400;
    font-size: 0.875rem;
    cursor: pointer;
  }

  .choice:hover {
    background: var(--sunken);
  }

  .choice:has(:checked) {
    border-color: var(--accent);
    background: var(--accent-soft);
  }

  .choice:has(:focus-visible) {
    outline: 2px solid var(--accent);
    outline-offset: 1px;
  }

  .choice :focus-visible {
    outline: none;
  }

  .choice strong {
    display: block;
    font-weight: 600;
  }

  .choice .lead {
    color: var(--ink-2);
    font-size: var(--small);
  }

  [type='radio'],
  [type='checkbox'] {
    width: 1.125rem;
    min-height: 0;
    height: 1.125rem;
    margin: 0.125rem 0 0;
    accent-color: var(--accent-fill);
  }

  .check {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 0.125rem 0.75rem;
    align-items: start;
  }

  .check label {
    color: var(--ink);
    font-size: var(--body);
    font-weight: 500;
  }

  .check .hint {
    grid-column: 2;
  }

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

  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem;
    align-items: center;
  }

  .actions .select {
    flex: 0 1 16rem;
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

  .dialog-actions {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem;
    justify-content: flex-end;
  }

  .status {
    display: inline-flex;
    gap: 0.375rem;
    align-items: center;
    color: var(--rest);
    font-size: var(--small);
    font-weight: 600;
  }

  .status::before {
    flex: none;
    width: 0.5rem;
    height: 0.5rem;
    border: 2px solid currentcolor;
    border-radius: 50%;
    content: '';
  }

  .status[data-is='available'] {
    color: var(--go);
  }

  .status[data-is='available']::before {
    background: currentcolor;
  }

  .status[data-is='away'] {
    color: var(--wait);
  }

  /* There only while there is something to save; it takes its own room at the end of the form. */
  .save-bar {
    position: sticky;
    bottom: 1rem;
    z-index: 2;
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem;
    align-items: center;
    justify-content: flex-end;
  }

  .save-bar[data-dirty] {
    margin-top: 1.25rem;
    padding: 0.75rem 0.75rem 0.75rem 1.25rem;
    border: 1px solid var(--line);
    border-radius: 16px;
    background: var(--card);
    box-shadow: var(--shadow-2);
  }

  /* A word on its way, which neither takes room nor stands in the way of a click. */
  .save-bar[data-done] {
    height: 0;
    pointer-events: none;
  }

  .save-bar[data-done] .words {
    flex: none;
    padding: 0.5rem 1rem;
    border: 1px solid var(--line);
    border-radius: 999px;
    background: var(--card);
    box-shadow: var(--shadow-2);
    transform: translateY(-50%);
  }

  .save-bar[data-dirty] {
    border-color: var(--accent);
  }

  .save-bar .words {
    flex: 1 1 12rem;
    font-weight: 600;
  }

  .save-bar .state {
    display: flex;
    gap: 0.5rem;
    align-items: center;
  }

  .save-bar .icon {
    color: var(--go);
  }

  @media (max-width: 30rem) {
    .group {
      padding: 1.25rem 1rem;
    }

    .save-bar[data-dirty] {
      padding: 0.75rem 1rem;
    }

    .save-bar[data-dirty] .words {
      flex-basis: 100%;
    }
  }

  @media (forced-colors: active) {
    .choice:has(:checked) {
      border: 2px solid Highlight;
    }
  }
`;
