import type { types } from 'mediasoup-client';
import type { MicrophoneState } from '../../shared/domain.ts';
import type { QualitySample } from '../../shared/mos.ts';
import type {
  Answers,
  HeldBy,
  HelloAnswer,
  IceServer,
  LegMedia,
  Push,
  RequestInput,
  RequestType,
} from '../../shared/protocol.ts';
import { type ConnectionState, SignalingConnection, type SignalingError } from './connection.ts';
import { loadHandler, UnsupportedBrowserError } from './device.ts';
import { type LegState, type Microphone, VoiceLeg } from './leg.ts';

export type SessionOptions<View> = {
  url: string;
  /** One that is open already, or about to be. */
  socket?: WebSocket | undefined;
  hello: () => Promise<RequestInput<'hello'>>;
  onConnection?: (state: ConnectionState) => void;
  onHello?: (answer: HelloAnswer) => void;
  /** Id of the connection that the page before this one in the tab had, which this one replaces. */
  resumes?: string | undefined;
  /** The whole current view, after each `hello` and each push. `heldBy`: which window has the call and its media. */
  onView: (view: View, heldBy: HeldBy) => void;
  /** Muted or unmuted from another window. */
  onMuted?: (muted: boolean) => void;
  onRefused?: (error: SignalingError) => void;
  onLeg?: (state: LegState) => void;
  onQuality?: (sample: QualitySample, mos: number) => void;
  onSilenced?: () => void;
  onMicrophoneLost?: () => void;
  /** What is the matter with the microphone, or that nothing is any more. The server knows already. */
  onMicrophone?: (state: MicrophoneState) => void;
};

/** While the media cannot be opened anew: wait this long between attempts. */
const reopenMs = 2_000;
/** A hang-up that is not answered by then: nobody minds the order any more. */
const tearDownMs = 1_000;
/** A window in view goes first where several could take over a call. */
const hiddenMs = 300;

/**
 * Signaling, device and leg put together, the part that shopper and rep have in common: pushes are
 * applied to the leg, and a leg whose media is lost is opened anew by itself with the same microphone.
 */
export class VoiceSession<View> {
  readonly #options: SessionOptions<View>;
  readonly #connection: SignalingConnection;
  #device: Promise<types.Device> | undefined;
  #loaded: types.Device | undefined;
  #iceServers: IceServer[] = [];
  #leg: VoiceLeg | undefined;
  #track: Microphone | undefined;
  #muted = false;
  #speaker = '';
  #sessionId: string | undefined;
  #heldBy: HeldBy | undefined;
  #reopening: Promise<void> | undefined;
  /** Grows when the leg is closed: an answer to an older `leg.open` has nothing left to open. */
  #legEpoch = 0;

