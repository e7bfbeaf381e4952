import type { MicrophoneState } from '../../shared/domain.ts';
import type { CallId, QueueId } from '../../shared/ids.ts';
import type { Answers, HeldBy, RequestInput, RequestType } from '../../shared/protocol.ts';
import type { ShopperView } from '../../shared/views.ts';
import { protocolVersion } from '../../shared/wire.ts';
import { SignalingError } from '../voice/connection.ts';
import { microphoneObstacle, microphonePermission, onDevicesChanged } from '../voice/devices.ts';
import type { Microphone } from '../voice/leg.ts';
import { VoiceSession } from '../voice/session.ts';
import type { Promised } from './availability.ts';
import type { CallHost } from './call-host.ts';
import { ContextSender } from './context-sender.ts';
import type { WayOut } from './diagnosis.ts';
import { Extras } from './extras.ts';
import { explain } from './load-diagnosis.ts';
import { isPassing, nextScreen } from './next-screen.ts';
import { problemOf } from './problem.ts';
import { ShopperMicrophone } from './shopper-microphone.ts';
import { isLive, type Problem, type Screen, type ScreenEvent } from './states.ts';

/** A shopper who only hovered does not keep a socket open for longer than this. */
const restMs = 60_000;
/** Shorter wobbles are nobody's business. */
const noticeMs = 800;

/** The attribute as the server wants it. */
const asked = (queue: string) => (queue || undefined) as QueueId | undefined;

/**
 * A shopper's call from click to end: owns the session and the microphone, and keeps `screen` true.
 * It draws nothing.
 */
export class ShopperCall {
  readonly host: CallHost;
  #session: VoiceSession<ShopperView> | undefined;
  readonly #microphone = new ShopperMicrophone();
  #looked: Promise<boolean> | undefined;
  #view: ShopperView | undefined;
  /** Grows with each call and each hang-up, so that what was begun for an older one can tell. */
  #attempt = 0;
  #busy = false;
  #hungUp: CallId | undefined;
  /** The server's clock minus this page's own, which no script sets and no step of the system's clock moves. */
  #clockOffset = 0;
  #restTimer: ReturnType<typeof setTimeout> | undefined;
  #noticeTimer: ReturnType<typeof setTimeout> | undefined;
  readonly #context: ContextSender;
  readonly #stopWatching: () => void;

  screen: Screen = { name: 'idle' };
  muted = false;
  reconnecting = false;
  silenced = false;
  microphoneLost = false;
  /** What is the matter with the microphone that is in use. */
  microphone: MicrophoneState = 'ok';
  /** The call is in another tab: shown and controlled here, heard there. */
  elsewhere = false;
  /** What else the shopper can do about the problem. */
  wayOut: WayOut | undefined;
  /** The shopper looks at how to be called back. */
  choosing = false;
  readonly extras: Extras;

