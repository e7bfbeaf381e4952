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

export const card = css`
  .card {
    background: var(--card);
    border: 1px solid var(--line);
    border-radius: var(--radius-l);
    box-shadow: var(--shadow-1);
  }
`;

export const buttons = css`
  button {
    font: inherit;
    color: inherit;
    cursor: pointer;
  }

  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 0.5rem;
    min-height: 2.75rem;
    padding: 0.5rem 1.125rem;
    border: 1px solid var(--line-strong);
    border-radius: var(--radius-m);
    background: var(--card);
    color: var(--ink);
    font-weight: 600;
    line-height: 1.2;
    text-align: center;
    white-space: nowrap;
    transition:
      background-color var(--swift),
      border-color var(--swift),
      transform var(--swift) var(--ease);
    -webkit-tap-highlight-color: transparent;
  }

  .button:hover {
    background: var(--sunken);
  }

  .button:active {
    transform: translateY(1px);
  }

  .button[aria-disabled='true'] {
    cursor: default;
  }

  .button.big {
    min-height: 3.5rem;
    padding-inline: 0.875rem;
    border-radius: 16px;
    font-size: var(--large);
  }

  .button.wide {
    width: 100%;
  }

  .button.primary,
  .button.go,
  .button.stop {
    border-color: transparent;
    color: var(--on-fill);
  }

  .button.primary {
    background: var(--accent-fill);
  }

  .button.go {
    background: var(--go-fill);
  }

  .button.stop {
    background: var(--stop-fill);
  }

  .button.primary:hover,
  .button.go:hover,
  .button.stop:hover {
    box-shadow: inset 0 0 0 99px rgb(0 0 0 / 12%);
  }

  .button.stop-line {
    border-color: var(--stop);
    color: var(--stop);
  }

  .button.stop-line:hover {
    background: var(--stop-soft);
  }

  .button.quiet {
    border-color: transparent;
    background: transparent;
    color: var(--ink-2);
  }

  .button.quiet:hover {
    background: var(--rest-soft);
    color: var(--ink);
  }

  .button.small {
    min-height: 2.25rem;
    padding: 0.25rem 0.75rem;
    border-radius: var(--radius-s);
    font-size: var(--small);
  }

  .button.round {
    width: 2.5rem;
    min-height: 2.5rem;
    padding: 0;
    border-radius: 50%;
  }

  .link {
    padding: 0.25rem 0;
    border: 0;
    background: none;
    color: var(--accent);
    font-weight: 550;
    text-decoration: underline;
    text-decoration-thickness: 1px;
    text-underline-offset: 0.2em;
  }

  kbd {
    display: inline-block;
    min-width: 1.5em;
    padding: 0.0625rem 0.375rem;
    border: 1px solid currentcolor;
    border-radius: 5px;
    font: 600 0.6875rem / 1.35 var(--font);
    text-align: center;
  }

  .button kbd {
    margin-inline-start: 0.125rem;
    border-color: color-mix(in srgb, currentcolor 55%, transparent);
  }

  /* Fingers have no keys to press. */
  @media (hover: none) and (pointer: coarse) {
    .button kbd {
      display: none;
    }
  }

  .spinner {
    flex: none;
    width: 1.125rem;
    height: 1.125rem;
    border: 2px solid color-mix(in srgb, currentcolor 30%, transparent);
    border-top-color: currentcolor;
    border-radius: 50%;
    animation: turn 0.8s linear infinite;
  }

  @keyframes turn {
    to {
      transform: rotate(1turn);
    }
  }

  @media (prefers-reduced-motion: reduce) {
    .spinner {
      animation-duration: 2.4s;
    }
  }

  @media (forced-colors: active) {
    .button {
      border: 1px solid ButtonText;
    }
  }
`;

export const fields = css`
  .field {
    display: grid;
    gap: 0.375rem;
  }

  label,
  .label {
    font-weight: 600;
    font-size: var(--small);
    color: var(--ink-2);
  }

  input,
  select,
  textarea {
    width: 100%;
    min-height: 2.75rem;
    padding: 0.5rem 0.875rem;
    border: 1px solid var(--line-strong);
    border-radius: var(--radius-m);
    background: var(--card);
    color: var(--ink);
    font: inherit;
    transition: border-color var(--swift);
  }

  input:focus-visible,
  select:focus-visible,
  textarea:focus-visible {
    border-color: var(--accent);
    outline-offset: 0;
  }

  input[aria-invalid='true'] {
    border-color: var(--stop);
  }

  ::placeholder {
    color: var(--ink-3);
    opacity: 1;
  }

  select {
    appearance: none;
    padding-inline-end: 2.5rem;
    text-overflow: ellipsis;
  }

  .select {
    position: relative;
    display: block;
  }

  .select .icon {
    position: absolute;
    inset-block: 0;
    inset-inline-end: 0.75rem;
    margin-block: auto;
    color: var(--ink-3);
    pointer-events: none;
  }

  .hint {
    font-size: var(--small);
    color: var(--ink-3);
  }

  .problem {
    display: flex;
    gap: 0.375rem;
    align-items: flex-start;
    font-size: var(--small);
    font-weight: 550;
    color: var(--stop);
  }

  .problem .icon {
    width: 1.125rem;
    height: 1.125rem;
  }
`;

/** A coloured note inside a card or above it. */
export const notes = css`
  .note {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem 0.75rem;
    align-items: center;
    padding: 0.75rem 1rem;
    border: 1px solid transparent;
    border-radius: var(--radius-m);
    background: var(--rest-soft);
    color: var(--ink);
    font-size: 0.875rem;
    line-height: 1.4;
    text-align: start;
  }

  .note > .icon {
    color: var(--rest);
  }

  .note > p {
    flex: 1 1 12rem;
  }

  .note.warn {
    background: var(--wait-soft);
  }

  .note.warn > .icon {
    color: var(--wait);
  }

  .note.bad {
    background: var(--stop-soft);
  }

  .note.bad > .icon {
    color: var(--stop);
  }

  .note.info {
    background: var(--accent-soft);
  }

  .note.info > .icon {
    color: var(--accent);
  }

  @media (forced-colors: active) {
    .note {
      border-color: CanvasText;
    }
  }
`;

export const dialogs = css`
  dialog {
    width: min(34rem, calc(100vw - 2rem));
    max-height: min(44rem, calc(100dvh - 2rem));
    padding: 0;
    border: 1px solid var(--line);
    border-radius: var(--radius-l);
    background: var(--card);
    color: var(--ink);
    box-shadow: var(--shadow-2);
  }

  dialog::backdrop {
    background: rgb(12 12 16 / 45%);
    backdrop-filter: blur(2px);
  }

  .dialog-head {
    position: sticky;
    top: 0;
    z-index: 1;
    display: flex;
    gap: 1rem;
    align-items: flex-start;
    justify-content: space-between;
    padding: 1.25rem 1.25rem 0.75rem 1.5rem;
    background: var(--card);
  }

  .dialog-head p {
    margin-top: 0.25rem;
    color: var(--ink-2);
  }

  .dialog-body {
    display: grid;
    gap: 1.25rem;
    padding: 0.5rem 1.5rem 1.5rem;
  }
`;
