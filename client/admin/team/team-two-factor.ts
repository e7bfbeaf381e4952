import { html, nothing, type TemplateResult } from 'lit';
import type { TeamMember } from '../../../shared/api/people.ts';
import type { TeamSettings } from '../../../shared/settings.ts';
import { facts, list } from '../../ui/words.ts';
import { checkInput, idOf } from '../form/controls.ts';
import { teamTexts as texts } from './texts.ts';

/** Whether the team asks everybody for a second factor, and who has none yet. */
export function teamTwoFactor(form: {
  /** Of the setting, in the server's answers and ours. */
  path: string;
  /** Whose team it is, where there are several. */
  account: string;
  value: TeamSettings['twoFactor'];
  members: readonly TeamMember[];
  set: (value: TeamSettings['twoFactor']) => void;
}): TemplateResult {
  const { path, account, value, members, set } = form;
  const headingId = `${idOf(path)}-title`;
  const without = members
    .filter(({ twoFactor, disabled }) => !twoFactor && !disabled)
    .map(({ name }) => name);
  return html`<section class="card group" aria-labelledby=${headingId}>
    <div><h2 id=${headingId}>${facts([texts.twoFactor, account])}</h2><p>${texts.twoFactorLead}</p></div>
    <div data-field=${path}>
      ${checkInput({
        id: idOf(path),
        label: texts.twoFactorRequired,
        hint: texts.twoFactorHint,
        value: value === 'required',
        set: required => set(required ? 'required' : 'optional'),
      })}
    </div>
    ${without.length > 0 ? html`<p class="without">${texts.twoFactorWithout({ names: list(without) })}</p>` : nothing}
  </section>`;
}
