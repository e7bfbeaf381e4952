import type { TemplateResult } from 'lit';
import type { SiteSheet } from '../../../shared/api/sites.ts';
import { ask } from '../../ui/api.ts';
import { commonTexts } from '../../ui/texts.ts';
import { textInput } from '../form/controls.ts';
import { type Problem, problemOf } from '../form/problem.ts';
import { adminTexts } from '../texts.ts';
import { FirstRunStepElement } from './step.ts';

/** What the shop is called. Fires `site` with the shop when it has changed, or is new. */
export class RepFirstShop extends FirstRunStepElement {
  static override properties = { name: { state: true }, problem: { state: true } };
  /** Null while nothing was typed. */
  declare name: string | null;
  declare problem: Problem | null;

  constructor() {
    super();
    this.name = null;
    this.problem = null;
  }

  get #name(): string {
    return this.name ?? this.context.site?.name ?? '';
  }

  protected override render(): TemplateResult {
    return textInput({
      path: 'name',
      label: adminTexts.shopName,
      problem: this.problem,
      maxLength: 80,
      value: this.#name,
      set: name => {
        this.name = name;
      },
    });
  }

  override async save(): Promise<boolean> {
    const { site, accountId } = this.context;
    const name = this.#name;
    if (site?.name === name) return true;
    this.problem = null;
    try {
      const saved = site
        ? await ask('PATCH /api/sites/:siteId', { params: { siteId: site.id }, body: { name } })
        : await ask('POST /api/sites', { body: { name, queue: commonTexts.firstQueue, accountId } });
      this.dispatchEvent(new CustomEvent<SiteSheet>('site', { detail: saved.site }));
      return true;
    } catch (error) {
      const problem = problemOf(error);
      if (problem.field !== 'name') throw error;
      this.problem = problem;
      await this.updateComplete;
      this.renderRoot.querySelector<HTMLElement>('input')?.focus();
      return false;
    }
  }
}

customElements.define('rep-first-shop', RepFirstShop);
