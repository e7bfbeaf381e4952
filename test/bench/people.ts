/** Ways to a leg, and to a talk of two legs, on each server under test. */
import type { Answers, Heard, HelloAnswer, LegMedia, RtpCapabilities } from '../../shared/protocol.ts';
import type { RepView } from '../../shared/views.ts';
import { protocolVersion, signalingPath } from '../../shared/wire.ts';
import { RepAccount } from '../support/rep-account.ts';
import { until } from '../support/until.ts';
import type { ClientIo } from '../support/wrtc-client.ts';
import type { Contender } from './contender.ts';
import { LoadLeg, loadCapabilities } from './load-leg.ts';
import { BenchSocket } from './signaling.ts';

/** Every person has an address of their own, as in life; servers count by address. */
let addresses = 0;
export const nextAddress = () => {
  const n = addresses++;
  return `127.0.${1 + (Math.floor(n / 250) % 250)}.${1 + (n % 250)}`;
};

let ssrc = 1000;

/** A person's media, whichever client makes it. */
export type Leg = {
  /** Makes the microphone; returns its producer's id when packets can be sent. */
  produce(): Promise<string>;
  hear(heard: Heard): Promise<void>;
};
export type MakeLeg<L extends Leg> = (media: LegMedia, io: ClientIo, ssrc: number) => L;
const makeLoadLeg: MakeLeg<LoadLeg> = (media, io, ssrc) => new LoadLeg(media, io, ssrc);

/** Somebody who has said hello and may ask for media. */
export type Caller = {
  routerRtpCapabilities: unknown;
  /** The request whose answer carries the transports and something to hear. */
  call: (rtpCapabilities: RtpCapabilities) => Promise<LegMedia>;
  io: ClientIo;
  /** What is to be heard, once it is a voice. */
  voice: () => Promise<Heard>;
  leave: () => Promise<void>;
};

export async function arriveAtOurs(server: Contender): Promise<Caller> {
  const socket = await BenchSocket.open(server.origin, signalingPath, nextAddress());
  const voice = nextVoice(socket);
  const { routerRtpCapabilities } = await socket.request<HelloAnswer>('hello', {
    protocolVersion,
    role: 'shopper',
    siteKey: 'demo',
    keepsLeg: false,
  });
  let callId: string | undefined;
  return {
    routerRtpCapabilities,
    async call(rtpCapabilities) {
      const started = await socket.request<Answers['call.start']>('call.start', { rtpCapabilities });
      callId = started.callId;
      return started.media;
    },
    io: ourIo(socket),
    voice: () => voice,
    async leave() {
      if (callId) await socket.request('call.hang-up', { callId });
      socket.close();
    },
  };
}

export async function arriveAtBare(server: Contender): Promise<Caller> {
  const socket = await BenchSocket.open(server.origin, '/', nextAddress());
  const { routerRtpCapabilities } = await socket.request<{ routerRtpCapabilities: unknown }>('hello', {});
  return {
    routerRtpCapabilities,
    call: rtpCapabilities => socket.request('open', { rtpCapabilities, greet: true }),
    io: bareIo(socket),
    voice: () => Promise.reject(new Error('the bare server gives voices on request')),
    leave: async () => socket.close(),
  };
}

/** Two legs that hear each other on the bare server. */
export async function talkOnBare<L extends Leg>(server: Contender, makeLeg: MakeLeg<L>): Promise<L[]> {
  const [a, b] = await Promise.all(
    [1, 2].map(async () => {
      const socket = await BenchSocket.open(server.origin, '/', nextAddress());
      const media = await socket.request<LegMedia>('open', {
        rtpCapabilities: loadCapabilities,
        greet: false,
      });
      const leg = makeLeg(media, bareIo(socket), ssrc++);
      return { socket, leg, producerId: await leg.produce() };
    }),
  );
  await a!.leg.hear(await a!.socket.request<Heard>('consume', { producerId: b!.producerId }));
  await b!.leg.hear(await b!.socket.request<Heard>('consume', { producerId: a!.producerId }));
  return [a!.leg, b!.leg];
}