  constructor(options: SessionOptions<View>) {
    this.#options = options;
    this.#connection = new SignalingConnection({
      url: options.url,
      socket: options.socket,
      hello: async () => ({
        ...(await options.hello()),
        keepsLeg: this.#leg !== undefined,
        resumes: this.#sessionId ?? options.resumes,
        follows: this.#heldBy !== undefined && this.#heldBy !== 'this',
      }),
      onState: state => options.onConnection?.(state),
      onHello: answer => this.#welcomed(answer),
      onPush: push => this.#pushed(push),
      onRefused: error => options.onRefused?.(error),
    });
  }

  get connection(): ConnectionState {
    return this.#connection.state;
  }

  /** Of the present or last connection; for `resumes` of the next page. */
  get id(): string | undefined {
    return this.#sessionId;
  }

  /** Somebody asks for it: do not wait for the next attempt. */
  hurry(): void {
    this.#connection.hurry({ type: 'asked' });
  }

  get leg(): VoiceLeg | undefined {
    return this.#leg;
  }

  /** Connects and loads everything a call needs. Throws nothing; see `onRefused`. */
  connect(): void {
    loadHandler().catch(() => {});
    this.#connection.connect();
  }

  request<T extends RequestType>(type: T, data: RequestInput<T>): Promise<Answers[T]> {
    return this.#connection.request(type, data);
  }

  /** The loaded device, as soon as the first `hello` is answered. Rejects with `UnsupportedBrowserError`. */
  async device(): Promise<types.Device> {
    await loadHandler();
    // Any answer comes after that of `hello`, or says why there is none.
    if (!this.#device) await this.#connection.request('beat', {});
    if (!this.#device) throw new UnsupportedBrowserError();
    return this.#device;
  }

  /** Opens the leg with the media that an answer brought. */
  async openLeg(media: LegMedia, track: Microphone): Promise<void> {
    this.#track = track;
    const leg = this.#leg ?? this.#makeLeg(this.#loaded ?? (await this.device()));
    await leg.open(media, track);
  }

  /** Asks for a leg (`leg.open`) and opens it: for reps, and for shoppers who reloaded during a call. */
  async requestLeg(track: Microphone): Promise<void> {
    const epoch = this.#legEpoch;
    const rtpCapabilities = this.loadedCapabilities ?? (await this.rtpCapabilities());
    const { media } = await this.request('leg.open', { rtpCapabilities });
    if (epoch === this.#legEpoch) await this.openLeg(media, track);
  }

  async rtpCapabilities(): Promise<VoiceLeg['rtpCapabilities']> {
    return (await this.device()).recvRtpCapabilities as VoiceLeg['rtpCapabilities'];
  }

  /** The same without waiting, where the device is loaded already. */
  get loadedCapabilities(): VoiceLeg['rtpCapabilities'] | undefined {
    return this.#loaded?.recvRtpCapabilities as VoiceLeg['rtpCapabilities'] | undefined;
  }

  async setMuted(muted: boolean): Promise<void> {
    this.#muted = muted;
    await this.#leg?.setMuted(muted);
  }

  async replaceTrack(track: MediaStreamTrack): Promise<void> {
    this.#track = track;
    await this.#leg?.replaceTrack(track);
  }

  async setSpeaker(deviceId: string): Promise<void> {
    this.#speaker = deviceId;
    await this.#leg?.setSpeaker(deviceId);
  }

  /**
   * The call is over or the rep went away; the connection stays. Nothing is heard from now on, but the media
   * is torn down only once the server has `answered` (a hang-up), or it would take this for a failure.
   */
  closeLeg(answered?: Promise<unknown>): void {
    const leg = this.#leg;
    this.#legEpoch++;
    this.#leg = this.#track = undefined;
    this.#muted = false;
    if (!leg) return;
    if (!answered) {
      leg.close();
      return;
    }
    void leg.setHearing([]);
    void Promise.race([answered, new Promise(resolve => setTimeout(resolve, tearDownMs))]).finally(() =>
      leg.close(),
    );
  }

  /** May be called twice. */
  close(): void {
    this.closeLeg();
    this.#connection.close();
  }

  #makeLeg(device: types.Device): VoiceLeg {
    const leg = new VoiceLeg(device, {
      request: (type, data) => this.request(type, data),
      iceServers: this.#iceServers,
      onState: state => {
        if (leg !== this.#leg) return;
        this.#options.onLeg?.(state);
        if (state === 'lost') this.#reopen();
      },
      onQuality: this.#options.onQuality,
      onSilenced: this.#options.onSilenced,
      onMicrophoneLost: this.#options.onMicrophoneLost,
      onMicrophone: this.#options.onMicrophone,
    });
    this.#leg = leg;
    if (this.#speaker) void leg.setSpeaker(this.#speaker);
    if (this.#muted) void leg.setMuted(true);
    return leg;
  }

  #welcomed(answer: HelloAnswer): void {
    this.#iceServers = answer.iceServers;
    // Kept through reconnects: all routers of a server speak the same.
    this.#device ??= VoiceLeg.preload(answer.routerRtpCapabilities);
    this.#device.then(
      device => {
        this.#loaded = device;
      },
      () => {
        this.#device = undefined;
      },
    );
    this.#sessionId = answer.sessionId;
    this.#options.onHello?.(answer);
    this.#viewed(answer.view as View, answer.heldBy);
    // Each connection begins with nothing being the matter.
    this.#leg?.tellMicrophone();
  }

  #viewed(view: View, heldBy: HeldBy): void {
    this.#heldBy = heldBy;
    if (heldBy !== 'this') this.closeLeg();
    if (heldBy === 'nobody') this.#takeOver();
    this.#options.onView(view, heldBy);
  }

  /** The window that had the call is closed. A page that is frozen does not get here, and holds up nobody. */
  #takeOver(): void {
    const ask = () => this.request('session.take-over', { onlyIfFree: true }).catch(() => {});
    if (globalThis.document?.visibilityState === 'hidden') setTimeout(ask, hiddenMs);
    else void ask();
  }

  #pushed(push: Push): void {
    if (push.push === 'view') this.#viewed(push.view as View, push.heldBy);
    else if (push.push === 'muted') {
      void this.setMuted(push.muted).catch(() => {});
      this.#options.onMuted?.(push.muted);
    } else if (push.legId !== this.#leg?.legId) return;
    else if (push.push === 'hearing') void this.#leg.setHearing(push.hearing);
    // Whatever else there is comes from a newer server, and is not for this page.
    else if (push.push === 'leg-lost') this.#reopen();
  }

  #reopen(): void {
    this.#reopening ??= this.#openAgain().finally(() => {
      this.#reopening = undefined;
    });
  }

  async #openAgain(): Promise<void> {
    for (;;) {
      const leg = this.#leg;
      const track = this.#track;
      if (!leg || !track || this.connection === 'closed') return;
      try {
        await this.requestLeg(track);
        return;
      } catch (error) {
        // There is nothing to open a leg for; the next view says what is.
        if (/^(not-in-call|in-use-elsewhere)$/.test((error as SignalingError).code)) return;
        await new Promise(resolve => setTimeout(resolve, reopenMs));
      }
    }
  }
}
