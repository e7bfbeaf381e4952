import type { types } from 'mediasoup-client';
import type { MicrophoneState } from '../../shared/domain.ts';
import type { QualitySample } from '../../shared/mos.ts';
import type { Heard, IceServer, LegMedia, RtpCapabilities } from '../../shared/protocol.ts';
import { AudioOutput } from './audio-output.ts';
import { loadDevice } from './device.ts';
import { hearingChange } from './hearing.ts';
import { MicrophoneWatch } from './microphone-watch.ts';
import { QualityMeter } from './quality.ts';
import { type LegRequest, LegTransport } from './transport.ts';

/**
 * `opening` until both directions that are in use are connected; `interrupted` while the network is away
 * and may come back; `lost` when the media has to be opened anew (`leg.open`).
 */
export type LegState = 'closed' | 'opening' | 'connected' | 'interrupted' | 'lost';

/** One that is open, or is being opened; nothing when it was given up meanwhile. */
export type Microphone = MediaStreamTrack | Promise<MediaStreamTrack | undefined>;

export type LegOptions = {
  request: LegRequest;
  iceServers: IceServer[];
  onState?: (state: LegState) => void;
  /** Every few seconds while a voice is heard. It has already been reported to the server. */
  onQuality?: (sample: QualitySample, mos: number) => void;
  /** The browser wants a click before it plays sound: offer a button that calls `play()`. */
  onSilenced?: () => void;
  /** The microphone went away (unplugged, or taken by the system): open another and `replaceTrack`. */
  onMicrophoneLost?: () => void;
  /** What is the matter with the microphone. It has already been told to the server. */
  onMicrophone?: (state: MicrophoneState) => void;
};

/** Opus for speech: mono, loss hidden by in-band FEC and repeats, silence costs nothing. */
const speech: types.ProducerCodecOptions = {
  opusStereo: false,
  opusFec: true,
  opusDtx: true,
  opusNack: true,
  opusPtime: 20,
};

/**
 * One participant's media: a microphone going up, and whatever the server says is heard coming down.
 *
 * `open` may be called again at any time (after `leg-lost`, after a reload's `leg.open`): the old media is
 * closed first. The track belongs to whoever opened it and is never stopped here.
 */
export class VoiceLeg {
  /** Loads what depends on the browser and the router; do it before the click, it takes the longest. */
  static preload(routerRtpCapabilities: unknown): Promise<types.Device> {
    return loadDevice(routerRtpCapabilities);
  }

  readonly #device: types.Device;
  readonly #options: LegOptions;
  readonly #ears = new Map<string, AudioOutput>();
  readonly #meter: QualityMeter;
  readonly #watch: MicrophoneWatch;
  #state: LegState = 'closed';
  #media: LegMedia | undefined;
  #send: LegTransport | undefined;
  #receive: LegTransport | undefined;
  #producer: types.Producer | undefined;
  #track: MediaStreamTrack | undefined;
  #muted = false;
  #speaker: string | undefined;
  /** Loudness of a source, where it is not full. */
  readonly #levels = new Map<Heard['source'], number>();
  #wanted: Heard[] = [];
  #applying: Promise<void> = Promise.resolve();

