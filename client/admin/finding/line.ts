import { html, nothing, type TemplateResult } from 'lit';
import { icons } from '../../ui/icons.ts';
import { verdicts } from './texts.ts';

/** What an owner is told about one thing. `broken`: shoppers cannot call. `attention`: some cannot, or will not for long. */
export type Finding = {
  is: 'ok' | 'attention' | 'broken';
  title: string;
  words: string;
  /** What to do; empty when there is nothing to do. */
  todo: string;
};

const signs = { ok: icons.check, attention: icons.warning, broken: icons.cross } as const;

/** One line of a list of the class `findings`. `level`: of its heading; `actions`: what can be done about it here. */
export function findingLine(
  { is, title, words, todo }: Finding,
  level: 2 | 3 = 2,
  actions: TemplateResult | typeof nothing = nothing,
): TemplateResult {
  const name = html`<span class="hidden">${verdicts[is]} </span>${title}`;
  return html`<li class="finding" data-is=${is}>${signs[is]}
    <div>${level === 2 ? html`<h2>${name}</h2>` : html`<h3>${name}</h3>`}
      ${words ? html`<p>${words}</p>` : nothing}${todo ? html`<p class="todo">${todo}</p>` : nothing}${actions}</div></li>`;
}
