/** One participant's media connection on one worker: two transports, a microphone, and what it hears. */
import type { types as ms } from 'mediasoup';
import type { LegId } from '../../shared/ids.ts';
import type { Heard, HeardParty, LegMedia, RtpCapabilities, TransportInfo } from '../../shared/protocol.ts';
import type { MediaWorker } from './media-worker.ts';
import type { SourceId } from './plane.ts';
import type { Tap } from './tap.ts';

/** A real edge: the consumer that makes `tap`'s source heard by the leg that holds it. */
export type RealEdge = { consumer: ms.Consumer; tap: Tap; active: boolean; party: HeardParty | null };

export class Leg {
  readonly id: LegId;
  readonly worker: MediaWorker;
  readonly send: ms.WebRtcTransport;
  readonly receive: ms.WebRtcTransport;
  readonly capabilities: RtpCapabilities;
  /** Real edges by source. Only edges.ts writes here. */
  readonly edges = new Map<SourceId, RealEdge>();
  microphone: ms.Producer | undefined;
  /** False until the client has the leg: what it hears at first travels in that answer, not as an event. */
  announced = false;
  #closed = false;

  private constructor(
    id: LegId,
    worker: MediaWorker,
    transports: { send: ms.WebRtcTransport; receive: ms.WebRtcTransport },
    capabilities: RtpCapabilities,
  ) {
    this.id = id;
    this.worker = worker;
    this.send = transports.send;
    this.receive = transports.receive;
    this.capabilities = capabilities;
  }

  /** Without waiting for the worker, or with one round trip when its spare transports are used up. */
  static async create(id: LegId, worker: MediaWorker, capabilities: RtpCapabilities): Promise<Leg> {
    // Counted from here, so that openings under way spread over the workers too.
    worker.legs++;
    const [send, receive] = await Promise.allSettled([worker.transports.take(), worker.transports.take()]);
    if (send.status === 'fulfilled' && receive.status === 'fulfilled') {
      return new Leg(id, worker, { send: send.value, receive: receive.value }, capabilities);
    }
    worker.legs--;
    for (const made of [send, receive]) if (made.status === 'fulfilled') made.value.close();
    throw send.status === 'rejected' ? send.reason : (receive as PromiseRejectedResult).reason;
  }

  get closed(): boolean {
    return this.#closed;
  }

  transport(id: string): ms.WebRtcTransport | undefined {
    return [this.send, this.receive].find(transport => transport.id === id);
  }

  /** Idempotent. mediasoup closes producer and consumers along with their transports. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.worker.legs--;
    for (const edge of this.edges.values()) edge.tap.release();
    this.edges.clear();
    this.send.close();
    this.receive.close();
  }

  hearing(): Heard[] {
    return [...this.edges].map(([source, { consumer, active, party }]) => ({
      consumerId: consumer.id,
      producerId: consumer.producerId,
      rtpParameters: consumer.rtpParameters,
      source: source.startsWith('music:') ? 'music' : 'voice',
      party,
      active,
    }));
  }

  media(): LegMedia {
    return { legId: this.id, send: info(this.send), receive: info(this.receive), hearing: this.hearing() };
  }
}

function info({ id, iceParameters, iceCandidates, dtlsParameters }: ms.WebRtcTransport): TransportInfo {
  return { id, iceParameters, iceCandidates, dtlsParameters };
}
