import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import type { FirstRun } from '../../../shared/api/first-run.ts';
import type { Rep } from '../../../shared/api/people.ts';
import type { SiteSheet } from '../../../shared/api/sites.ts';
import type { RepStatus } from '../../../shared/domain.ts';
import { type FirstRunStep, firstRunSteps } from '../../../shared/first-run.ts';
import type { AccountId } from '../../../shared/ids.ts';
import { apiErrorText, ask } from '../../ui/api.ts';
import { icons } from '../../ui/icons.ts';
import { hashOf } from '../../ui/route.ts';
import { figure } from '../../ui/words.ts';
import { accountsRunBy } from '../accounts.ts';
import { choiceInput } from '../form/controls.ts';
import { PinnedTop } from '../look/pinned-top.ts';
import { adminTexts } from '../texts.ts';
import './address-step.ts';
import './code-step.ts';
import './hours-step.ts';
import './language-step.ts';
import './live-step.ts';
import './people-step.ts';
import './shop-step.ts';
import type { FirstRunStepElement, StepContext } from './step.ts';
import { firstRunStyles } from './styles.ts';
import './test-call-step.ts';
import { firstRunTexts as texts } from './texts.ts';

/** What makes a step done: what was entered, the owner's word, or what was seen. */
const kinds = {
  shop: 'entered',
  hours: 'entered',
  language: 'entered',
  people: 'said',
  address: 'seen',
  code: 'said',
  'test-call': 'seen',
  live: 'seen',
} as const satisfies Record<FirstRunStep, string>;

type Loaded = { runs: FirstRun[]; sites: SiteSheet[] };

/** An owner sets up the shop, step by step. What is put into it stands above, such as a call that rings. */
export class RepFirstRun extends LitElement {
  static override properties = {
    rep: { attribute: false },
    status: { attribute: false },
    loaded: { state: true },
    accountId: { state: true },
    problem: { state: true },
    busy: { state: true },
  };
  declare rep: Rep;
  /** Of the phone; null until it is known. */
  declare status: RepStatus | null;
  declare loaded: Loaded | null;
  declare accountId: AccountId | null;
  declare problem: string;
  declare busy: boolean;

  static override styles = firstRunStyles;

  constructor() {
    super();
    this.loaded = null;
    this.accountId = null;
    this.problem = '';
    this.busy = false;
    new PinnedTop(this);
  }

  /** What is entered in a step is a line or two. */
  get unsaved(): boolean {
    return false;
  }

  leave(): Promise<boolean> {
    return Promise.resolve(true);
  }

  async focusHeading(): Promise<void> {
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('#step, h1')?.focus();
  }

  protected override firstUpdated(_: PropertyValues): void {
    void this.#load();
  }

