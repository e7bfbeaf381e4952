import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { PageReport, ReachReport, ServerNotice } from '../../../shared/api/server.ts';
import type { RefusedOrigin, SiteSheet } from '../../../shared/api/sites.ts';
import { apiErrorText, ask } from '../../ui/api.ts';
import { icons } from '../../ui/icons.ts';
import { loadRefusalWords } from '../../ui/refusals.ts';
import { hashOf } from '../../ui/route.ts';
import { base, buttons, card, fields, notes } from '../../ui/styles.ts';
import { list as listed } from '../../ui/words.ts';
import { adminStyles } from '../admin-styles.ts';
import { dateTime } from '../calls/call-time.ts';
import { textInput } from '../form/controls.ts';
import { type Problem, problemOf } from '../form/problem.ts';
import { AdminPage } from '../page.ts';
import {
  addressFinding,
  certificateFinding,
  dutyFindings,
  type Finding,
  healthFindings,
  noticeFinding,
  soundFinding,
} from './findings.ts';
import { tryTheSound } from './sound-trial.ts';
import { reachStyles } from './styles.ts';
import { reachTexts as texts } from './texts.ts';

type Checked = {
  report: ReachReport;
  shops: { site: SiteSheet; refused: RefusedOrigin[] }[];
  notices: ServerNotice[];
};

/** Whether shoppers reach the shop: each line good, to be looked at, or broken, with what to do. */
export class RepReachPage extends AdminPage<Checked> {
  static override properties: PropertyDeclarations = {
    sound: { state: true },
    url: { state: true },
    problem: { state: true },
    page: { state: true },
    said: { state: true },
    busy: { state: true },
  };
  /** Null while it is tried. */
  declare sound: Finding | null;
  declare url: string;
  declare problem: Problem | null;
  declare page: Finding | null;
  declare said: string;
  declare busy: boolean;

  static override styles = [base, card, buttons, fields, notes, adminStyles, reachStyles];

  constructor() {
    super();
    this.sound = null;
    this.url = '';
    this.problem = null;
    this.page = null;
    this.said = '';
    this.busy = false;
  }

  protected override async load(): Promise<Checked> {
    const [report, { sites }, { notices }] = await Promise.all([
      ask('GET /api/reach'),
      ask('GET /api/sites'),
      // The rest of the page is worth more than this.
      ask('GET /api/server-notices').catch(() => ({ notices: [] })),
      loadRefusalWords(),
    ]);
    const shops = await Promise.all(
      sites.map(async site => {
        const { refused } = await ask('GET /api/sites/:siteId/refused-origins', {
          params: { siteId: site.id },
        });
        return { site, refused };
      }),
    );
    if (!this.url) this.url = sites.flatMap(site => site.allowedOrigins)[0] ?? '';
    void this.#try(report);
    return { report, shops, notices };
  }

  protected override content({ report, shops, notices }: Checked): TemplateResult {
    const here = { ...hereNow(), isSecureContext };
    return html`
      <div class="head">
        <div><h1 tabindex="-1">${texts.title}</h1><p>${texts.lead}</p></div>
        <button class="button" @click=${() => this.reload()}>${texts.again}</button>
      </div>
      <ul class="card findings">
        ${[addressFinding(report, here), certificateFinding(report, here, report.serverTime)].map(finding => line(finding))}
        ${this.sound ? line(this.sound) : html`<li class="finding" data-is="trying"><span class="spinner"></span><div><h2>${texts.sound}</h2><p>${texts.checking}</p></div></li>`}
        ${healthFindings(report).map(finding => line(finding))}
        ${notices.map(notice => line(noticeFinding(notice)))}
      </ul>
      <section class="card group" aria-labelledby="duty">
        <h2 id="duty">${texts.duty}</h2>
        <ul class="findings">${dutyFindings(report).map(finding => line(finding, 3))}</ul>
      </section>
      <section class="card group" aria-labelledby="origins">
        <h2 id="origins">${texts.origins}</h2>
        <ul class="findings">${shops.map(({ site, refused }) => this.#origins(site, refused))}</ul>
        <div><a class="link" href=${hashOf({ at: 'shop' })}>${texts.toShop}</a></div>
      </section>
      ${this.#pageForm()}
      <p class="hidden" role="status">${this.said}</p>
    `;
  }