  constructor(device: types.Device, options: LegOptions) {
    this.#device = device;
    this.#options = options;
    this.#meter = new QualityMeter({
      senders: () => (this.#producer ? [this.#producer] : []),
      receivers: () => this.#voices().map(ear => ear.consumer),
      onSample: (sample, mos) => {
        options.request('leg.quality', sample).catch(() => {});
        options.onQuality?.(sample, mos);
      },
    });
    this.#watch = new MicrophoneWatch({
      track: () => this.#track,
      stats: () => this.#producer?.getStats(),
      muted: () => this.#muted,
      onChange: state => {
        this.tellMicrophone();
        options.onMicrophone?.(state);
      },
    });
  }

  get state(): LegState {
    return this.#state;
  }

  get muted(): boolean {
    return this.#muted;
  }

  get legId(): LegMedia['legId'] | undefined {
    return this.#media?.legId;
  }

  /** What to send with `call.start` and `leg.open`. */
  get rtpCapabilities(): RtpCapabilities {
    return this.#device.recvRtpCapabilities as RtpCapabilities;
  }

  /** What is heard now, for a level meter. */
  get voiceTracks(): MediaStreamTrack[] {
    return this.#voices().map(ear => ear.consumer.track);
  }

  /**
   * Opens both directions. What is heard waits for no microphone that is still being opened. Resolves when the microphone is
   * going up; rejects as it does.
   */
  async open(media: LegMedia, microphone: Microphone): Promise<void> {
    this.#closeMedia();
    this.#media = media;
    const owner = {
      request: this.#options.request,
      iceServers: this.#options.iceServers,
      onChange: () => this.#transportChanged(),
      onLost: () => this.#setState('lost'),
    };
    const send = new LegTransport(this.#device, 'send', media.send, owner);
    this.#send = send;
    this.#receive = new LegTransport(this.#device, 'receive', media.receive, owner);
    this.#setState('opening');
    const hearing = this.setHearing(media.hearing);
    this.#meter.start();
    const track = await microphone;
    // One at a time, and music first: nobody listens to a shopper yet.
    await hearing;
    if (!track || send !== this.#send) return;
    this.#track = track;
    this.#watchTrack(track);
    const producer = await send.inner.produce({
      track,
      codecOptions: speech,
      codec: this.#device.sendRtpCapabilities.codecs?.find(codec => /\/opus$/i.test(codec.mimeType)),
      stopTracks: false,
      zeroRtpOnPause: false,
    });
    // Opened again meanwhile: the newer one owns the microphone.
    if (send !== this.#send) return producer.close();
    this.#producer = producer;
    this.#watch.start();
    if (this.#muted) await this.setMuted(true);
  }

  /** Makes what is heard equal `wanted`. Calls overlap safely: the last one wins. */
  setHearing(wanted: Heard[]): Promise<void> {
    this.#wanted = wanted;
    this.#applying = this.#applying.then(() => this.#applyHearing());
    return this.#applying;
  }

  /** Silences the microphone here and now; the server is told, so that the other side can be shown. */
  async setMuted(muted: boolean): Promise<void> {
    this.#muted = muted;
    if (muted) this.#producer?.pause();
    else this.#producer?.resume();
    if (this.#producer) await this.#options.request('leg.mute', { muted });
  }

  /** Says to the server what is the matter with the microphone. */
  tellMicrophone(): void {
    const { state } = this.#watch;
    if (this.#producer) this.#options.request('leg.microphone', { state }).catch(() => {});
  }

  /** Another microphone, without a gap in the call. The old track is the caller's to stop. */
  async replaceTrack(track: MediaStreamTrack): Promise<void> {
    this.#track = track;
    this.#watchTrack(track);
    await this.#producer?.replaceTrack({ track });
    this.#watch.look();
  }

  /** Where to play; empty string for the system's default. */
  async setSpeaker(deviceId: string): Promise<void> {
    this.#speaker = deviceId;
    await Promise.all([...this.#ears.values()].map(ear => ear.setSpeaker(deviceId)));
  }

  /** Fades all that is heard of a source to `level` (1 is full), and keeps it there for what comes later. */
  duck(source: Heard['source'], level: number): void {
    this.#levels.set(source, level);
    for (const ear of this.#ears.values()) if (ear.source === source) ear.fade(level);
  }

  /** From a click, after `onSilenced`. */
  async play(): Promise<void> {
    await Promise.all([...this.#ears.values()].map(ear => ear.play()));
  }

  /** Tell ICE that the network changed, without waiting for it to notice. */
  async restartIce(): Promise<void> {
    await Promise.all([this.#send?.restartIce(), this.#receive?.restartIce()]);
  }

  /** May be called twice. */
  close(): void {
    this.#closeMedia();
    this.#setState('closed');
  }

  #voices(): AudioOutput[] {
    const active = new Set(
      this.#wanted.filter(heard => heard.active && heard.source === 'voice').map(heard => heard.consumerId),
    );
    return [...this.#ears].filter(([id]) => active.has(id)).map(([, ear]) => ear);
  }

  async #applyHearing(): Promise<void> {
    const receive = this.#receive;
    if (!receive) return;
    const change = hearingChange(this.#ears.keys(), this.#wanted);
    for (const id of change.close) {
      this.#ears.get(id)?.close();
      this.#ears.delete(id);
    }
    try {
      await Promise.all(change.create.map(heard => this.#hear(receive, heard)));
    } catch {
      // A leg that was closed or opened anew meanwhile has nothing to mend.
      if (receive === this.#receive) this.#setState('lost');
    }
  }

  async #hear(receive: LegTransport, heard: Heard): Promise<void> {
    const consumer = await receive.inner.consume({
      id: heard.consumerId,
      producerId: heard.producerId,
      kind: 'audio',
      rtpParameters: heard.rtpParameters as types.RtpParameters,
    });
    if (receive !== this.#receive) return consumer.close();
    const ear = new AudioOutput(consumer, heard.source, this.#speaker, this.#levels.get(heard.source) ?? 1);
    this.#ears.set(heard.consumerId, ear);
    void ear.play().then(plays => plays || this.#options.onSilenced?.());
  }

  #watchTrack(track: MediaStreamTrack): void {
    for (const event of ['mute', 'unmute', 'ended']) track.addEventListener(event, () => this.#watch.look());
    track.addEventListener('ended', () => {
      if (track === this.#track && this.#state !== 'closed') this.#options.onMicrophoneLost?.();
    });
  }

  #transportChanged(): void {
    if (this.#state === 'lost' || this.#state === 'closed') return;
    // A direction that nothing uses yet stays `new` and says nothing about the network.
    const states = [this.#send?.state, this.#receive?.state].filter(state => state && state !== 'new');
    if (states.some(state => state === 'failed' || state === 'disconnected')) this.#setState('interrupted');
    else if (states.length > 0 && states.every(state => state === 'connected')) this.#setState('connected');
  }

  #closeMedia(): void {
    this.#meter.stop();
    this.#watch.stop();
    for (const ear of this.#ears.values()) ear.close();
    this.#ears.clear();
    this.#producer?.close();
    this.#send?.close();
    this.#receive?.close();
    this.#producer = this.#send = this.#receive = this.#media = undefined;
  }

  #setState(state: LegState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#options.onState?.(state);
  }
}
