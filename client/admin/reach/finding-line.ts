import { html, nothing, type TemplateResult } from 'lit';
import { icons } from '../../ui/icons.ts';
import type { Finding } from './findings.ts';
import { reachTexts as texts } from './texts.ts';

const signs = { ok: icons.check, attention: icons.warning, broken: icons.cross } as const;

/** One finding in a list of the class `findings`; `actions`: what can be done about it here. */
export function findingLine(
  { is, title, words, todo }: Finding,
  level: 2 | 3 = 2,
  actions: TemplateResult | typeof nothing = nothing,
): TemplateResult {
  return html`<li class="finding" data-is=${is}>${signs[is]}
    <div>${level === 2 ? html`<h2><span class="hidden">${texts.verdict[is]}: </span>${title}</h2>` : html`<h3><span class="hidden">${texts.verdict[is]}: </span>${title}</h3>`}
      ${words ? html`<p>${words}</p>` : nothing}${todo ? html`<p class="todo">${todo}</p>` : nothing}${actions}</div></li>`;
}
