import { html, nothing, type TemplateResult } from 'lit';
import type { TeamSettings } from '../../../shared/settings.ts';
import { icons } from '../../ui/icons.ts';
import { reasonText } from '../../ui/texts.ts';
import { idOf, problemAt } from '../form/controls.ts';
import { replaced } from '../form/draft.ts';
import { messageAt, type Problem } from '../form/problem.ts';
import { adminTexts } from '../texts.ts';
import { teamTexts as texts } from './texts.ts';

export type ReasonList = Exclude<keyof TeamSettings, 'twoFactor'>;

const most = 12;

/** Short reasons that the team chooses from. */
export function reasons(form: {
  list: ReasonList;
  /** Of the list, in the server's answers and ours. */
  path: string;
  /** Whose team it is, where there are several. */
  account: string;
  reasons: readonly string[];
  problem: Problem | null;
  set: (reasons: string[]) => void;
  focus: (selector: string) => void;
}): TemplateResult {
  const { list, path: listPath, account, reasons: all, problem, set, focus } = form;
  const { lead } = texts.reasons[list];
  const title = [texts.reasons[list].title, account].filter(Boolean).join(' · ');
  const headingId = idOf(listPath);
  const addId = `add-${headingId}`;
  const row = (reason: string, i: number) => {
    const path = `${listPath}.${i}`;
    return html`<li data-field=${path}>
      <span class="grow"><input type="text" id=${idOf(path)} maxlength="40" autocomplete="off"
        aria-label=${texts.reason({ title, n: i + 1 })} aria-invalid=${messageAt(problem, path) ? 'true' : 'false'} .value=${reasonText(reason)}
        @input=${(event: Event) => set(replaced(all, i, (event.target as HTMLInputElement).value))} /></span>
      <button type="button" class="button quiet round" aria-label=${adminTexts.remove({ what: reasonText(reason) || texts.reason({ title, n: i + 1 }) })}
        @click=${() => {
          set(replaced(all, i));
          focus(`#${CSS.escape(addId)}`);
        }}>${icons.cross}</button>
      ${problemAt(problem, path)}
    </li>`;
  };
  return html`<section class="card group" aria-labelledby=${headingId}>
    <div><h2 id=${headingId}>${title}</h2><p>${lead}</p></div>
    <div class="reasons" data-field=${listPath}>
      ${all.length === 0 ? nothing : html`<ul class="rows">${all.map(row)}</ul>`}
      ${problem?.field === listPath ? problemAt(problem, listPath, false) : nothing}
      <button type="button" class="button small" id=${addId} aria-label=${texts.addReasonTo({ title })} ?hidden=${all.length >= most}
        @click=${() => {
          set([...all, '']);
          focus(`#${CSS.escape(idOf(`${listPath}.${all.length}`))}`);
        }}>${icons.plus}${texts.addReason}</button>
    </div>
  </section>`;
}
