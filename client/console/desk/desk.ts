import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { Rep } from '../../../shared/api/people.ts';
import type { BlockWish } from '../../../shared/settings.ts';
import { ask } from '../../ui/api.ts';
import { chooseLanguage } from '../../ui/language.ts';
import { type LoanAsked, loanAsked } from '../../ui/microphone-loan.ts';
import { loadPrefs } from '../../ui/prefs.ts';
import { hashOf, mayOpen, type Route, readRoute } from '../../ui/route.ts';
import { base, buttons, card, notes } from '../../ui/styles.ts';
import { whoIs } from '../../ui/who.ts';
import { loadWords } from '../../ui/words.ts';
import { TalkPresence } from '../../voice/talk-presence.ts';
import { fetchExtra } from '../extras.ts';
import { Alerts } from '../session/alerts.ts';
import type { Attention } from '../session/attention.ts';
import { showBadge } from '../session/badge.ts';
import type { Help } from '../session/help.ts';
import { actionFor, focusOf, keyOf } from '../session/keyboard.ts';
import { MicrophoneLoans } from '../session/microphone-loans.ts';
import { PhoneSession } from '../session/phone-session.ts';
import type { PhoneState } from '../session/phone-state.ts';
import { Ringer } from '../session/ringer.ts';
import { texts } from '../texts.ts';
import '../phone/call-card.ts';
import '../phone/phone.ts';
import '../screens/notice.ts';
import './attention-list.ts';
import './call-bar.ts';
import { deskStyles } from './desk-styles.ts';
import './header.ts';
import type { RepHeader } from './header.ts';
import './overview.ts';
import './settings-loader.ts';
import './waiting-list.ts';
import type { BlockAsk } from '../../ui/block/ask.ts';
import type { RepBlockDialog } from '../../ui/block/dialog.ts';
import type { RepPhone } from '../phone/phone.ts';
import { Navigation } from './navigation.ts';
import type { RepSettings } from './settings-loader.ts';
import type { RepShortcuts } from './shortcuts-dialog.ts';
import { doHelp, Watch } from './watch.ts';

/** Long enough for a screen reader to see the live region empty. */
const sayAfterMs = 20;

/** A refused ticket is tried again this often before the person is asked to sign in. */
const mostTicketRetries = 2;

/**
 * What a signed-in rep sees: phone, shopper, waiting list; or the settings, behind which the phone goes on. It owns
 * the phone session and the alerts and closes them. Fires `signed-out` and `sign-in-needed`.
 */
export class RepDesk extends LitElement {
  static override properties = {
    rep: { attribute: false },
    justSignedIn: { attribute: false },
    state: { state: true },
    soundBlocked: { state: true },
    accessChanged: { state: true },
    route: { state: true },
  };
  declare rep: Rep;
  /** The form that had the focus is gone: the phone takes it. */
  declare justSignedIn: boolean;
  declare state: PhoneState;
  declare soundBlocked: boolean;
  /** Of what the person may do, and they have not said to have seen it. */
  declare accessChanged: boolean;
  declare route: Route;

  readonly #presence = new TalkPresence();
  readonly #ringer = new Ringer();
  readonly #loans = new MicrophoneLoans();
  readonly #navigation = new Navigation(this, () => this.#settings);
  #session: PhoneSession | undefined;
  #alerts: Alerts | undefined;
  #watch: Watch | undefined;
  #ticketRetries = 0;
  /** To the first run; only once after signing in. */
  #led = false;
  #attention: Attention[] = [];

  static override styles = [base, card, buttons, notes, deskStyles];

