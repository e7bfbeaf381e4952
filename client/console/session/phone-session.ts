import type { CallbackOutcome, RepStatus } from '../../../shared/domain.ts';
import type { CallId, OfferId, QueueId, RepId } from '../../../shared/ids.ts';
import type { Answers, HeldBy, RequestInput, RequestType } from '../../../shared/protocol.ts';
import type { BlockWish } from '../../../shared/settings.ts';
import { signalingPath } from '../../../shared/signaling-path.ts';
import type { RepView } from '../../../shared/views.ts';
import { loadPrefs, savePrefs } from '../../ui/prefs.ts';
import { type ConnectionState, SignalingError } from '../../voice/connection.ts';
import { VoiceSession } from '../../voice/session.ts';
import { ServerClock } from './clock.ts';
import { type Effect, effects } from './effects.ts';
import { needsMedia } from './media.ts';
import { noSound, PhoneMedia } from './phone-media.ts';
import type { Busy, Notice, PhoneState } from './phone-state.ts';
import { sayHello } from './rep-hello.ts';
import { leaveSession, takeFormerSession } from './window-memory.ts';

export type PhoneOptions = {
  onChange: (state: PhoneState) => void;
  onEffects: (list: Effect[]) => void;
};

/**
 * The phone of one signed-in rep. It holds no call state of its own: what the rep does is in the view, what the rep wants
 * is asked of the server, and the sound follows the view.
 */
