import { html, type TemplateResult } from 'lit';
import type { SiteSheet } from '../../../../shared/admin.ts';
import { base, buttons, card, fields, notes } from '../../look/styles.ts';
import { adminStyles } from '../admin-styles.ts';
import '../code.ts';
import { linesInput, numberInput, textInput } from '../form/controls.ts';
import { changed } from '../form/draft.ts';
import { FormPage } from '../form/form-page.ts';
import type { Problem } from '../form/problem.ts';
import { requests } from '../requests.ts';
import { linesOf, snippet } from '../snippet.ts';
import { adminTexts as texts } from '../texts.ts';

/** `origins`: as typed, one a line. */
type Draft = Pick<SiteSheet, 'name' | 'retention'> & { origins: string };

const draftOf = ({ name, retention, allowedOrigins }: SiteSheet): Draft => ({
  name,
  retention,
  origins: allowedOrigins.join('\n'),
});

/** One shop: its name, its addresses, the code of the button, and what is kept for how long. */
export class RepSiteForm extends FormPage<Draft> {
  static override properties = { site: { attribute: false } };
  declare site: SiteSheet;

  static override styles = [base, card, buttons, fields, notes, adminStyles];

  protected override load(): Promise<Draft> {
    return Promise.resolve(draftOf(this.site));
  }

  protected override async store(draft: Draft, before: Draft): Promise<Draft> {
    const { origins, ...change } = changed(before, draft);
    return draftOf(
      await requests.changeSite(this.site.id, {
        ...change,
        ...(origins === undefined ? {} : { allowedOrigins: linesOf(origins) }),
      }),
    );
  }

  protected override form(draft: Draft): TemplateResult {
    const { problem } = this;
    const { retention } = draft;
    const { callDays, personalDays } = retention;
    return html`
      <div class="card group">
        ${textInput({
          path: 'name',
          label: texts.shopName,
          hint: texts.shopNameHint,
          problem,
          maxLength: 80,
          value: draft.name,
          set: name => this.change({ name }),
        })}
        ${linesInput({
          path: 'allowedOrigins',
          label: texts.origins,
          hint: texts.originsHint,
          problem: wholeList(problem),
          rows: 4,
          placeholder: 'https://shop.example',
          value: draft.origins,
          set: origins => this.change({ origins }),
        })}
      </div>
      ${this.#snippet()}
      <section class="card group" aria-labelledby="retention">
        <div><h2 id="retention">${texts.retention}</h2><p>${texts.retentionLead}</p></div>
        <div class="grid">
          ${numberInput({
            path: 'retention.callDays',
            label: texts.callDays,
            hint: texts.callDaysHint,
            problem,
            value: callDays,
            min: 1,
            max: 3650,
            unit: texts.days,
            set: value => this.change({ retention: { ...retention, callDays: value } }),
          })}
          ${numberInput({
            path: 'retention.personalDays',
            label: texts.personalDays,
            hint: texts.personalDaysHint,
            problem,
            value: personalDays,
            min: 1,
            max: 3650,
            unit: texts.days,
            set: value => this.change({ retention: { ...retention, personalDays: value } }),
          })}
        </div>
      </section>
    `;
  }

  #snippet(): TemplateResult {
    return html`<section class="card group" aria-labelledby="snippet">
      <div><h2 id="snippet">${texts.snippet}</h2><p>${texts.snippetLead}</p></div>
      <rep-code .label=${texts.snippetLabel} .make=${(address: string) => snippet(address, this.site.key)}></rep-code>
    </section>`;
  }
}

/** The server names the line; all lines are one input. */
const wholeList = (problem: Problem | null): Problem | null =>
  problem?.field.startsWith('allowedOrigins.') ? { ...problem, field: 'allowedOrigins' } : problem;

customElements.define('rep-site-form', RepSiteForm);
