import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { Language } from '../../shared/i18n/languages.ts';
import type { Texts } from '../../shared/i18n/message.ts';
import { adopt } from './adopted-styles.ts';
import { painted } from './after-paint.ts';
import { type Chosen, placeOf } from './appearance.ts';
import { AppearanceStyles } from './appearance-styles.ts';
import { fetchAvailability, type Promised, unknown } from './availability.ts';
import { button } from './button.ts';
import type { CallContextInput } from './context.ts';
import { fetchInCall } from './fetch-in-call.ts';
import { HeadStart } from './head-start.ts';
import type { PanelModel, ReachabilityGuard, ShopperCall, VoiceWaves } from './in-call.ts';
import { watchLanguage } from './language.ts';
import { PageCall } from './page-call.ts';
import { resumeCall } from './resume-call.ts';
import { ownServer, serverOrigin } from './server-origin.ts';
import type { Screen } from './states.ts';
import { styles } from './styles.ts';
import { lookOf, watchColours } from './theme.ts';
import { raise } from './top-layer.ts';
import type { Viewer } from './viewer.ts';
import { Vocabulary } from './vocabulary.ts';

/** A visitor does not wait longer than this, ms, for a button that looks and speaks as the shop wants it. */
const patienceMs = 2_000;

/** The voice code, once it is here; all elements of the page share it. */
let inCall: typeof import('./in-call.ts') | undefined;

/**
 * `<talk-to-us site="…">`: one button with which a shopper talks to a person.
 *
 * Attributes: `site` (the site key), `server` (origin of the voice server; the script's own by default),
 * `queue` (id of the department), `name` (what the shop is called), `label` (words on the button), `lang` (the nearest around it by default),
 * `theme` (`light` or `dark`; `auto`, the default, follows the page's own colours), `inline` (stands where it is written, not in the corner),
 * `place` (`end` or `start`, the corner of the window, or `inline`), `shape` (`pill`, `rounded`, `square`, or `round`: the picture alone),
 * `service-worker` (address of the shop's own, which rings a closed page for callbacks).
 *
 * Properties: `context` (page, cart, name, fields: shown to the rep; page address and title are filled in).
 * Methods: `call()`, `hangUp()`, `mute(muted)`.
 *
 * @slot label - the words on the button
 * @slot icon - the picture on the button
 * @slot footer - under the panel, for example a link to the privacy notes
 *
 * @fires talk-to-us-before-call - cancelable, before anything happens
 * @fires talk-to-us-call - `{callId}`, the call is in line
 * @fires talk-to-us-answer - `{callId, repName}`
 * @fires talk-to-us-end - `{callId, reason, talkMs}`
 * @fires talk-to-us-error - `{problem}`, see `Problem` in `states.ts`
 *
 * Parts and custom properties: see `styles.ts`.
 *
 * For tests and styling from outside the host carries `data-state` (the name of a `Screen`), `data-reach`, `data-look`
 * (`light` or `dark`) and, on a problem screen, `data-problem`.
 */
export class TalkToUs extends LitElement {
  static override readonly styles = styles;
  static override readonly properties = {
    site: {},
    server: {},
    queue: {},
    name: {},
    label: {},
    theme: { reflect: true },
    inline: { type: Boolean, reflect: true },
    place: {},
    shape: {},
    appearance: { attribute: false },
    serviceWorker: { attribute: 'service-worker' },
    context: { attribute: false },
    promised: { state: true },
    loading: { state: true },
    stuck: { state: true },
  };

  declare site: string;
  declare server: string;
  declare queue: string;
  declare name: string;
  declare label: string;
  declare theme: string | undefined;
  declare inline: boolean;
  declare place: string;
  declare shape: string;
  /** What the shop has set, once it is known; what stands on the tag comes before it. */
  declare appearance: Chosen | undefined;
  declare serviceWorker: string;
  declare context: CallContextInput;
  declare promised: Promised;
  /** The voice code is being fetched. */
  declare loading: boolean;
  /** The voice code could not be fetched, so there is no panel to say it. */
  declare stuck: boolean;

