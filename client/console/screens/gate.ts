import { css, html, type TemplateResult } from 'lit';
import { icons } from '../../ui/icons.ts';
import { chooseLanguage, languageChoice } from '../../ui/language.ts';
import { keepLinkToken } from '../one-time-link.ts';
import { texts } from '../texts.ts';

/**
 * The frame around every screen before the desk: the product's mark over one card, the choice of a language below it.
 * `token`: of the one-time link that is shown, which a reload has to find again.
 */
export const gate = (content: TemplateResult, token = ''): TemplateResult => html`
  <main class="gate">
    <div class="mark">${icons.logo}<span>${texts.product}</span></div>
    <div class="card">${content}</div>
    ${languageChoice(language => {
      if (token) keepLinkToken(token);
      chooseLanguage(language);
    })}
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

  .language {
    display: flex;
    gap: 0.5rem;
    align-items: center;
    color: var(--ink-2);
    font-size: var(--small);
    font-weight: 500;
  }

  .language span {
    position: absolute;
    clip-path: inset(50%);
  }

  .language select {
    width: auto;
    min-height: 2.25rem;
    padding: 0.25rem 0.5rem;
    border: 1px solid var(--line-strong);
    border-radius: var(--radius-s);
    background: var(--card);
    color: var(--ink);
    font: inherit;
    appearance: auto;
  }

  .foot {
    margin-top: 1.25rem;
    font-size: var(--small);
    color: var(--ink-3);
  }
`;
