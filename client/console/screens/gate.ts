import { css, html, type TemplateResult } from 'lit';
import { icons } from '../../ui/icons.ts';
import { texts } from '../texts.ts';

/** The frame around every screen before the desk: the product's mark over one card. */
export const gate = (content: TemplateResult): TemplateResult => html`
  <main class="gate">
    <div class="mark">${icons.logo}<span>${texts.product}</span></div>
    <div class="card">${content}</div>
  </main>
`;

export const gateStyles = css`
  .gate {
    display: grid;
    align-content: center;
    justify-items: center;
    gap: 1.5rem;
    min-height: 100dvh;
    padding: 2rem 1rem 12vh;
    background: radial-gradient(60rem 30rem at 50% -10rem, var(--accent-soft), transparent 70%);
  }

  .mark {
    display: flex;
    gap: 0.625rem;
    align-items: center;
    font-size: var(--large);
    font-weight: 700;
    letter-spacing: -0.01em;
  }

  .logo-back {
    fill: var(--accent-fill);
  }

  .logo-wave {
    stroke: var(--accent-fill);
  }

  .card {
    width: min(26rem, 100%);
    padding: 2rem;
  }

  @media (max-width: 30rem) {
    .card {
      padding: 1.5rem;
    }
  }

  h1 {
    font-size: var(--title);
  }

  .lead {
    margin-top: 0.375rem;
    color: var(--ink-2);
  }

  form {
    display: grid;
    gap: 1.125rem;
    margin-top: 1.5rem;
  }

  form .button {
    margin-top: 0.25rem;
  }

  .foot {
    margin-top: 1.25rem;
    font-size: var(--small);
    color: var(--ink-3);
  }
`;
