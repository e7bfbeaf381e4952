import { css, html, nothing, type TemplateResult } from 'lit';
import { icons } from '../../ui/icons.ts';
import { charactersMissing, passwordMinLength } from '../password.ts';
import { signInTexts as texts } from '../texts/sign-in.ts';

/**
 * A password and whether it is shown; `fresh` when it is being chosen, so that the rule is told. `id` and `label` where
 * there are two of them.
 * No element of its own: password managers look for the input in the same tree as its form.
 */
export type PasswordField = {
  value: string;
  shown: boolean;
  error: string;
  fresh: boolean;
  id?: string;
  label?: string;
};

/** Draws the field; the owner keeps its state. */
export function passwordField(
  field: PasswordField,
  on: { input: (value: string) => void; toggle: () => void },
): TemplateResult {
  const { id = 'password', label = texts.password } = field;
  const missing = charactersMissing(field.value);
  const met = field.fresh && field.value !== '' && missing === 0;
  return html`
    <div class="field">
      <label for=${id}>${label}</label>
      <div class="password">
        <input
          id=${id}
          name=${id}
          type=${field.shown ? 'text' : 'password'}
          autocomplete=${field.fresh ? 'new-password' : 'current-password'}
          autocapitalize="off"
          spellcheck="false"
          dir="ltr"
          required
          .value=${field.value}
          aria-invalid=${field.error ? 'true' : 'false'}
          aria-describedby="${id}-note"
          @input=${(event: InputEvent) => on.input((event.target as HTMLInputElement).value)}
        />
        <button type="button" class="button quiet small" aria-controls=${id}
          aria-label=${field.shown ? texts.hidePassword : texts.showPassword} @click=${on.toggle}>
          ${field.shown ? texts.hide : texts.show}
        </button>
      </div>
      <div id="${id}-note">
        ${
          field.error
            ? html`<p class="problem">${icons.warning}<span>${field.error}</span></p>`
            : field.fresh
              ? html`<p class="hint strength" data-met=${met ? 'yes' : 'no'}>
                  ${met ? html`${icons.check}${texts.passwordLongEnough}` : field.value ? texts.passwordMissing({ n: missing }) : texts.newPasswordHint({ n: passwordMinLength })}
                </p>`
              : nothing
        }
      </div>
    </div>
  `;
}

export const passwordStyles = css`
  .password {
    position: relative;
  }

  .password input {
    padding-inline-end: 4.5rem;
  }

  /* The button stands where the page's lines end. */
  .password input:lang(ar) {
    padding-inline: 4.5rem 0.875rem;
  }

  .password .button {
    position: absolute;
    inset-block: 0.25rem;
    inset-inline-end: 0.25rem;
    min-height: 0;
    margin: 0;
    color: var(--accent);
  }

  .strength {
    display: flex;
    gap: 0.25rem;
    align-items: center;
  }

  .strength .icon {
    width: 1rem;
    height: 1rem;
  }

  .strength[data-met='yes'] {
    color: var(--go);
    font-weight: 600;
  }
`;
