import { html, nothing, type TemplateResult } from 'lit';
import type { SiteSheet } from '../../../shared/api/sites.ts';
import { linesInput, numberInput, textInput } from '../form/controls.ts';
import type { Problem } from '../form/problem.ts';
import { unitWord } from '../form/times.ts';
import { adminTexts as texts } from '../texts.ts';
import type { SiteDraft } from './site-draft.ts';

type SiteForm = {
  site: SiteSheet;
  draft: SiteDraft;
  /** Its paths begin with the id of the shop. */
  problem: Problem | null;
  /** There are others to tell it from. */
  several: boolean;
  /** Whose it is; empty where all are of one account. */
  account: string;
  /** Languages and own words. */
  languages: TemplateResult | typeof nothing;
  set: (change: Partial<SiteDraft>) => void;
};

/** One shop: its name, its addresses, the code of the button, and what is kept for how long. */
export function siteForm({
  site,
  draft,
  problem,
  several,
  account,
  languages,
  set,
}: SiteForm): TemplateResult {
  const { id } = site;
  const { retention } = draft;
  return html`<section class="shop" aria-label=${site.name}>
    ${several ? html`<h2 id="shop-${id}">${[site.name, account].filter(Boolean).join(' · ')}</h2>` : nothing}
    <div class="card group">
      ${textInput({
        path: `${id}.name`,
        label: texts.shopName,
        hint: texts.shopNameHint,
        problem,
        maxLength: 80,
        value: draft.name,
        set: name => set({ name }),
      })}
      ${linesInput({
        path: `${id}.allowedOrigins`,
        label: texts.origins,
        hint: texts.originsHint,
        problem: wholeList(problem, `${id}.allowedOrigins`),
        rows: 4,
        placeholder: 'https://shop.example',
        value: draft.origins,
        set: origins => set({ origins }),
      })}
    </div>
    <section class="card group" aria-labelledby="snippet-${id} shop-${id}">
      <div><h2 id="snippet-${id}">${texts.snippet}</h2><p>${texts.snippetLead}</p></div>
      <rep-shop-code .siteKey=${site.key} .of=${several ? site.name : ''}></rep-shop-code>
    </section>
    ${languages}
    <section class="card group" aria-labelledby="retention-${id} shop-${id}">
      <div><h2 id="retention-${id}">${texts.retention}</h2><p>${texts.retentionLead}</p></div>
      <div class="grid">
        ${(['callDays', 'personalDays'] as const).map(which =>
          numberInput({
            path: `${id}.retention.${which}`,
            label: texts[which],
            hint: texts[`${which}Hint`],
            problem,
            value: retention[which],
            min: 1,
            max: 3650,
            unit: unitWord(retention[which], 'day'),
            set: value => set({ retention: { ...retention, [which]: value } }),
          }),
        )}
      </div>
    </section>
  </section>`;
}

/** The server names the line; all lines are one input. */
const wholeList = (problem: Problem | null, path: string): Problem | null =>
  problem?.field.startsWith(`${path}.`) ? { ...problem, field: path } : problem;