  async #load(): Promise<void> {
    this.problem = '';
    try {
      const [{ runs }, { sites }] = await Promise.all([ask('GET /api/first-run'), ask('GET /api/sites')]);
      this.loaded = { runs, sites };
      this.accountId = (runs.find(({ state }) => state === 'open') ?? runs[0])?.accountId ?? null;
    } catch (error) {
      this.problem = apiErrorText(error);
    }
    await this.focusHeading();
  }

  get #run(): FirstRun | undefined {
    return this.loaded?.runs.find(({ accountId }) => accountId === this.accountId);
  }

  get #site(): SiteSheet | null {
    return this.loaded?.sites.find(({ accountId }) => accountId === this.accountId) ?? null;
  }

  protected override render(): TemplateResult {
    const run = this.#run;
    return html`<div class="frame">
      <div class="above"><slot></slot></div>
      <main>${run ? this.#steps(run) : this.#none()}</main>
    </div>`;
  }

  #none(): TemplateResult {
    return html`<h1 tabindex="-1">${texts.title}</h1>
      ${
        this.problem
          ? html`<div class="note bad" role="alert">${icons.warning}<p>${this.problem}</p>
              <button class="button small" @click=${this.#load}>${adminTexts.tryAgain}</button></div>`
          : html`<p class="loading" role="status">${adminTexts.loading}</p>`
      }`;
  }

  #steps(run: FirstRun): TemplateResult {
    // Nothing else can be set up for a shop that is not there yet.
    const step = this.#site ? run.step : 'shop';
    const at = firstRunSteps.indexOf(step);
    const { title, why } = texts.of[step];
    return html`
      ${this.#accounts()}
      <div class="where"><h1>${texts.title}</h1><p>${texts.where({ step: at + 1, of: firstRunSteps.length })}</p></div>
      <nav aria-label=${texts.steps}><ol>${firstRunSteps.map((one, i) => this.#link(run, one, i, one === step))}</ol></nav>
      <section class="card group" data-step=${step} aria-labelledby="step">
        <div><h2 id="step" tabindex="-1">${title}</h2><p>${why}</p></div>
        ${keyed(`${this.accountId}/${step}`, this.#step(step, run))}
        <div role="alert" class="problem-place">${this.problem ? html`<div class="note bad">${icons.warning}<p>${adminTexts.notSaved({ why: this.problem })}</p></div>` : nothing}</div>
        <div class="ways">${this.#ways(step, at, run.done.includes(step))}</div>
      </section>
      <div class="out">
        <a class="link" href=${hashOf({ at: 'phone' })}>${texts.leave}</a>
        ${
          run.state === 'open'
            ? html`<button class="link" data-test="dismiss" @click=${() => this.#end('dismissed')}>${texts.dismiss}</button>
                <p class="hint">${texts.dismissHint}</p>`
            : nothing
        }
      </div>`;
  }

  /** Only where somebody runs several. */
  #accounts(): TemplateResult | typeof nothing {
    const runs = this.loaded?.runs ?? [];
    if (runs.length < 2) return nothing;
    const names = new Map(accountsRunBy(this.rep).map(({ id, name }) => [id, name]));
    return choiceInput({
      ...{ path: 'account', label: texts.whichAccount, problem: null, value: this.accountId ?? '' },
      choices: runs.map(({ accountId: value }) => ({ value, label: names.get(value) ?? value })),
      set: value => {
        this.accountId = value as AccountId;
      },
    });
  }

  #link(run: FirstRun, step: FirstRunStep, i: number, here: boolean): TemplateResult {
    const done = run.done.includes(step);
    const about = { n: i + 1, step: texts.of[step].title };
    const name = done ? texts.stepDone(about) : texts.stepOpen(about);
    return html`<li><button data-go=${step} aria-current=${here ? 'step' : nothing} aria-label=${name} title=${texts.of[step].title}
      aria-disabled=${this.#site || step === 'shop' ? 'false' : 'true'} ?data-done=${done} @click=${() => this.#go(step)}>
      <span class="number">${done ? icons.check : figure(i + 1)}</span></button></li>`;
  }

  #step(step: FirstRunStep, run: FirstRun): TemplateResult {
    const { accountId } = run;
    const context: StepContext = {
      ...{ accountId, site: this.#site, status: this.status, done: run.done.includes(step) },
    };
    const proven = () => this.#change({ done: step });
    switch (step) {
      case 'shop':
        return html`<rep-first-shop class="step" .context=${context} @site=${this.#siteChanged}></rep-first-shop>`;
      case 'hours':
        return html`<rep-first-hours class="step" .context=${context}></rep-first-hours>`;
      case 'language':
        return html`<rep-first-language class="step" .context=${context} @site=${this.#siteChanged}></rep-first-language>`;
      case 'people':
        return html`<rep-first-people class="step" .context=${context}></rep-first-people>`;
      case 'address':
        return html`<rep-first-address class="step" .context=${context} @proven=${proven}></rep-first-address>`;
      case 'code':
        return html`<rep-first-code class="step" .context=${context}></rep-first-code>`;
      case 'test-call':
        return html`<rep-first-test-call class="step" .context=${context} @proven=${proven}></rep-first-test-call>`;
      case 'live':
        return html`<rep-first-live class="step" .context=${context} @proven=${proven}></rep-first-live>`;
    }
    return step satisfies never;
  }

  #ways(step: FirstRunStep, at: number, done: boolean): TemplateResult {
    const last = at === firstRunSteps.length - 1;
    const seen = kinds[step] === 'seen';
    const words = last ? texts.finish : seen && !done ? texts.later : texts.next;
    return html`
      ${at > 0 ? html`<button class="button quiet" data-test="back" @click=${() => this.#go(firstRunSteps[at - 1]!)}>${texts.back}</button>` : nothing}
      <span class="room"></span>
      ${seen || last || !this.#site ? nothing : html`<button class="button quiet" data-test="later" @click=${() => this.#onward(at)}>${texts.later}</button>`}
      <button class="button ${seen && !done && !last ? '' : 'primary'}" data-test="next" aria-disabled=${this.busy ? 'true' : 'false'}
        @click=${() => this.#next(step, at)}>${this.busy ? html`<span class="spinner"></span>` : nothing}${words}</button>`;
  }

  async #next(step: FirstRunStep, at: number): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.problem = '';
    try {
      const kept = await this.renderRoot.querySelector<FirstRunStepElement>('.step')!.save();
      if (kept) await this.#onward(at, kinds[step] === 'seen' ? undefined : step);
    } catch (error) {
      this.problem = apiErrorText(error);
    }
    this.busy = false;
  }

  /** To the next step, or out of the first run. */
  async #onward(at: number, done?: Exclude<FirstRunStep, 'test-call'> | FirstRunStep): Promise<void> {
    const next = firstRunSteps[at + 1];
    if (!next) return this.#end('finished');
    await this.#change({ step: next, done });
    await this.focusHeading();
  }

  async #go(step: FirstRunStep): Promise<void> {
    if (!this.#site && step !== 'shop') return;
    await this.#change({ step });
    await this.focusHeading();
  }

  /** Shown at once, and kept on the server, where another device finds it. */
  async #change({ step, done }: { step?: FirstRunStep; done?: FirstRunStep | undefined }): Promise<void> {
    this.problem = '';
    const run = this.#run;
    if (!run || !this.loaded) return;
    this.#show({ ...run, step: step ?? run.step, done: done ? [...new Set([...run.done, done])] : run.done });
    // The server sees a test call by itself.
    const said = done === undefined || done === 'test-call' ? {} : { done };
    await this.#keep({ ...(step ? { step } : {}), ...said });
  }

  async #end(state: 'finished' | 'dismissed'): Promise<void> {
    if (await this.#keep({ state })) location.hash = hashOf({ at: 'phone' });
  }

  async #keep(body: {
    step?: FirstRunStep;
    done?: Exclude<FirstRunStep, 'test-call'>;
    state?: 'finished' | 'dismissed';
  }): Promise<boolean> {
    const query = this.accountId === null ? {} : { account: this.accountId };
    try {
      if (Object.keys(body).length > 0) this.#show(await ask('PATCH /api/first-run', { query, body }));
      return true;
    } catch (error) {
      this.problem = apiErrorText(error);
      return false;
    }
  }

  #show(run: FirstRun): void {
    const { loaded } = this;
    if (!loaded) return;
    const runs = loaded.runs.map(one => (one.accountId === run.accountId ? run : one));
    this.loaded = { ...loaded, runs };
  }

  readonly #siteChanged = ({ detail: site }: CustomEvent<SiteSheet>) => {
    if (!this.loaded) return;
    const others = this.loaded.sites.filter(({ id }) => id !== site.id);
    const before = this.loaded.sites.findIndex(({ id }) => id === site.id);
    this.loaded = {
      ...this.loaded,
      sites: before < 0 ? [...others, site] : this.loaded.sites.with(before, site),
    };
  };
}

customElements.define('rep-first-run', RepFirstRun);
