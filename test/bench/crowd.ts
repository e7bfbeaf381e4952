/**
 * Many people on our server at once: reps with their consoles open and shoppers who wait. Their media is set up but not
 * connected: what they cost the signaling side is measured, not packets.
 */
import type { Answers, LegMedia, Push } from '../../shared/protocol.ts';
import type { QueueSettings } from '../../shared/settings.ts';
import type { RepView, ShopperView } from '../../shared/views.ts';
import { protocolVersion, signalingPath } from '../../shared/wire.ts';
import { RepAccount } from '../support/rep-account.ts';
import { until } from '../support/until.ts';
import { Contender } from './contender.ts';
import { loadCapabilities, rtpParameters } from './load-leg.ts';
import type { OurOptions } from './our-server.ts';
import { nextAddress } from './people.ts';
import { BenchSocket } from './signaling.ts';

/** So many come in at once: below what a server takes from strangers. */
const atOnce = 20;
/** Nobody is sent elsewhere, or home, while something is measured. */
const patient: Partial<QueueSettings> = {
  maxLength: 10_000,
  maxWaitMs: 12 * 60 * 60_000,
  noRepExitMs: 2 * 60 * 60_000,
  offerMs: 120_000,
  wrapUp: { kind: 'none', ms: 1_000 },
};

/** Somebody with a socket, who counts what is pushed. */
class Person<View> {
  readonly socket: BenchSocket;
  view: View | undefined;
  /** Views that came by themselves. */
  views = 0;

  protected constructor(socket: BenchSocket) {
    this.socket = socket;
    socket.onPush = message => {
      const push = message as unknown as Push;
      if (push.push !== 'view') return;
      this.view = push.view as View;
      this.views++;
    };
  }
}

export class CrowdShopper extends Person<ShopperView> {
  callId: Answers['call.start']['callId'] | undefined;

  static async arrive(server: Contender): Promise<CrowdShopper> {
    const socket = await BenchSocket.open(server.origin, signalingPath, nextAddress());
    const shopper = new CrowdShopper(socket);
    await socket.request('hello', { protocolVersion, role: 'shopper', siteKey: 'demo', keepsLeg: false });
    return shopper;
  }

  async call(): Promise<LegMedia> {
    const rtpCapabilities = loadCapabilities;
    const { callId, media } = await this.socket.request<Answers['call.start']>('call.start', {
      rtpCapabilities,
    });
    this.callId = callId;
    return media;
  }

  hangUp(): Promise<unknown> {
    return this.socket.request('call.hang-up', { callId: this.callId });
  }
}

export class CrowdRep extends Person<RepView> {
  readonly name: string;

  private constructor(socket: BenchSocket, name: string) {
    super(socket);
    this.name = name;
  }

  static async signIn(server: Contender, name: string): Promise<CrowdRep> {
    const ticket = await server.ask<string>('ticket', name);
    const socket = await BenchSocket.open(server.origin, signalingPath, nextAddress());
    const rep = new CrowdRep(socket, name);
    await socket.request('hello', { protocolVersion, role: 'rep', ticket, keepsLeg: false });
    return rep;
  }

  /** With a microphone, so that calls come. */
  async goOnDuty(): Promise<void> {
    await this.socket.request('leg.open', { rtpCapabilities: loadCapabilities });
    await this.socket.request('leg.produce', { rtpParameters: rtpParameters(1) });
    await until(() => this.view?.mediaReady);
    await this.socket.request('rep.status', { status: 'available' });
  }

  get rings(): boolean {
    return this.view?.work.state === 'ringing';
  }

  async answer(): Promise<void> {
    const { offerId } = await until(() => this.view?.work.state === 'ringing' && this.view.work);
    await this.socket.request('offer.accept', { offerId });
  }
}

export class Crowd {
  readonly server: Contender;
  readonly reps: CrowdRep[] = [];
  readonly waiting: CrowdShopper[] = [];
  /** Both sides of each talk. */
  readonly talks: { rep: CrowdRep; shopper: CrowdShopper }[] = [];
  #names = 0;

  private constructor(server: Contender) {
    this.server = server;
  }

  static async open(options: OurOptions = {}): Promise<Crowd> {
    const server = await Contender.start('ours', new URL('./our-server.ts', import.meta.url), options);
    const owner = { name: 'Owner', email: 'owner@bench.example', password: 'a long bench password' };
    const account = await RepAccount.make(server.origin, server.setUpToken!, owner);
    await account.patchQueue(server.origin, patient);
    return new Crowd(server);
  }

  /** As many more reps, signed in; on duty unless they only look on. */
  async addReps(count: number, { onDuty = true } = {}): Promise<void> {
    const names = Array.from({ length: count }, () => `rep-${this.#names++}`);
    await this.server.ask('add reps', names);
    await together(names, async name => {
      const rep = await CrowdRep.signIn(this.server, name);
      if (onDuty) await rep.goOnDuty();
      this.reps.push(rep);
    });
  }

  /** One more account, with nobody signed in to it yet. Returns its name. */
  async account(): Promise<string> {
    const name = `rep-${this.#names++}`;
    await this.server.ask('add reps', [name]);
    return name;
  }

  /** As many more shoppers whom nobody is free for. */
  async addWaiting(count: number): Promise<void> {
    await together(new Array<null>(count).fill(null), async () => {
      const shopper = await CrowdShopper.arrive(this.server);
      await shopper.call();
      this.waiting.push(shopper);
    });
    await until(() => this.waiting.every(({ view }) => view?.state === 'waiting'));
  }

  /** Free reps answer as many calls. */
  async addTalks(count: number): Promise<void> {
    for (let i = 0; i < count; i++) {
      const shopper = await CrowdShopper.arrive(this.server);
      await shopper.call();
      const rep = await until(() => this.reps.find(one => one.rings));
      await rep.answer();
      await until(() => shopper.view?.state === 'talking');
      this.talks.push({ rep, shopper });
    }
  }

  async close(): Promise<void> {
    for (const { socket } of [...this.reps, ...this.waiting, ...this.talks.map(talk => talk.shopper)])
      socket.close();
    await this.server.stop();
  }
}

/** In order of their coming, as many at once as the server lets in. */
async function together<T>(all: readonly T[], come: (one: T) => Promise<void>): Promise<void> {
  let begun = 0;
  const next = async (): Promise<void> => {
    while (begun < all.length) await come(all[begun++]!);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, all.length) }, next));
}
