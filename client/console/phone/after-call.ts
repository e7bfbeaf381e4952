import { css, html, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { RepStatus } from '../../../shared/domain.ts';
import type { PhoneSession } from '../session/phone-session.ts';
import { texts } from '../texts.ts';

const choices = ['available', 'away'] as const;

/** While a call is on or being wrapped up: what happens afterwards. */
export const afterCall = (session: PhoneSession, status: RepStatus): TemplateResult => html`
  <fieldset class="after">
    <legend>${texts.afterCall}</legend>
    <div>
      ${choices.map(
        choice => html`<label>
          <input type="radio" name="after" .checked=${live((status === 'available') === (choice === 'available'))}
            @change=${() => (choice === 'available' ? session.goAvailable() : session.setStatus(choice))} />
          <span>${texts.statusWord[choice]}</span>
        </label>`,
      )}
    </div>
  </fieldset>
`;

export const afterCallStyles = css`
  .after {
    display: flex;
    gap: 0.75rem;
    align-items: center;
    justify-content: space-between;
    margin: 1.25rem 0 0;
    padding: 0;
    border: 0;
  }

  .after legend {
    float: left;
    padding: 0;
    color: var(--ink-2);
    font-size: var(--small);
    font-weight: 550;
    text-align: start;
  }

  .after > div {
    display: flex;
    gap: 2px;
    padding: 3px;
    border-radius: 10px;
    background: var(--rest-soft);
  }

  .after label {
    position: relative;
    color: var(--ink-2);
    font-size: var(--small);
    font-weight: 600;
    cursor: pointer;
  }

  .after input {
    position: absolute;
    inset: 0;
    width: 100%;
    min-height: 0;
    height: 100%;
    margin: 0;
    opacity: 0;
    cursor: pointer;
  }

  .after span {
    display: block;
    padding: 0.3125rem 0.75rem;
    border-radius: 8px;
  }

  .after input:checked + span {
    background: var(--card);
    box-shadow: var(--shadow-1);
    color: var(--ink);
  }

  .after input:focus-visible + span {
    outline: 2px solid var(--accent);
    outline-offset: 1px;
  }

  @media (forced-colors: active) {
    .after input:checked + span {
      background: Highlight;
      color: HighlightText;
      forced-color-adjust: none;
    }
  }
`;
