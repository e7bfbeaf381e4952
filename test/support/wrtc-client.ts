/**
 * A WebRTC client in Node: stock mediasoup-client over @roamhq/wrtc, with a tone for a microphone and a meter for an
 * ear. It knows nothing of how requests travel; the caller gives it `io`.
 */
import wrtc from '@roamhq/wrtc';
import { type types as client, Device } from 'mediasoup-client';
import type {
  DtlsParameters,
  Heard,
  LegMedia,
  RtpCapabilities,
  RtpParameters,
  TransportInfo,
} from '../../shared/protocol.ts';
import { PeerConnection } from './peer-connection.ts';
import { type Measurement, ToneMeter, ToneSource } from './tone.ts';

// mediasoup-client's browser handler finds these where a browser has them.
Object.assign(globalThis, {
  RTCPeerConnection: PeerConnection,
  RTCSessionDescription: wrtc.RTCSessionDescription,
  RTCIceCandidate: wrtc.RTCIceCandidate,
  RTCRtpReceiver: wrtc.RTCRtpReceiver,
  RTCRtpSender: wrtc.RTCRtpSender,
  RTCRtpTransceiver: wrtc.RTCRtpTransceiver,
  MediaStream: wrtc.MediaStream,
  MediaStreamTrack: wrtc.MediaStreamTrack,
});

/** How the client's requests reach the server. */
export type ClientIo = {
  connect: (transportId: string, dtls: DtlsParameters) => Promise<void>;
  /** Returns the producer's id. */
  produce: (rtp: RtpParameters) => Promise<string>;
};

type Ear = { consumer: client.Consumer; meter: ToneMeter; heard: Heard };

export class WrtcClient {
  /** Those that are open. */
  static readonly #open = new Set<WrtcClient>();
  readonly device: client.Device;
  readonly #ears = new Map<string, Ear>();
  #send: client.Transport | undefined;
  #receive: client.Transport | undefined;
  #tone: ToneSource | undefined;
  #early: readonly Heard[] | undefined;
  #hearing: Promise<void> = Promise.resolve();

  private constructor(device: client.Device) {
    this.device = device;
  }

  /** Loaded once, as a browser does before the click; `capabilities` is what the server wants to know. */
  static async create(routerRtpCapabilities: unknown): Promise<WrtcClient> {
    const device = new Device({ handlerName: 'Chrome111' });
    await device.load({ routerRtpCapabilities: routerRtpCapabilities as client.RtpCapabilities });
    return new WrtcClient(device);
  }

  /** What tests have left open, which would go on sending. */
  static closeAll(): void {
    for (const client of WrtcClient.#open) client.close();
  }

  get capabilities(): RtpCapabilities {
    return this.device.recvRtpCapabilities as RtpCapabilities;
  }

  /** Both transports, and ears for what is to be heard. May be called again after a loss. */
  async open(media: LegMedia, io: ClientIo): Promise<void> {
    this.#closeTransports();
    WrtcClient.#open.add(this);
    this.#send = this.device.createSendTransport(transportOptions(media.send));
    this.#receive = this.device.createRecvTransport(transportOptions(media.receive));
    for (const transport of [this.#send, this.#receive]) {
      transport.on('connect', ({ dtlsParameters }, done, failed) => {
        io.connect(transport.id, dtlsParameters as DtlsParameters).then(done, failed);
      });
    }
    this.#send.on('produce', ({ rtpParameters }, done, failed) => {
      io.produce(rtpParameters as RtpParameters).then(id => done({ id }), failed);
    });
    // A push that came before the transports is newer than the answer that brought them.
    await this.hear(this.#early ?? media.hearing);
    this.#early = undefined;
  }

  /**
   * Hums into the microphone; called again, changes the tone.
   * @param level amplitude, 0..1 of full scale
   */
  async tone(frequencyHz: number, level = 0.3): Promise<void> {
    if (this.#tone) return this.#tone.set(frequencyHz, level);
    this.#tone = new ToneSource(frequencyHz, level);
    await this.#send!.produce({
      track: this.#tone.track,
      stopTracks: false,
      codecOptions: { opusDtx: true, opusFec: true, opusNack: true },
    });
  }