  constructor(host: CallHost) {
    this.host = host;
    this.extras = new Extras(host, this);
    this.#context = new ContextSender(host, context => {
      if ((this.screen.name !== 'waiting' && this.screen.name !== 'talking') || this.elsewhere) return;
      this.#session?.request('call.context', { context }).catch(() => {});
    });
    const stop = onDevicesChanged(() => {
      if (this.microphoneLost) void this.findMicrophone();
    });
    const left = () => {
      host.memory.former = this.#session?.id;
    };
    addEventListener('pagehide', left);
    this.#stopWatching = () => {
      stop();
      removeEventListener('pagehide', left);
    };
  }

  /** Known while connected, else `unknown`. */
  get promised(): Promised {
    const view = this.#session?.connection === 'open' ? this.#view : undefined;
    return view && 'availability' in view
      ? { ...view, reach: view.availability }
      : { reach: 'unknown', opensAt: null, takesNumber: false, message: '' };
  }

  /** The server's clock, milliseconds. */
  get now(): number {
    return performance.now() + this.#clockOffset;
  }

  /** The rep's voice, for a moving wave. */
  get voice(): MediaStreamTrack | undefined {
    return this.#session?.leg?.voiceTracks[0];
  }

  /** Connects and loads, so that the click has nothing left to wait for. */
  prepare(): void {
    this.#looked = this.#microphone.look();
    if (this.#session && this.#session.connection !== 'closed') return;
    const { site, memory } = this.host;
    if (!site) return;
    // The call is in another tab or another element of this page: a passing pointer must not fetch it here.
    if (memory.inCall && !isLive(this.screen)) return;
    this.#session = new VoiceSession<ShopperView>({
      url: this.host.signalingUrl,
      socket: this.host.takeSocket(),
      hello: async () => ({
        protocolVersion,
        role: 'shopper',
        siteKey: site,
        queueId: asked(this.host.queue()),
        token: memory.token,
        languages: this.host.vocabulary().asked,
      }),
      resumes: this.#session?.id ?? memory.takeFormer(),
      onHello: answer => {
        memory.token = answer.token;
      },
      onView: (view, heldBy) => this.#see(view, heldBy),
      onMuted: muted => this.#set({ muted }),
      onMicrophone: microphone => this.#set({ microphone }),
      onConnection: () => this.#watchNetwork(),
      onLeg: () => this.#watchNetwork(),
      onRefused: error => {
        if (isLive(this.screen)) this.fail(problemOf(error));
      },
      onSilenced: () => this.#set({ silenced: true }),
      onMicrophoneLost: () => void this.findMicrophone(),
    });
    this.#session.connect();
    this.#rest();
  }

  /** From the click. Every outcome shows in `screen`; never throws. */
  async call(): Promise<void> {
    if (isLive(this.screen)) return;
    const attempt = ++this.#attempt;
    this.#apply({ type: 'call' });
    const { site, cutOff } = this.host;
    if (!site || cutOff()) return this.fail('not-set-up');
    // Who cannot speak here may leave a number.
    this.prepare();
    const obstacle = microphoneObstacle();
    if (obstacle) return this.fail(obstacle === 'forbidden' ? 'microphone-forbidden' : obstacle);
    await this.#attend(attempt, async session => {
      // One that needs no question opens beside the call, and nothing waits for it.
      let microphone: Microphone | undefined = this.#microphone.ready ? this.#openBeside() : undefined;
      const rtpCapabilities = session.loadedCapabilities ?? (await session.rtpCapabilities());
      if (!microphone)
        microphone = (await this.#looked) ? this.#openBeside() : await this.#getMicrophone(attempt);
      if (!microphone) return;
      const queueId = asked(this.host.queue());
      const { memory } = this.host;
      // Of two tabs that are clicked at once one makes the call, and the other shows it.
      let other: string | undefined;
      const started = await memory.inTurn(async holder => {
        if (holder !== memory.token) other = holder;
        if (attempt !== this.#attempt || other) return undefined;
        const context = this.#context.current;
        const answer = await session.request('call.start', { queueId, context, rtpCapabilities });
        if (attempt === this.#attempt) memory.shared = memory.token;
        return answer;
      });
      if (!started) return attempt === this.#attempt ? this.#showOther(other!) : undefined;
      const { callId, media } = started;
      if (attempt !== this.#attempt) return this.#sendHangUp(callId);
      memory.inCall = true;
      this.host.emit('call', { callId });
      await session.openLeg(media, microphone);
    });
  }

  /** Instead of waiting; without a number this page rings. Rejects with what to tell. */
  async callMeBack(phone?: string): Promise<Answers['callback.request']> {
    this.prepare();
    const context = this.#context.current;
    const queueId = asked(this.host.queue());
    const answer = await this.ask(
      'callback.request',
      phone === undefined ? { kind: 'page' } : { kind: 'phone', phone, queueId, context },
    );
    this.host.memory.inCall = true;
    this.choosing = false;
    // What stood in the way is behind us: what was left is shown instead.
    if (this.screen.name !== 'waiting') this.#apply({ type: 'rejoin' });
    if (this.#view?.state === 'callback') this.#apply({ type: 'view', view: this.#view });
    this.host.changed();
    return answer;
  }

  /** For whoever draws more than waiting and talking. */
  ask<T extends RequestType>(type: T, data: RequestInput<T>): Promise<Answers[T]> {
    return this.#session!.request(type, data);
  }

  /** Shows the call of another tab, if it is still on; whoever is left of several tabs goes on with it. */
  async follow(shared = this.host.memory.shared): Promise<void> {
    const { memory } = this.host;
    if (isLive(this.screen) || !shared) return;
    // From now on the same shopper as there.
    this.#session?.close();
    memory.token = shared;
    await this.rejoin();
    if (isLive(this.screen)) return;
    memory.shared = undefined;
    this.#apply({ type: 'dismiss' });
  }

  /** Instead of a second call. What another tab left behind when it crashed is no call. */
  async #showOther(token: string): Promise<void> {
    this.#apply({ type: 'dismiss' });
    await this.follow(token);
    if (this.screen.name === 'idle') await this.call();
  }

  /** Brings the call to this tab. */
  bringHere(): void {
    this.#session?.request('session.take-over', {}).catch(() => {});
  }

  /** This page rings, and the shopper answers. */
  async answerBack(callId: CallId): Promise<void> {
    const attempt = ++this.#attempt;
    await this.#attend(attempt, async session => {
      if (this.elsewhere) await session.request('session.take-over', {});
      const rtpCapabilities = await session.rtpCapabilities();
      const microphone = await this.#microphone.open();
      if (!microphone || attempt !== this.#attempt) return;
      const { media } = await session.request('callback.answer', { callId, rtpCapabilities });
      await session.openLeg(media, microphone);
    });
  }

  /** Shows or leaves the choice between waiting and being called back. */
  choose(choosing: boolean): void {
    this.choosing = choosing;
    this.extras.follow();
    this.host.changed();
  }

  /** A number may be left although nobody can take the call. */
  get takesNumber(): boolean {
    const { screen } = this;
    const over = screen.name === 'problem' ? screen.problem !== 'blocked' : screen.name === 'ended';
    return over && this.promised.takesNumber;
  }

  /** Takes up a call that the server still holds: after a reload, or when another tab had it. */
  async rejoin(): Promise<void> {
    const attempt = ++this.#attempt;
    this.#apply({ type: 'rejoin' });
    await this.#attend(attempt, async session => {
      await session.device();
      const view = this.#view;
      if (view?.state === 'callback' || view?.state === 'calling-back') this.#apply({ type: 'view', view });
      if (view?.state !== 'waiting' && view?.state !== 'talking') return;
      if (this.elsewhere) return this.#apply({ type: 'view', view });
      if (view.state === 'talking') this.muted = view.muted;
      const microphone = await this.#getMicrophone(attempt);
      if (!microphone) return;
      // Meanwhile somebody may have answered, or the call is over or went elsewhere.
      this.#apply({ type: 'view', view: this.#view! });
      if (!isLive(this.screen) || this.elsewhere) return;
      await session.setMuted(this.muted);
      // The rep sees where the shopper went.
      this.contextChanged();
      await session.requestLeg(microphone);
    });
  }

  /** The next step on a problem screen. */
  retry(): Promise<void> {
    if (this.screen.name === 'problem' && this.screen.problem === 'replaced') return this.rejoin();
    this.#apply({ type: 'dismiss' });
    return this.call();
  }

  /** Ends the call, leaves the line, or stops calling; at once here, as soon as possible there. */
  hangUp(): void {
    this.#attempt++;
    const view = this.#view;
    const live = view && 'callId' in view && view.state !== 'ended';
    this.#session?.closeLeg(live ? this.#sendHangUp(view.callId) : undefined);
    this.#apply({ type: 'hang-up', now: this.now });
  }

  /** Leaves the end or problem screen. A call that could not be taken up again is given up. */
  dismiss(): void {
    const view = this.#view;
    if (view && 'callId' in view && view.state !== 'ended') void this.#sendHangUp(view.callId);
    this.#attempt++;
    this.#apply({ type: 'dismiss' });
  }

  mute(muted: boolean): void {
    this.#set({ muted });
    const session = this.#session;
    (this.elsewhere ? session?.request('leg.mute', { muted }) : session?.setMuted(muted))?.catch(() => {});
  }

  /** Fades the music to that share of its loudness. */
  duck(level: number): void {
    this.#session?.leg?.duck('music', level);
  }

  /** From a click, where the browser refused to play sound without one. */
  listen(): void {
    this.#set({ silenced: false });
    this.#session?.leg?.play().catch(() => {});
  }

  /** Another microphone for one that went away. */
  async findMicrophone(): Promise<void> {
    try {
      const track = await this.#microphone.open();
      if (!track) return;
      await this.#session?.replaceTrack(track);
      this.#set({ microphoneLost: false });
    } catch {
      this.#set({ microphoneLost: isLive(this.screen) });
    }
  }

  /** The page changed what it tells about the visit. */
  contextChanged(): void {
    this.#context.changed();
  }

  /** The element is gone. The call is not hung up: it may be taken up by the next page. May be called twice. */
  close(): void {
    this.#attempt++;
    this.#stopWatching();
    clearTimeout(this.#restTimer);
    clearTimeout(this.#noticeTimer);
    this.#context.close();
    this.extras.close();
    this.#microphone.close();
    this.#session?.close();
    this.host.memory.release();
  }

  /** Runs one way into a call and shows whatever goes wrong on it, unless a newer one has begun. */
  async #attend(attempt: number, way: (session: VoiceSession<ShopperView>) => Promise<void>): Promise<void> {
    this.prepare();
    const session = this.#session!;
    this.#busy = true;
    try {
      await way(session);
    } catch (error) {
      if (attempt !== this.#attempt) return;
      if (error instanceof SignalingError && error.code === 'already-in-call') {
        await session.request('beat', {}).catch(() => {});
        return await this.rejoin();
      }
      const view = this.#view;
      const problem = problemOf(error);
      this.fail(problem);
      // Nobody should be answered who cannot speak. A weak network is another matter: the next view mends it.
      if (view?.state === 'waiting' && !isPassing(problem)) void this.#sendHangUp(view.callId);
    } finally {
      if (attempt === this.#attempt) this.#busy = false;
      this.#watchNetwork();
    }
  }

  /** Whoever waits for it is told why there is none. */
  #openBeside(): Promise<MediaStreamTrack | undefined> {
    const opening = this.#microphone.open();
    opening.catch(() => {});
    return opening;
  }

  /**
   * The microphone, without which no call is started. Where it was not allowed before, its purpose is explained first,
   * on a painted screen. `undefined`: given up meanwhile.
   */
  async #getMicrophone(attempt: number): Promise<MediaStreamTrack | undefined> {
    this.#microphone.close();
    const allowed = (await microphonePermission()) === 'granted';
    if (attempt !== this.#attempt) return undefined;
    if (!allowed) {
      // Asking somebody for a microphone only to say that nobody is there would be rude.
      const { reach } = this.promised;
      if (reach !== 'open' && reach !== 'busy' && reach !== 'unknown')
        throw new SignalingError(reach, 'Known before asking.');
      this.#apply({ type: 'ask' });
      await this.host.painted();
      if (attempt !== this.#attempt) return undefined;
    }
    const track = await this.#microphone.open();
    if (attempt !== this.#attempt) return undefined;
    this.#apply({ type: 'allowed' });
    return track;
  }

  #see(view: ShopperView, heldBy: HeldBy): void {
    this.#view = view;
    this.elsewhere = heldBy !== 'this';
    this.#clockOffset = view.serverTime - performance.now();
    const live = 'callId' in view && view.state !== 'ended';
    if (live && view.callId === this.#hungUp) {
      void this.#sendHangUp(view.callId);
      return;
    }
    const { memory } = this.host;
    if (!this.elsewhere && (view.state === 'waiting' || view.state === 'talking')) {
      memory.inCall = true;
      memory.shared = memory.token;
    }
    if (this.elsewhere) {
      this.#microphone.close();
      this.microphone = 'ok';
      if (view.state === 'talking') this.muted = view.muted;
    }
    this.#apply({ type: 'view', view });
    // Nobody listens until the page rings: the microphone's light goes out.
    if (this.screen.name === 'callback') {
      this.#unshare();
      this.#microphone.close();
      this.#session?.closeLeg();
    }
    const shown = this.screen.name === 'waiting' || this.screen.name === 'talking';
    if (shown && !this.#busy && !this.elsewhere && !this.#session?.leg) void this.rejoin();
  }

  /** Something is in the way: shown, and told to the page. */
  fail(problem: Problem): void {
    const { server, site, cutOff, changed } = this.host;
    this.wayOut = undefined;
    if (!cutOff())
      explain(problem, server, site, this.host.queue(), wayOut => {
        this.wayOut = wayOut;
        changed();
      });
    this.#apply({ type: 'fail', problem });
    this.host.emit('error', { problem });
  }

  #apply(event: ScreenEvent): void {
    const before = this.screen;
    this.screen = nextScreen(before, event);
    const { screen } = this;
    if (screen.name === 'talking' && before.name !== 'talking') {
      this.host.emit('answer', { callId: screen.view.callId, repName: screen.view.repName });
    }
    if (screen.name === 'ended' && before.name !== 'ended') {
      const { callId, reason, talkMs } = screen;
      this.host.emit('end', { callId, reason, talkMs });
    }
    if (!isLive(screen)) this.#tidy();
    if (screen.name !== 'waiting' && screen.name !== 'problem' && screen.name !== 'ended')
      this.choosing = false;
    this.extras.follow();
    this.#rest();
    this.#watchNetwork();
    this.host.changed();
  }

  /** No call any more: the microphone's light goes out, and a reload brings nothing back. */
  #tidy(): void {
    const { memory } = this.host;
    this.#microphone.close();
    this.#session?.closeLeg();
    this.muted = this.silenced = this.microphoneLost = false;
    this.microphone = 'ok';
    // A problem may leave the call alive on the server; only its end forgets it.
    if (this.screen.name !== 'problem') {
      memory.inCall = false;
      this.#unshare();
    }
  }

  /** A call of another tab stays shared. */
  #unshare(): void {
    const { memory } = this.host;
    if (memory.shared === memory.token) memory.shared = undefined;
  }

  /** Never rejects: if it does not get through, the next view shows the call, and it is tried again. */
  async #sendHangUp(callId: CallId): Promise<void> {
    this.#hungUp = callId;
    await this.#session?.request('call.hang-up', { callId }).catch(() => {});
  }

  /** Lets go of the socket when nothing came of the intent. */
  #rest(): void {
    clearTimeout(this.#restTimer);
    if (isLive(this.screen)) return;
    this.#restTimer = setTimeout(() => this.#session?.close(), restMs);
  }

  #watchNetwork(): void {
    const inCall = this.screen.name === 'waiting' || this.screen.name === 'talking';
    const session = this.#session;
    const fine = session?.connection === 'open' && (this.elsewhere || session.leg?.state === 'connected');
    if (!inCall || fine) {
      clearTimeout(this.#noticeTimer);
      this.#noticeTimer = undefined;
      this.#set({ reconnecting: false });
    } else {
      this.#noticeTimer ??= setTimeout(() => this.#set({ reconnecting: true }), noticeMs);
    }
  }

  #set(
    change: Partial<
      Pick<ShopperCall, 'muted' | 'reconnecting' | 'silenced' | 'microphoneLost' | 'microphone'>
    >,
  ): void {
    Object.assign(this, change);
    this.extras.follow();
    this.host.changed();
  }
}