  #origins(site: SiteSheet, refused: RefusedOrigin[]): TemplateResult {
    const title = site.name;
    const list = site.allowedOrigins;
    return html`${
      list.length === 0
        ? line({ is: 'attention', title, words: texts.originsNone, todo: texts.originsNoneTodo }, 3)
        : line({ is: 'ok', title, words: texts.originsGood({ list: listed(list) }), todo: '' }, 3)
    }
    ${refused.map(
      ({ origin, count, lastAt }) => html`<li class="finding" data-is="attention">${icons.warning}
        <div><h3>${texts.asked({ origin })}</h3><p>${texts.askedOften({ count, at: dateTime(lastAt) })}</p>
          <p class="actions">
            <button class="button small primary" aria-label=${texts.allow({ origin })} @click=${() => this.#decide(site, origin, true)}>${texts.allowShort}</button>
            <button class="button small quiet" aria-label=${texts.notMine({ origin })} @click=${() => this.#decide(site, origin, false)}>${texts.notMineShort}</button>
          </p></div></li>`,
    )}`;
  }

  #pageForm(): TemplateResult {
    return html`<form class="card group" novalidate aria-labelledby="page" @submit=${this.#look}>
      <div><h2 id="page">${texts.page}</h2><p>${texts.pageLead}</p></div>
      ${textInput({
        path: 'url',
        label: texts.pageUrl,
        placeholder: 'https://shop.example/',
        problem: this.problem,
        maxLength: 2_000,
        address: true,
        value: this.url,
        set: url => {
          this.url = url;
        },
      })}
      <div><button class="button" aria-disabled=${this.busy ? 'true' : 'false'}>
        ${this.busy ? html`<span class="spinner"></span>` : nothing}${texts.look}</button></div>
      <ul class="findings" aria-live="polite">${this.page ? line(this.page, 3) : nothing}</ul>
    </form>`;
  }

  async #try(report: ReachReport): Promise<void> {
    this.sound = null;
    const here = { ...hereNow(), isSecureContext };
    this.sound = await tryTheSound().then(
      found => soundFinding(report, found, here),
      (error: unknown) => ({
        is: 'attention' as const,
        title: texts.sound,
        words: texts.noTrial,
        todo: apiErrorText(error),
      }),
    );
  }

  async #decide(site: SiteSheet, origin: string, allow: boolean): Promise<void> {
    try {
      const about = { params: { siteId: site.id }, body: { origin } };
      await (allow
        ? ask('POST /api/sites/:siteId/allowed-origins', about)
        : ask('POST /api/sites/:siteId/refused-origins/forget', about));
      this.said = allow ? texts.allowed({ origin }) : '';
      this.reload();
      await this.focusHeading();
    } catch (error) {
      this.said = apiErrorText(error);
    }
  }

  async #look(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (this.busy) return;
    this.busy = true;
    this.problem = this.page = null;
    try {
      this.page = pageFinding(await ask('POST /api/reach/page', { body: { url: this.url } }));
    } catch (error) {
      const problem = problemOf(error);
      this.problem = { ...problem, field: 'url' };
    }
    this.busy = false;
    await this.updateComplete;
    if (this.problem) this.renderRoot.querySelector<HTMLElement>('#field-url')?.focus();
  }
}

const hereNow = () => ({
  hostname: location.hostname,
  origin: location.origin,
  port: location.port,
  protocol: location.protocol,
});

const signs = { ok: icons.check, attention: icons.warning, broken: icons.cross } as const;

function line({ is, title, words, todo }: Finding, level: 2 | 3 = 2): TemplateResult {
  return html`<li class="finding" data-is=${is}>${signs[is]}
    <div>${level === 2 ? html`<h2><span class="hidden">${texts.verdict[is]} </span>${title}</h2>` : html`<h3><span class="hidden">${texts.verdict[is]} </span>${title}</h3>`}
      <p>${words}</p>${todo ? html`<p class="todo">${todo}</p>` : nothing}</div></li>`;
}

function pageFinding({ status, movedTo, microphone, hasButton, hasScript }: PageReport): Finding {
  const title = texts.page;
  if (movedTo !== null)
    return { is: 'attention', title, words: texts.pageMoved({ to: movedTo }), todo: texts.pageMovedTodo };
  if (status >= 400)
    return { is: 'broken', title, words: texts.pageStatus({ status: String(status) }), todo: '' };
  if (microphone === 'blocked')
    return { is: 'broken', title, words: texts.pageBlocks, todo: texts.pageBlocksTodo };
  if (!hasButton) return { is: 'attention', title, words: texts.pageNoButton, todo: texts.pageNoButtonTodo };
  if (!hasScript) return { is: 'attention', title, words: texts.pageNoScript, todo: texts.pageNoButtonTodo };
  return { is: 'ok', title, words: texts.pageGood, todo: '' };
}

customElements.define('rep-reach-page', RepReachPage);