/** The merchant's team on our server. */
export class Team<L extends Leg = LoadLeg> {
  readonly #server: Contender;
  readonly #makeLeg: MakeLeg<L>;
  #size = 0;
  readonly #leaving: (() => void | Promise<void>)[] = [];

  /** @param makeLeg with no type argument given it may be left out, and each leg is a WebRTC client of its own */
  constructor(server: Contender, makeLeg: MakeLeg<L> = makeLoadLeg as MakeLeg<Leg> as MakeLeg<L>) {
    this.#server = server;
    this.#makeLeg = makeLeg;
  }

  /** A rep with a leg, available, who answers when told to. */
  async rep(): Promise<{ leg: L; answer: () => Promise<void> }> {
    const socket = await BenchSocket.open(this.#server.origin, signalingPath, nextAddress());
    this.#leaving.push(() => socket.close());
    let view: RepView | undefined;
    const voice = nextVoice(socket, newest => {
      view = newest;
    });
    const ticket = await this.#ticket();
    await socket.request('hello', { protocolVersion, role: 'rep', ticket, keepsLeg: false });
    const { media } = await socket.request<Answers['leg.open']>('leg.open', {
      rtpCapabilities: loadCapabilities,
    });
    const leg = this.#makeLeg(media, ourIo(socket), ssrc++);
    await leg.produce();
    await until(() => view?.mediaReady);
    await socket.request('rep.status', { status: 'available' });
    return {
      leg,
      async answer() {
        const { offerId } = await until(() => view?.work.state === 'ringing' && view.work);
        await socket.request('offer.accept', { offerId });
        await leg.hear(await voice);
      },
    };
  }

  async #ticket(): Promise<string> {
    // Whoever sets the shop up answers calls, too.
    if (this.#size++ === 0) {
      const owner = { name: 'Owner', email: 'owner@bench.example', password: 'a long bench password' };
      const account = await RepAccount.make(this.#server.origin, this.#server.setUpToken!, owner);
      return account.ticket(this.#server.origin);
    }
    const name = `rep-${this.#size}`;
    await this.#server.ask('add reps', [name]);
    return this.#server.ask('ticket', name);
  }

  /** All who came leave, and their calls end. */
  async leave(): Promise<void> {
    for (const leave of this.#leaving.splice(0)) await leave();
  }

  /** Two legs that hear each other: a shopper's and a rep's, through the line. */
  async talk(): Promise<L[]> {
    const rep = await this.rep();
    const shopper = await arriveAtOurs(this.#server);
    this.#leaving.unshift(() => shopper.leave());
    const leg = this.#makeLeg(await shopper.call(loadCapabilities), shopper.io, ssrc++);
    await Promise.all([leg.produce(), rep.answer()]);
    await leg.hear(await shopper.voice());
    return [leg, rep.leg];
  }
}

/** The first voice that is heard for good, not only made ready. */
function nextVoice(socket: BenchSocket, onView: (view: RepView) => void = () => {}): Promise<Heard> {
  return new Promise(resolve => {
    socket.onPush = push => {
      if (push.push === 'view') onView(push.view as RepView);
      if (push.push !== 'hearing') return;
      const voice = (push.hearing as Heard[]).find(({ source, active }) => source === 'voice' && active);
      if (voice) resolve(voice);
    };
  });
}

export const ourIo = (socket: BenchSocket): ClientIo => ({
  connect: async (transportId, dtlsParameters) => {
    await socket.request('leg.connect', { transportId, dtlsParameters });
  },
  produce: async rtpParameters =>
    (await socket.request<Answers['leg.produce']>('leg.produce', { rtpParameters })).producerId,
});

export const bareIo = (socket: BenchSocket): ClientIo => ({
  connect: async (transportId, dtlsParameters) => {
    await socket.request('connect', { transportId, dtlsParameters });
  },
  produce: async rtpParameters =>
    (await socket.request<{ producerId: string }>('produce', { rtpParameters })).producerId,
});
