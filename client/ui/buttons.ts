import { css } from 'lit';

/** Buttons, links that act, key hints and the spinner that a busy button shows. */
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

  /* The last thing of a dialog or a form. */
  .dialog-actions {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem;
    justify-content: flex-end;
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
      border-style: dotted;
      animation: none;
    }
  }

  @media (forced-colors: active) {
    .button {
      border: 1px solid ButtonText;
    }
  }
`;