  #page: PageCall | undefined;
  #waves: VoiceWaves | undefined;
  #ticker: ReturnType<typeof setInterval> | undefined;
  #focusNext: 'panel' | 'button' | undefined;
  #hadFocus = false;
  /** What the shop says is known, or waited for no longer. */
  #told = false;
  #stopWatching = () => {};
  readonly #appearanceStyles = new AppearanceStyles();
  readonly #headStart = new HeadStart();
  readonly #vocabulary = new Vocabulary(() => this.requestUpdate());
  #guard: ReachabilityGuard | undefined;
  readonly #viewer: Viewer = {
    element: this,
    queue: () => this.queue,
    wants: () => `${this.queue} ${this.#vocabulary.asked}`,
    serviceWorker: () => this.serviceWorker,
    vocabulary: () => this.#vocabulary,
    context: () => this.context,
    adopt: () => this.adoptedCallback(),
    changed: () => this.requestUpdate(),
    painted: () => this.updateComplete.then(painted),
    emit: (name, detail) => this.#emit(name, detail),
    back: () => {
      this.#look();
      this.#resumeCall();
    },
  };

  constructor() {
    super();
    this.site = this.queue = this.name = this.label = this.place = this.shape = this.serviceWorker = '';
    this.server = ownServer;
    this.inline = this.loading = this.stuck = false;
    this.context = {};
    this.promised = unknown;
  }

  /** Starts a call, as a click does. Resolves when the shopper is in line or has been told why not. */
  async call(): Promise<void> {
    if (this.#page?.live || !this.#emit('before-call')) return;
    if (!this.#page) await this.updateComplete;
    const ready = this.#ready();
    if (ready) this.#headStart.begin();
    const call = ready ?? (await this.#load());
    this.stuck = !call;
    if (!call) {
      this.#emit('error', { problem: 'loading' });
      return;
    }
    this.#show(true);
    await call.call();
  }

  /** Shows that screen without a call, to whoever chooses what it looks like. */
  async preview(screen: Screen): Promise<void> {
    const call = await this.#load();
    if (!call) return;
    call.screen = screen;
    this.#show(screen.name !== 'idle');
  }

  /** Ends the call or leaves the line. */
  hangUp(): void {
    this.#call?.hangUp();
  }

  /** Silences the shopper's microphone, or opens it again. */
  mute(muted: boolean): void {
    this.#call?.mute(muted);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.#page) {
      this.#page.join(this.#viewer);
      this.requestUpdate();
      this.#resumeCall();
    }
    document.addEventListener('visibilitychange', this.#look);
    const vocabulary = this.#vocabulary;
    const follow = () => {
      const before = `${vocabulary.asked}`;
      vocabulary.follow(this);
      if (this.#page && before !== `${vocabulary.asked}`) this.#look();
    };
    follow();
    const stopColours = watchColours(() => this.requestUpdate());
    const stopLanguage = watchLanguage(this, follow);
    this.#stopWatching = () => {
      stopColours();
      stopLanguage();
    };
    this.addEventListener('keydown', this.#key);
    for (const intent of ['pointerenter', 'pointerdown', 'focusin']) {
      this.addEventListener(intent, this.#intend, { passive: true });
    }
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('visibilitychange', this.#look);
    this.#stopWatching();
    // Moved within one task it has not left.
    queueMicrotask(() => {
      if (this.isConnected) return;
      this.#ticker = void clearInterval(this.#ticker);
      this.#guard?.stop();
      this.#waves?.stop();
      this.#page?.leave(this.#viewer);
    });
  }

  protected override scheduleUpdate(): Promise<unknown> | undefined {
    return this.#headStart.draw(() => super.scheduleUpdate());
  }

  protected override firstUpdated(): void {
    this.#resumeCall();
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('context')) this.#call?.contextChanged();
    // A call that is on goes on, whatever the page would have the next one ask for.
    const page = this.#page;
    if (changed.has('site') || changed.has('server') || !page) this.#moved();
    else if (changed.has('queue') && !page.live) {
      if (page.lead === this.#viewer) page.drop();
      this.#look();
    }
    // A call that ends while its window is small must not just vanish: how it ended is shown, focus stays put.
    const { name } = this.#screen;
    const over = name === 'ended' || name === 'problem';
    const { state } = this.dataset;
    // Nor must a page that rings keep its Answer button to itself.
    if (over ? state === 'waiting' || state === 'talking' : name === 'calling-back' && state === 'callback')
      this.#page!.open = true;
    this.#hadFocus = (this.renderRoot as ShadowRoot).activeElement !== null;
  }

  protected override render(): TemplateResult {
    const model = this.#model;
    const shown = this.#open && model;
    // Not before there are words in the visitor's language, and what the shop says and looks like is known.
    const t = (this.#told || !this.site) && this.#vocabulary.get('button');
    return html`
      ${t && (!shown || placeOf(this) === 'inline') ? this.#button(t) : nothing}
      ${shown ? inCall?.panel(model) : nothing}
      <div class="quiet" role="status" lang=${model?.t.tag ?? nothing} dir=${model?.t.direction ?? nothing}>${model && this.#screen.name !== 'idle' ? inCall?.announcement(model) : ''}</div>`;
  }

  protected override updated(): void {
    const screen = this.#screen;
    this.dataset.state = screen.name;
    this.dataset.reach = this.#promised.reach;
    this.dataset.look = lookOf(this);
    this.#appearanceStyles.update(this, this.renderRoot.querySelector('.quiet')!, () =>
      this.adoptedCallback(),
    );
    raise(this, this.renderRoot);
    if (screen.name === 'problem') this.dataset.problem = screen.problem;
    else delete this.dataset.problem;
    const talking = screen.name === 'talking';
    if (talking) this.#ticker ??= setInterval(() => this.requestUpdate(), 1_000);
    else this.#ticker = void clearInterval(this.#ticker);
    const page = this.#page!;
    if (page.live && page.lead === this.#viewer && this.isConnected) {
      this.#guard ??= new inCall!.ReachabilityGuard(this);
      this.#guard.watch(page);
    }
    this.#waves?.follow(this.renderRoot, talking && this.#open ? this.#call?.voice : undefined);
    // The button under somebody's finger may have gone with its screen; focus must not fall to the page.
    const lost = this.#hadFocus && (this.renderRoot as ShadowRoot).activeElement === null;
    if (lost) this.#focusNext ??= this.#open ? 'panel' : 'button';
    if (this.#focusNext) {
      this.renderRoot.querySelector<HTMLElement>(`[part=${this.#focusNext}]`)?.focus({ preventScroll: true });
      this.#focusNext = undefined;
    }
  }

  #resumeCall(): void {
    resumeCall(this.#page!, () => this.#load());
  }

  /** Another site or server, or the first one: what was known is about somebody else. */
  #moved(): void {
    this.#page?.leave(this.#viewer, true);
    this.promised = unknown;
    this.#told = false;
    setTimeout(this.#tell, patienceMs);
    this.#page = PageCall.of(serverOrigin(this.server), this.site, this.#viewer);
    this.adoptedCallback();
    this.#look();
  }

  get #call(): ShopperCall | undefined {
    return this.#page?.call;
  }

  /** The window is shown, and here. */
  get #open(): boolean {
    const page = this.#page;
    return page?.open === true && (page.standIn ?? page.lead) === this.#viewer;
  }

  get #screen(): Screen {
    return this.#call?.screen ?? { name: 'idle' };
  }

  /** What the socket says while there is one, else what was last asked. */
  get #promised(): Promised {
    const live = this.#page?.wanted === this.#viewer.wants() ? this.#call?.promised : undefined;
    return !live || live.reach === 'unknown' ? this.promised : live;
  }

  get #model(): PanelModel | undefined {
    if (!this.#call || !inCall) return undefined;
    const vocabulary = this.#vocabulary;
    const t = vocabulary.get('call');
    if (!t) return undefined;
    return {
      call: this.#call,
      t,
      vocabulary,
      promised: this.#promised,
      shop: this.name,
      onCollapse: () => this.#show(false),
      onClose: () => {
        this.#call?.dismiss();
        this.#show(false);
      },
    };
  }

  #button(t: Texts<'button'>): TemplateResult {
    const model = this.#model;
    const live = model && this.#page?.live ? inCall?.summary(model) : undefined;
    return button(t, this, this.#promised, live, this.#open && this.#call !== undefined, () =>
      live ? this.#show(true) : void this.call(),
    );
  }

  /** The voice code and the call, once. `undefined` when it could not be fetched. */
  async #load(): Promise<ShopperCall | undefined> {
    this.loading = !inCall;
    try {
      if (!inCall) this.#page?.openSocket();
      [inCall] = await Promise.all([inCall ?? fetchInCall(), this.#vocabulary.load('call')]);
      return this.#ready();
    } catch {
      // Told when there is a click to answer; until then it may yet work.
      return undefined;
    } finally {
      this.loading = false;
    }
  }

  /** The call, as long as nothing has to be fetched for it. */
  #ready(): ShopperCall | undefined {
    if (!inCall || !this.#vocabulary.get('call')) return undefined;
    this.#waves ??= new inCall.VoiceWaves();
    return this.#page?.ready(this.#viewer, inCall);
  }

  adoptedCallback(): void {
    adopt(this.renderRoot as ShadowRoot, [
      styles,
      ...(this.#page?.styles ?? []),
      this.#appearanceStyles.styles,
    ]);
  }

  #show(open: boolean): void {
    const page = this.#page!;
    page.open = open;
    if (page.standIn !== this.#viewer) page.lead = this.#viewer;
    page.changed();
    this.#focusNext = open ? 'panel' : 'button';
    if (!open) this.#look();
  }

  /** Without details it may be canceled: then it returns false. */
  #emit(name: string, detail?: object): boolean {
    const all = { detail, bubbles: true, composed: true, cancelable: !detail };
    return this.dispatchEvent(new CustomEvent(`talk-to-us-${name}`, all));
  }

  readonly #intend = (): void => {
    // Somebody who passes by must not take away what another element of this page shows.
    if (this.#screen.name === 'idle') void this.#load().then(call => call?.prepare());
  };

  readonly #look = (): void => {
    const vocabulary = this.#vocabulary;
    if (!this.site) vocabulary.settle();
    if (document.visibilityState !== 'visible' || !this.site) return;
    const asked = `${vocabulary.asked}`;
    void fetchAvailability(serverOrigin(this.server), this.site, this.queue, asked).then(promised => {
      // Meanwhile another language was asked for.
      if (asked !== `${vocabulary.asked}`) return;
      const { language, appearance } = promised;
      if (language !== this.promised.language) this.#call?.contextChanged();
      this.promised = { ...this.promised, ...promised };
      this.#tell(language, appearance);
    });
  };

  readonly #tell = (language?: Language, appearance: Chosen = {}): void => {
    // It keeps the look that it was drawn with: nobody sees it turn into another one.
    this.appearance ??= appearance;
    // A server that is away takes no words back.
    if (language || !this.#told) this.#vocabulary.settle(language);
    this.#told = true;
    this.requestUpdate();
  };

  readonly #key = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !this.#open) return;
    event.stopPropagation();
    if (!this.#page?.live) this.#call?.dismiss();
    this.#show(false);
  };
}

// The script may be on a page twice.
if (!customElements.get('talk-to-us')) customElements.define('talk-to-us', TalkToUs);

declare global {
  interface HTMLElementTagNameMap {
    'talk-to-us': TalkToUs;
  }
}