  constructor() {
    super();
    this.soundBlocked = false;
    this.accessChanged = false;
    this.route = readRoute(location.hash);
    // Who has come to another page is left there.
    this.#led = this.route.at !== 'phone';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#alerts = new Alerts({ ringer: this.#ringer, say: text => this.#say(text) });
    this.#watch = new Watch(this.#alerts, (text, where) => this.#say(text, where));
    this.#session = new PhoneSession({
      onChange: state => this.#changed(state),
      onEffects: list => this.#alerts?.handle(list),
    });
    this.state = this.#session.state;
    void this.#ringer.useSpeaker(loadPrefs().speakerId);
    this.#ringer.addEventListener('change', this.#soundChanged);
    addEventListener('keydown', this.#keyPressed);
    addEventListener('pointerdown', this.#gesture, true);
    addEventListener('keydown', this.#gesture, true);
    this.addEventListener('block-caller', this.#asksToBlock);
    this.addEventListener(loanAsked, this.#lends);
    this.#session.connect();
    // Reps do not fetch it. Where it does not come, nobody is reminded.
    if (mayOpen(this.rep, { at: 'set-up' })) void this.#fetchReminder();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('keydown', this.#keyPressed);
    removeEventListener('pointerdown', this.#gesture, true);
    removeEventListener('keydown', this.#gesture, true);
    this.removeEventListener('block-caller', this.#asksToBlock);
    this.removeEventListener(loanAsked, this.#lends);
    this.#loans.recall();
    this.#ringer.removeEventListener('change', this.#soundChanged);
    this.#session?.close();
    this.#alerts?.close();
    this.#presence.follow(null);
    showBadge(null);
    void this.#ringer.close();
  }

  protected override render(): TemplateResult {
    const { link } = this.state;
    switch (link.state) {
      case 'refused':
        return link.why === 'version'
          ? html`<rep-notice .heading=${texts.versionTitle} .lead=${texts.versionLead} .action=${texts.reload}
              @act=${() => location.reload()}></rep-notice>`
          : html`<rep-notice .heading=${texts.unreachableTitle} .lead=${texts.unexpected} .action=${texts.tryAgain}
              @act=${() => this.#session?.connectAnew()}></rep-notice>`;
      case 'connecting':
      case 'online':
      case 'reconnecting':
        return this.#desk();
    }
    return link satisfies never;
  }

  #desk(): TemplateResult {
    const { view } = this.state;
    const { route } = this;
    const settings = route.at !== 'phone' && mayOpen(this.rep, route) ? route : null;
    const notes = this.#session
      ? html`<rep-attention .list=${this.#attention} .clock=${this.#session.clock} .busy=${this.state.busy}
          .online=${this.state.link.state === 'online'} ?compact=${settings !== null}
          @help=${this.#helped} @left=${this.#focusPage}></rep-attention>`
      : nothing;
    return html`
      <rep-header .rep=${this.rep} .inSettings=${settings !== null} ?inCall=${view?.work.state === 'talking'}
        @open-shortcuts=${this.#showShortcuts} @language-chosen=${this.#languageChosen}
        @sign-out=${this.#signOut}><rep-told .view=${view}></rep-told></rep-header>
      <div class="hidden" role="status" id="live"></div>
      <div class="hidden" role="alert" id="now"></div>
      ${
        settings
          ? html`<rep-settings .rep=${this.rep} .route=${settings} .status=${view?.status ?? null}
              @go-available=${() => this.#help({ do: 'go-available' })}
              @rep-changed=${({ detail }: CustomEvent<Rep>) => {
                this.rep = detail;
              }}>
              ${notes}
              ${
                view && this.#session
                  ? html`<rep-call-bar .session=${this.#session} .phone=${this.state} .work=${view.work}></rep-call-bar>`
                  : nothing
              }
            </rep-settings>`
          : nothing
      }
      <main ?hidden=${settings !== null}>
        <div class="banners" ?hidden=${this.#attention.length === 0}>${settings ? nothing : notes}</div>
        ${settings ? nothing : this.#reminder()}
        ${
          view && this.#session
            ? html`
                <rep-phone .session=${this.#session} .ringer=${this.#ringer} .phone=${this.state} .view=${view} .takeFocus=${this.justSignedIn}
                  @speaker-chosen=${(event: CustomEvent<string>) => this.#ringer.useSpeaker(event.detail)}></rep-phone>
                <rep-overview .rep=${this.rep} .view=${view} .clock=${this.#session.clock} ?online=${this.state.link.state === 'online'}>
                  ${
                    view.work.state === 'idle'
                      ? nothing
                      : html`<rep-call-card .call=${view.work.call} ?talking=${view.work.state === 'talking'}></rep-call-card>`
                  }
                  <rep-waiting .view=${view} .session=${this.#session} .phone=${this.state}
                    .mayBoost=${this.rep.may.includes('calls.boost')}></rep-waiting>
                </rep-overview>
              `
            : html`<div class="connecting">
                <h1 class="hidden">${texts.console}</h1>
                <span class="spinner"></span>
                <p role="status">${texts.connecting}</p>
              </div>`
        }
      </main>
      <rep-shortcuts></rep-shortcuts>
      <rep-block-dialog .block=${this.#block}></rep-block-dialog>
    `;
  }

  /** The words come first: the code uses them. Without it nobody is reminded. */
  async #fetchReminder(): Promise<void> {
    await loadWords('reminder')
      .then(() => import('./first-run-reminder.ts'))
      .catch(() => undefined);
  }

  /** Of the first run, which it looks up each time that somebody comes to the phone. */
  #reminder(): TemplateResult | typeof nothing {
    if (!mayOpen(this.rep, { at: 'set-up' })) return nothing;
    return html`<rep-first-run-reminder .lead=${this.justSignedIn && !this.#led}
      @led=${() => {
        this.#led = true;
        void this.#navigation.go({ at: 'set-up' });
      }}></rep-first-run-reminder>`;
  }

  #dialog<T extends Element>(name: string): T {
    return this.renderRoot.querySelector<T>(name)!;
  }

  protected override updated(changed: PropertyValues<this>): void {
    const before = changed.get('route') as Route | undefined;
    // Back from the settings: to the phone, as if it had just come onto the screen.
    if (before && before.at !== 'phone' && this.route.at === 'phone')
      void this.renderRoot.querySelector<RepPhone>('rep-phone')?.focusScreen();
  }

  get #settings(): RepSettings | null {
    return this.renderRoot.querySelector<RepSettings>('rep-settings');
  }

  protected override willUpdate(): void {
    const { state, soundBlocked, accessChanged } = this;
    const lostAt = state.link.state === 'reconnecting' ? state.link.lostAt : null;
    this.#attention = this.#watch?.look({ ...state, soundBlocked, accessChanged, lostAt }) ?? [];
  }

  readonly #helped = ({ detail }: CustomEvent<Help>) => this.#help(detail);

  #help(help: Help): void {
    const session = this.#session;
    const chooseMicrophone = () => this.#chooseMicrophone();
    const accessSeen = () => {
      this.accessChanged = false;
    };
    if (session) void doHelp(help, { session, ringer: this.#ringer, chooseMicrophone, accessSeen });
  }

  readonly #asksToBlock = async ({ detail: ask }: CustomEvent<BlockAsk>) => {
    if (!(await this.#fetched(() => import('../../ui/block/dialog.ts')))) return;
    const work = this.state.view?.work;
    const talking = work?.state === 'talking' && work.call.callId === ask.callId;
    void this.#dialog<RepBlockDialog>('rep-block-dialog').open(ask, talking);
  };

  async #showShortcuts(): Promise<void> {
    if (await this.#fetched(() => import('./shortcuts-dialog.ts')))
      void this.#dialog<RepShortcuts>('rep-shortcuts').open();
  }

  /** What few ask for comes when it is asked for; that it does not is told, and false. */
  async #fetched(part: () => Promise<unknown>): Promise<boolean> {
    const came = await fetchExtra(part);
    if (!came) this.#session?.tellFailed('not-fetched');
    return came;
  }

  async #languageChosen({ detail: language }: CustomEvent<string>): Promise<void> {
    if (await this.#navigation.mayLeave()) chooseLanguage(language);
    // The choice shows again what holds.
    else this.renderRoot.querySelector<RepHeader>('rep-header')?.requestUpdate();
  }

  readonly #lends = ({ detail }: LoanAsked) => {
    detail.answer = this.#loans.lend(this.#session?.copyMicrophone());
  };

  readonly #block = async (wish: BlockWish) => this.#session?.block(wish);

  async #chooseMicrophone(): Promise<void> {
    if (this.route.at !== 'phone') {
      if (!(await this.#navigation.go({ at: 'phone' }))) return;
      await this.updateComplete;
    }
    await this.renderRoot.querySelector<RepPhone>('rep-phone')?.chooseMicrophone();
  }

  /** What had the focus is gone: on to the page. */
  readonly #focusPage = () => {
    if (this.route.at === 'phone') void this.renderRoot.querySelector<RepPhone>('rep-phone')?.focusScreen();
    else void this.#settings?.focusHeading();
  };

  #changed(state: PhoneState): void {
    const before = this.state;
    this.state = state;
    this.#loans.follow(state.view);
    const { link } = state;
    if (state.view !== before.view || link !== before.link) this.#tellBrowser(state);
    if (before.view && state.view && before.view.access !== state.view.access) void this.#accessIsOther();
    if (link.state === 'online') this.#ticketRetries = 0;
    if (link.state === 'online' && before.link.state === 'reconnecting') this.#say(texts.reconnected);
    if (state.view?.status === 'available' && before.view?.status !== 'available') void this.#ringer.unlock();
    if (link.state === 'refused' && link.why === 'sign-in-needed') void this.#signInNeeded();
  }

  /** What the person may do is another thing now: menus and pages follow, whatever the phone does meanwhile. */
  async #accessIsOther(): Promise<void> {
    // Whoever may do nothing any more is signed out by the server.
    const answer = await ask('GET /api/rep/me').catch(() => null);
    if (!answer) return;
    this.rep = answer.rep;
    this.accessChanged = true;
    if (this.route.at === 'phone') return;
    if (mayOpen(this.rep, this.route)) void this.#settings?.renew();
    else {
      history.replaceState(null, '', hashOf({ at: 'phone' }));
      this.route = { at: 'phone' };
    }
  }

  /** Media keys, screen and icon follow what the phone does; the talk is that of the window which has it. */
  #tellBrowser({ view, link, heldBy }: PhoneState): void {
    if (view?.told) void fetchExtra(() => import('./told.ts'));
    const work = view?.work;
    const talks = work?.state === 'talking' && heldBy === 'this';
    this.#presence.follow(
      talks
        ? {
            title: whoIs(work.call),
            muted: work.muted,
            toggleMute: () => void this.#session?.toggleMute(),
            hangUp: () => void this.#session?.hangUp(),
          }
        : null,
    );
    showBadge(link.state === 'online' ? view : null);
  }

  /** A ticket can run out on a slow network while the sign-in is fine: ask before sending anybody away. */
  async #signInNeeded(): Promise<void> {
    if (this.#ticketRetries++ < mostTicketRetries) {
      const rep = await ask('GET /api/rep/me').then(
        answer => answer.rep,
        () => null,
      );
      if (rep) return this.#session?.connectAnew();
    }
    this.dispatchEvent(new Event('sign-in-needed'));
  }

  async #signOut(): Promise<void> {
    if (!(await this.#navigation.mayLeave())) return;
    this.#session?.close();
    // Signed out here even if the server did not hear it; the sign-in ends by itself.
    await ask('POST /api/rep/sign-out').catch(() => undefined);
    this.dispatchEvent(new Event('signed-out'));
  }

  /** Any click or key lets the browser play sound from then on, so that a later ring is heard. */
  readonly #gesture = () => {
    void this.#ringer.unlock();
  };

  readonly #soundChanged = () => {
    this.soundBlocked = this.#ringer.blocked;
  };

  readonly #keyPressed = (event: KeyboardEvent) => {
    const { view, link } = this.state;
    if (!view || !this.#session || link.state !== 'online' || event.defaultPrevented) return;
    // An open dialog has the keyboard to itself.
    if (event.composedPath().some(target => target instanceof HTMLDialogElement)) return;
    const press = {
      key: keyOf(event),
      ctrlKey: event.ctrlKey,
      metaKey: event.metaKey,
      altKey: event.altKey,
      repeat: event.repeat,
      focus: focusOf(event.composedPath()),
    };
    const action = actionFor(press, view.work.state, loadPrefs().letterKeys);
    if (!action) return;
    event.preventDefault();
    this.#dialog<RepPhone>('rep-phone').act(action);
  };

  /** The live region is emptied first, so that the same words are said again. */
  #say(text: string, where: 'live' | 'now' = 'live'): void {
    const live = this.renderRoot.querySelector(`#${where}`);
    if (!live) return;
    live.textContent = '';
    // A timer, since a hidden tab draws no frames, and it is there that a rep has to be told.
    setTimeout(() => {
      live.textContent = text;
    }, sayAfterMs);
  }
}

customElements.define('rep-desk', RepDesk);