  /** The whole list of what to hear, as the server sends it. One list at a time, in order. */
  hear(heard: readonly Heard[]): Promise<void> {
    if (!this.#receive) {
      this.#early = heard;
      return this.#hearing;
    }
    this.#hearing = this.#hearing.then(async () => {
      const receive = this.#receive;
      await this.#hear(heard).catch(error => {
        // Closed or opened anew in the middle of it: nobody listens any more.
        if (!receive?.closed) throw error;
      });
    });
    return this.#hearing;
  }

  get hearing(): Heard[] {
    return [...this.#ears.values()].map(({ heard }) => heard);
  }

  /** Resolves when ICE and DTLS are up on the given sides. */
  async connected(...sides: ('send' | 'receive')[]): Promise<void> {
    const wanted = sides.map(side => (side === 'send' ? this.#send! : this.#receive!));
    await Promise.all(
      wanted.map(
        transport =>
          new Promise<void>((resolve, reject) => {
            const look = (state: client.ConnectionState) => {
              if (state === 'connected') resolve();
              else if (state === 'failed' || state === 'closed') reject(new Error(`the transport ${state}`));
            };
            look(transport.connectionState);
            transport.on('connectionstatechange', look);
          }),
      ),
    );
  }

  /** What comes in from one kind of source, or from all: level and frequency are those of the loudest one. */
  measure(source?: Heard['source'], windowMs?: number): Measurement {
    const measured = [...this.#ears.values()]
      .filter(({ heard }) => source === undefined || heard.source === source)
      .map(({ meter }) => meter.measure(windowMs))
      .sort((a, b) => b.levelDb - a.levelDb);
    return {
      levelDb: measured[0]?.levelDb ?? Number.NEGATIVE_INFINITY,
      loudestDb: measured[0]?.loudestDb ?? Number.NEGATIVE_INFINITY,
      frequencyHz: measured[0]?.frequencyHz ?? 0,
      at: hertz => Math.max(...measured.map(one => one.at(hertz))),
    };
  }

  /** When sound first came from that kind of source, by `performance.now`; undefined while none has. */
  soundSince(source: Heard['source']): number | undefined {
    const since = [...this.#ears.values()].map(({ heard, meter }) =>
      heard.source === source ? meter.soundSince : undefined,
    );
    return since.find(at => at !== undefined);
  }

  /** Packets received and lost so far, over all that is heard. */
  async packets(): Promise<{ received: number; lost: number }> {
    const total = { received: 0, lost: 0 };
    const heard = new Set(
      [...this.#ears.values()].map(({ consumer }) => consumer.rtpParameters.encodings?.[0]?.ssrc),
    );
    for (const stat of (await this.#receive?.getStats())?.values() ?? []) {
      if (stat.type !== 'inbound-rtp' || !heard.has(stat.ssrc)) continue;
      total.received += stat.packetsReceived ?? 0;
      total.lost += stat.packetsLost ?? 0;
    }
    return total;
  }

  /** Idempotent. */
  close(): void {
    WrtcClient.#open.delete(this);
    this.#closeTransports();
    this.#tone?.close();
    this.#tone = undefined;
  }

  async #hear(heard: readonly Heard[]): Promise<void> {
    const wanted = new Map(heard.map(one => [one.consumerId, one]));
    for (const id of this.#ears.keys()) if (!wanted.has(id)) this.#closeEar(id);
    await Promise.all(
      heard.map(async one => {
        const ear = this.#ears.get(one.consumerId);
        if (ear) ear.heard = one;
        else await this.#openEar(one);
      }),
    );
  }

  async #openEar(heard: Heard): Promise<void> {
    const consumer = await this.#receive!.consume({
      id: heard.consumerId,
      producerId: heard.producerId,
      kind: 'audio',
      rtpParameters: heard.rtpParameters as client.RtpParameters,
    });
    this.#ears.set(heard.consumerId, { consumer, meter: new ToneMeter(consumer.track), heard });
  }

  #closeEar(id: string): void {
    const ear = this.#ears.get(id);
    this.#ears.delete(id);
    ear?.meter.close();
    ear?.consumer.close();
  }

  #closeTransports(): void {
    for (const id of [...this.#ears.keys()]) this.#closeEar(id);
    this.#send?.close();
    this.#receive?.close();
    // The microphone's producer went with its transport.
    this.#tone?.close();
    this.#tone = undefined;
  }
}

function transportOptions(info: TransportInfo): client.TransportOptions {
  return {
    id: info.id,
    iceParameters: info.iceParameters as client.IceParameters,
    iceCandidates: info.iceCandidates as client.IceCandidate[],
    dtlsParameters: info.dtlsParameters as client.DtlsParameters,
  };
}
