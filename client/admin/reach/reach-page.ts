import { html, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { ReachReport, ServerNotice } from '../../../shared/api/server.ts';
import type { RefusedOrigin, SiteSheet } from '../../../shared/api/sites.ts';
import { apiErrorText, ask } from '../../ui/api.ts';
import { icons } from '../../ui/icons.ts';
import { loadRefusalWords } from '../../ui/refusals.ts';
import { hashOf } from '../../ui/route.ts';
import { base, buttons, card, notes } from '../../ui/styles.ts';
import { list as listed } from '../../ui/words.ts';
import { adminStyles } from '../admin-styles.ts';
import { dateTime } from '../calls/call-time.ts';
import { type Finding, findingLine as line } from '../finding/line.ts';
import { findingStyles } from '../finding/styles.ts';
import '../live/live-button.ts';
import { liveTexts } from '../live/texts.ts';
import { AdminPage } from '../page.ts';
import {
  addressFinding,
  certificateFinding,
  dutyFindings,
  healthFindings,
  noticeFinding,
  soundFinding,
} from './findings.ts';
import { tryTheSound } from './sound-trial.ts';
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
    said: { state: true },
  };
  /** Null while it is tried. */
  declare sound: Finding | null;
  declare said: string;
  /** Where a shop is that may show the button. */
  #url = '';

  static override styles = [base, card, buttons, notes, adminStyles, findingStyles];

  constructor() {
    super();
    this.sound = null;
    this.said = '';
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
    this.#url = sites.flatMap(site => site.allowedOrigins)[0] ?? '';
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
      <section class="card group" aria-labelledby="page">
        <div><h2 id="page">${liveTexts.title}</h2><p>${liveTexts.lead}</p></div>
        <rep-live-button .url=${this.#url} @allowed=${() => this.reload()}></rep-live-button>
      </section>
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
}

const hereNow = () => ({
  hostname: location.hostname,
  origin: location.origin,
  port: location.port,
  protocol: location.protocol,
});

customElements.define('rep-reach-page', RepReachPage);
