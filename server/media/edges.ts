/**
 * Makes the real edges equal the wanted ones. The only place that creates or closes consumers.
 *
 * Work is serialised per listener: a pass reads what is wanted and what is there, and makes the difference. Legs,
 * microphones and workers may vanish at any await in it; what a pass finds stale it drops, and the change that
 * made it stale has asked for another pass already.
 */
import type { types as ms } from 'mediasoup';
import type { Logger } from 'pino';
import type { LegId } from '../../shared/ids.ts';
import type { Heard, HeardParty } from '../../shared/protocol.ts';
import type { Leg, RealEdge } from './leg.ts';
import { mediaLimits } from './limits.ts';
import type { Edge, SourceId } from './plane.ts';
import type { TapSource } from './tap.ts';
import { WantedEdges } from './wanted-edges.ts';

export type EdgesOptions = {
  leg: (id: LegId) => Leg | undefined;
  /** How to make a source hearable; `undefined` while it does not exist (a leg without microphone). */
  source: (id: SourceId) => TapSource | undefined;
  onHearing: (leg: LegId, hearing: Heard[]) => void;
  log: Logger;
};

export class Edges {
  readonly #options: EdgesOptions;
  readonly #wanted = new WantedEdges();
  readonly #running = new Map<LegId, Promise<void>>();
  /** Listeners that changed since their running pass began. */
  readonly #again = new Set<LegId>();
  /** Listeners whose list of consumers changed since it was last announced. */
  readonly #changed = new Set<LegId>();

  constructor(options: EdgesOptions) {
    this.#options = options;
  }

  want(scope: string, edges: readonly Edge[]): void {
    for (const listener of this.#wanted.replace(scope, edges)) this.reconcile(listener);
  }

  /** A source appeared, vanished or was replaced. */
  sourceChanged(source: SourceId): void {
    for (const listener of this.#wanted.listenersOf(source)) this.reconcile(listener);
  }

  /** Begins at once, so that pausing or resuming is on its way before this returns. Resolves when the edges are real. */
  reconcile(listener: LegId): Promise<void> {
    const running = this.#running.get(listener);
    if (running) {
      this.#again.add(listener);
      return running;
    }
    const run = this.#run(listener).finally(() => {
      this.#running.delete(listener);
      if (this.#again.delete(listener)) return this.reconcile(listener);
    });
    this.#running.set(listener, run);
    return run;
  }

  async settled(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running.values());
  }

  async #run(listener: LegId): Promise<void> {
    for (let pass = 0; pass < mediaLimits.reconcilePasses; pass++) {
      this.#again.delete(listener);
      const leg = this.#options.leg(listener);
      if (!leg) {
        this.#changed.delete(listener);
        return;
      }
      await this.#pass(leg);
      if (!this.#again.has(listener)) {
        this.#announce(leg);
        return;
      }
    }
    this.#options.log.error({ leg: listener }, 'edges keep changing; waiting for the next change');
    this.#again.delete(listener);
  }

  #announce(leg: Leg): void {
    if (leg.closed || !leg.announced || !this.#changed.delete(leg.id)) return;
    this.#options.onHearing(leg.id, leg.hearing());
  }

  /** Marks what the leg hears as announced by other means (the answer that opens it). */
  announced(listener: LegId): void {
    this.#changed.delete(listener);
  }

  async #pass(leg: Leg): Promise<void> {
    const wanted = this.#wanted.of(leg.id);
    for (const [source, edge] of leg.edges) {
      if (!wanted.has(source) || !edge.tap.live || edge.consumer.closed) this.#drop(leg, source, edge);
    }
    await Promise.all(
      [...wanted.values()].map(async ({ source, active, party }) => {
        try {
          const edge = leg.edges.get(source);
          if (!edge) return await this.#make(leg, source, { active, party });
          this.#name(leg, edge, party);
          if (edge.active !== active) await this.#flip(leg, edge, active);
        } catch (err) {
          // Whatever went away meanwhile is no error: its going has asked for another pass. Anything else would fail
          // again in the same way, so it waits for the next change.
          if (leg.closed || this.#again.has(leg.id)) return;
          this.#options.log.warn({ leg: leg.id, source, err }, 'edge could not be made');
        }
      }),
    );
  }

  async #make(leg: Leg, source: SourceId, { active, party }: Pick<Edge, 'active' | 'party'>): Promise<void> {
    const make = this.#options.source(source);
    if (!make) return;
    const found = make(leg.worker);
    const tap = found instanceof Promise ? await found : found;
    // Gone while it was got: whatever is there now is found by another pass, here and below.
    if (!tap.live) this.#again.add(leg.id);
    if (leg.closed || !tap.live) return tap.release();
    const consumer = await leg.receive
      .consume({
        producerId: tap.producerId,
        rtpCapabilities: leg.capabilities as ms.RtpCapabilities,
        paused: !active,
        // For audio this means NACK: a lost packet is sent again, in time for a jitter buffer of usual size.
        enableRtx: true,
      })
      .catch((error: unknown) => {
        if (!tap.live) this.#again.add(leg.id);
        tap.release();
        throw error;
      });
    if (leg.closed || !tap.live || consumer.closed) {
      if (!tap.live) this.#again.add(leg.id);
      consumer.close();
      return tap.release();
    }
    const edge: RealEdge = { consumer, tap, active, party };
    leg.edges.set(source, edge);
    this.#changed.add(leg.id);
    tap.listen(active);
    consumer.once('producerclose', () => {
      if (leg.edges.get(source) !== edge) return;
      this.#drop(leg, source, edge);
      void this.reconcile(leg.id);
    });
  }

  /** A rep whose headset rang has become a party, or another one of the same leg. */
  #name(leg: Leg, edge: RealEdge, party: HeardParty | null): void {
    if (edge.party?.id === party?.id && edge.party?.kind === party?.kind) return;
    edge.party = party;
    this.#changed.add(leg.id);
  }

  async #flip(leg: Leg, edge: RealEdge, active: boolean): Promise<void> {
    edge.active = active;
    edge.tap.listen(active);
    this.#changed.add(leg.id);
    await (active ? edge.consumer.resume() : edge.consumer.pause());
  }

  #drop(leg: Leg, source: SourceId, edge: RealEdge): void {
    leg.edges.delete(source);
    this.#changed.add(leg.id);
    // With its producer gone the worker closes the consumer by itself, and would refuse to do so again.
    if (edge.tap.live) edge.consumer.close();
    edge.tap.release();
  }
}