export class PhoneSession {
  readonly clock = new ServerClock();
  readonly #options: PhoneOptions;
  #state: PhoneState = {
    ...noSound,
    link: { state: 'connecting' },
    view: null,
    heldBy: 'this',
    busy: new Set(),
    statusWanted: null,
    notice: null,
  };
  #voice: VoiceSession<RepView>;
  readonly #media = new PhoneMedia({
    voice: () => (this.#closed ? undefined : this.#voice),
    view: () => this.#state.view,
    media: () => this.#state.media,
    onChange: sound => this.#set(sound),
  });
  /** The view that effects were last derived from; `null` while disconnected. */
  #seen: RepView | null = null;
  #closed = false;

  constructor(options: PhoneOptions) {
    this.#options = options;
    this.#voice = this.#makeVoice(takeFormerSession());
    addEventListener('pagehide', this.#left);
    addEventListener('pageshow', takeFormerSession);
  }

  get state(): PhoneState {
    return this.#state;
  }

  connect(): void {
    this.#voice.connect();
  }

  /** Ends everything this class started. May be called twice. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    removeEventListener('pagehide', this.#left);
    removeEventListener('pageshow', takeFormerSession);
    this.#voice.close();
    this.#media.stopMicrophone();
    this.#derive(null);
  }

  readonly #left = () => leaveSession(this.#voice.id);

  /** After a refusal: try once more. */
  connectAnew(): void {
    const { id } = this.#voice;
    this.#voice.close();
    this.#voice = this.#makeVoice(id);
    this.#set({ link: { state: 'connecting' }, notice: null });
    this.connect();
  }

  /** Bring the phone to this window; a talk goes on here. */
  takeOver(): Promise<void> {
    return this.#doing('take-over', () => this.#ask('session.take-over', {}));
  }

  /** Microphone and transports first, so that answering costs no handshake; then the status. */
  goAvailable(): Promise<void> {
    return this.#choosing('available', async () => {
      this.#set({ notice: null });
      // The microphone is that of the window with the phone, which opens it as soon as its view says so.
      if (!this.#holds) return this.#ask('rep.status', { status: 'available' });
      return (await this.#media.open()) && (await this.#ask('rep.status', { status: 'available' }));
    });
  }

  /** @param note one of the team's reasons to be away, or empty */
  setStatus(status: Exclude<RepStatus, 'available'>, note = ''): Promise<void> {
    return this.#choosing(status, () => this.#ask('rep.status', { status, note }));
  }

  accept(): Promise<void> {
    const work = this.#state.view?.work;
    if (work?.state !== 'ringing') return Promise.resolve();
    return this.#doing('accept', () => this.#accept(work.offerId));
  }

  /** From a window without the phone: the microphone first, since a call that cannot be talked in is better left to ring. */
  async #accept(offerId: OfferId): Promise<void> {
    const holds = this.#holds;
    if (!holds && !(await this.#media.openMicrophone())) return;
    const accepted = await this.#ask('offer.accept', { offerId });
    if (!holds && !(accepted && (await this.#ask('session.take-over', {})))) this.#media.stopMicrophone();
  }

  /** `reason`: one of the team's, or none. */
  decline(reason = ''): Promise<void> {
    const work = this.#state.view?.work;
    if (work?.state !== 'ringing') return Promise.resolve();
    return this.#doing('decline', () => this.#ask('offer.decline', { offerId: work.offerId, reason }));
  }

  /** Take a call that waits, whoever it would ring for next; the microphone first, since it is connected at once. */
  pickUp(callId: CallId): Promise<void> {
    return this.#doing('pick-up', async () => {
      this.#set({ notice: null });
      const taken = (await this.#media.open()) && (await this.#ask('queue.pick-up', { callId }));
      const { view } = this.#state;
      if (!taken && view && !needsMedia(view)) this.#media.close(this.#state.media);
    });
  }

  /** End somebody's wait, who reads that it was ended. */
  remove(callId: CallId): Promise<void> {
    return this.#doing('remove', () => this.#ask('queue.remove', { callId }));
  }

  /** Take no more calls from whoever made that one. Rejects with `SignalingError`. */
  async block(wish: BlockWish): Promise<void> {
    await this.#voice.request('caller.block', wish);
  }

  /** The missed calls up to then have been seen. */
  async missedSeen(at: number): Promise<void> {
    await this.#ask('missed.seen', { at });
  }

  /** The way to the server, at once. */
  reconnect(): void {
    this.#voice.hurry();
  }

  toggleMute(): Promise<void> {
    const work = this.#state.view?.work;
    if (work?.state !== 'talking') return Promise.resolve();
    // The microphone is silenced here at once; the view follows when the server knows.
    return this.#doing('mute', () =>
      this.#holds ? this.#voice.setMuted(!work.muted) : this.#ask('leg.mute', { muted: !work.muted }),
    );
  }

  /** The shopper on hold, or back. */
  toggleHold(): Promise<void> {
    const work = this.#state.view?.work;
    if (work?.state !== 'talking' || work.transfer) return Promise.resolve();
    const { call, onHoldSince } = work;
    return this.#doing('hold', () =>
      this.#ask('call.hold', { callId: call.callId, hold: onHoldSince === null }),
    );
  }

  hangUp(): Promise<void> {
    const work = this.#state.view?.work;
    if (work?.state !== 'talking' && work?.state !== 'calling-back') return Promise.resolve();
    // There is no such button while a colleague is rung, and a key does what a button does.
    if (work.state === 'talking' && work.transfer) return Promise.resolve();
    return this.#doing('hang-up', () => this.#ask('call.hang-up', { callId: work.call.callId }));
  }

  /** Send the talk on, to another queue or to a colleague, who is rung; whoever answers reads the note. */
  transfer(to: { queueId: QueueId } | { repId: RepId }, note: string): Promise<void> {
    return this.#sendOn(callId =>
      'repId' in to
        ? this.#ask('call.transfer-to-rep', { callId, ...to, note })
        : this.#ask('call.transfer', { callId, ...to, note }),
    );
  }

  /** Ring the colleague no more, and talk on. */
  takeBack(): Promise<void> {
    return this.#sendOn(callId => this.#ask('call.take-back', { callId }));
  }

  #sendOn(ask: (callId: CallId) => Promise<boolean>): Promise<void> {
    const work = this.#state.view?.work;
    if (work?.state !== 'talking') return Promise.resolve();
    return this.#doing('transfer', () => ask(work.call.callId));
  }

  /** To whom the talk can be sent on; nobody where that cannot be asked. */
  async colleagues(): Promise<Answers['call.colleagues']['colleagues']> {
    const work = this.#state.view?.work;
    if (work?.state !== 'talking') return [];
    try {
      return (await this.#voice.request('call.colleagues', { callId: work.call.callId })).colleagues;
    } catch (error) {
      this.#requestFailed(error);
      return [];
    }
  }

  /** Tell what came of dialling. */
  callbackOutcome(outcome: CallbackOutcome): Promise<void> {
    const work = this.#state.view?.work;
    if (work?.state !== 'calling-back') return Promise.resolve();
    const { callId } = work.call;
    return this.#doing('hang-up', () => this.#ask('callback.outcome', { callId, outcome }));
  }

  finishWrapUp(note: string): Promise<void> {
    return this.#doing('finish', () => this.#ask('wrap-up.finish', { note: note.trim() }));
  }

  /** Use another microphone from now on; '' is the system's default. Rejects with `MicrophoneError`. */
  async useMicrophone(microphoneId: string): Promise<void> {
    savePrefs({ microphoneId });
    if (await this.#media.change(microphoneId)) this.#set({ notice: null });
  }

  /** Of the microphone, while that is open; whoever takes it stops it. */
  copyMicrophone(): MediaStreamTrack | undefined {
    return this.#media.copyMicrophone();
  }

  async useSpeaker(speakerId: string): Promise<void> {
    savePrefs({ speakerId });
    await this.#voice.setSpeaker(speakerId);
  }

  /** Try again to open the audio that the view asks for, after it failed. */
  async retryMedia(): Promise<void> {
    this.#set({ notice: null });
    await this.#media.open();
  }

  /** From a click, after `silenced`. */
  async play(): Promise<void> {
    this.#set({ silenced: false });
    await this.#voice.leg?.play();
  }

  dismissNotice(): void {
    this.#set({ notice: null });
  }

  get #holds(): boolean {
    return this.#state.heldBy === 'this';
  }

  #makeVoice(resumes: string | undefined): VoiceSession<RepView> {
    const prefs = loadPrefs();
    let welcomed = false;
    const voice: VoiceSession<RepView> = new VoiceSession<RepView>({
      url: `${location.origin.replace(/^http/, 'ws')}${signalingPath}`,
      hello: sayHello,
      resumes,
      onConnection: state => mine(() => this.#connectionChanged(state)),
      onHello: () => {
        welcomed = true;
      },
      onView: (view, heldBy) =>
        mine(() => {
          const first = welcomed;
          welcomed = false;
          this.#viewArrived(view, heldBy, first);
        }),
      onRefused: error => mine(() => this.#refused(error)),
      onLeg: leg => mine(() => this.#media.legChanged(leg)),
      onSilenced: () => mine(() => this.#set({ silenced: true })),
      onMicrophoneLost: () => mine(() => void this.#microphoneLost()),
      onMicrophone: microphone => mine(() => this.#set({ microphone })),
    });
    // A voice session that was given up may still have something to say; nobody listens any more.
    const mine = (act: () => void) => {
      if (voice === this.#voice && !this.#closed) act();
    };
    void voice.setSpeaker(prefs.speakerId);
    return voice;
  }

  #connectionChanged(state: ConnectionState): void {
    switch (state) {
      case 'open':
        return;
      case 'connecting':
        this.#set({ link: { state: 'connecting' } });
        return;
      case 'reconnecting':
        this.#set({ link: { state: 'reconnecting', lostAt: this.clock.now() } });
        this.#derive(null);
        return;
      case 'closed':
        this.#derive(null);
        return;
    }
    state satisfies never;
  }

  #viewArrived(view: RepView, heldBy: HeldBy, first: boolean): void {
    this.clock.sync(view.serverTime);
    const { view: before, heldBy: heldBefore } = this.#state;
    const holds = heldBy === 'this';
    const decided =
      first || view.status === this.#state.statusWanted || view.statusSince !== before?.statusSince;
    if (view.storeDown) {
      this.#set({ link: { state: 'reconnecting', lostAt: this.clock.now(), store: true } });
      this.#derive(null);
      return;
    }
    this.#media.viewed(view, first);
    this.#set({ view, heldBy, link: { state: 'online' }, ...(decided ? { statusWanted: null } : {}) });
    this.#derive(holds ? view : null);
    if (!holds) {
      // One that was opened to answer a call here goes on until the phone has come along.
      if (heldBefore === 'this' || !this.#state.busy.has('accept')) this.#media.close();
      return;
    }
    if (!needsMedia(view)) {
      // While going available the media comes before the status: do not take it away again.
      if (
        this.#media.isMicrophoneOpen &&
        !this.#media.isOpening &&
        this.#state.statusWanted !== 'available' &&
        !this.#state.busy.has('pick-up')
      )
        this.#media.close();
      return;
    }
    // After a reload there is no leg here, nor when the phone has come from another window, or one of those chose
    // the status. One that was lost meanwhile is told by `leg-lost`, and opened anew by the voice session; one whose
    // opening broke off is neither.
    const begins = first || heldBefore !== 'this' || !before || !needsMedia(before);
    if (begins && !this.#media.isOpening && (!this.#voice.leg || this.#state.media.state === 'failed'))
      void this.#restoreMedia();
    // Each call starts with an open microphone, whatever the last one ended with.
    if (view.work.state !== 'talking' && this.#voice.leg?.muted)
      void this.#voice.setMuted(false).catch(ignore);
  }

  #derive(view: RepView | null): void {
    const list = effects(this.#seen, view);
    this.#seen = view;
    if (list.length) this.#options.onEffects(list);
  }

  #refused(error: SignalingError): void {
    this.#media.close();
    if (error.code === 'sign-in-needed') this.#set({ link: { state: 'refused', why: 'sign-in-needed' } });
    else if (error.code === 'unsupported-version') this.#set({ link: { state: 'refused', why: 'version' } });
    else this.#set({ link: { state: 'refused', why: 'other' } });
  }

  /** The view needs audio that is not there: open it silently, and be away rather than silent if it fails. */
  async #restoreMedia(): Promise<void> {
    if (await this.#media.open()) return;
    const { link, view } = this.#state;
    if (link.state !== 'online' || !view || view.status !== 'available') return;
    await this.#ask('rep.status', { status: 'away' });
  }

  async #microphoneLost(): Promise<void> {
    const talking = this.#state.view?.work.state === 'talking';
    // Another one, if there is one, keeps the two people talking.
    const changed = talking ? await this.#media.change('').catch(() => null) : null;
    if (changed) this.#set({ notice: { about: 'mic-switched' } });
    // Unless another one is on its way already, or none is wanted any more.
    if (changed !== null) return;
    this.#set({ notice: { about: talking ? 'mic-lost-in-call' : 'mic-lost' } });
    if (this.#state.view?.status === 'available') await this.#ask('rep.status', { status: 'away' });
  }

  /** A choice counts from the click on: until a view confirms or overrules it, or `act` says that it failed. */
  #choosing(statusWanted: RepStatus, act: () => Promise<boolean>): Promise<void> {
    return this.#doing('status', async () => {
      this.#set({ statusWanted });
      const done = await act();
      if (!done || this.#state.view?.status === statusWanted) this.#set({ statusWanted: null });
    });
  }

  async #doing(what: Busy, act: () => Promise<unknown>): Promise<void> {
    if (this.#state.busy.has(what)) return;
    this.#set({ busy: new Set([...this.#state.busy, what]) });
    try {
      await act();
    } catch (error) {
      this.#requestFailed(error);
    } finally {
      this.#set({ busy: new Set([...this.#state.busy].filter(other => other !== what)) });
    }
  }

  /** A request whose answer is in the next view; what goes wrong becomes a notice, and `false`. */
  async #ask<T extends RequestType>(type: T, data: RequestInput<T>): Promise<boolean> {
    try {
      await this.#voice.request(type, data);
      return true;
    } catch (error) {
      this.#requestFailed(error);
      return false;
    }
  }

  #requestFailed(error: unknown): void {
    if (!(error instanceof SignalingError)) throw error;
    // The call ended while the request was on its way: the view says so.
    if (error.code === 'not-in-call' || error.code === 'not-found') return;
    // The second click of a double click on "Accept".
    if (error.code === 'offer-gone' && this.#state.view?.work.state === 'talking') return;
    this.tellFailed(error.code);
  }

  /** Until the next thing that is told. */
  tellFailed(code: Extract<Notice, { about: 'request' }>['code']): void {
    this.#set({ notice: { about: 'request', code } });
  }

  #set(change: Partial<PhoneState>): void {
    this.#state = { ...this.#state, ...change };
    if (!this.#closed) this.#options.onChange(this.#state);
  }
}

const ignore = () => undefined;
