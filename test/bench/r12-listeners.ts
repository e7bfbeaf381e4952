/**
 * R12: what one more listener of hold music costs our whole server (its Node process with the thread for music, and its
 * worker), over what one more consumer of the same stream costs bare mediasoup. Both play all the time, and are measured at
 * once: first to a few, then to many. What does not grow with the listeners falls out of the difference.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { Heard, LegMedia } from '../../shared/protocol.ts';
import { type Benchmark, counting, judge, loadFault, median, percent, type Round } from './benchmark.ts';
import { Contender } from './contender.ts';
import { Crowd, CrowdShopper } from './crowd.ts';
import { sendFrom } from './load.ts';
import { LoadLeg, loadCapabilities } from './load-leg.ts';
import { bareIo, nextAddress, ourIo } from './people.ts';
import { BenchSocket } from './signaling.ts';

const few = 10;
const more = 100;
const rounds = { few: 7, many: 15 };
const measureMs = 3_000;
/** The stream of each server: 50 packets a second, of 80 bytes as the default piece has them on average. */
const packetsPerSecond = 50;

type Window = { ours: number; bare: number; load: number; lost: number };

/** Listeners on both servers, as many on each. */
class Listeners {
  readonly #crowd: Crowd;
  readonly #bare: Contender;
  readonly #ours: LoadLeg[] = [];
  readonly #bares: LoadLeg[] = [];
  readonly #speaker: LoadLeg;
  readonly #producerId: string;
  readonly #stopSpeaker: () => void;

  private constructor(crowd: Crowd, bare: Contender, speaker: LoadLeg, producerId: string) {
    this.#crowd = crowd;
    this.#bare = bare;
    this.#speaker = speaker;
    this.#producerId = producerId;
    this.#stopSpeaker = sendFrom([speaker]);
  }

  static async create(crowd: Crowd, bare: Contender): Promise<Listeners> {
    const { media, socket } = await openOnBare(bare);
    const speaker = new LoadLeg(media, bareIo(socket), 1);
    return new Listeners(crowd, bare, speaker, await speaker.produce());
  }

  async add(count: number): Promise<void> {
    for (let i = 0; i < count; i++) {
      const shopper = await CrowdShopper.arrive(this.#crowd.server);
      const called = await shopper.call();
      const leg = new LoadLeg(called, ourIo(shopper.socket), 2);
      await leg.hear(called.hearing[0]!);
      this.#ours.push(leg);

      const { media, socket } = await openOnBare(this.#bare);
      const other = new LoadLeg(media, bareIo(socket), 2);
      await other.hear(await socket.request<Heard>('consume', { producerId: this.#producerId }));
      this.#bares.push(other);
    }
  }

  async measure(): Promise<Window> {
    const { server } = this.#crowd;
    const received = (legs: readonly LoadLeg[]) => legs.reduce((sum, leg) => sum + leg.received, 0);
    const now = () => ({
      ours: server.cpuSeconds(),
      bare: this.#bare.cpuSeconds(),
      packets: Math.min(received(this.#ours), received(this.#bares)),
      own: process.cpuUsage(),
      at: performance.now(),
    });
    const before = now();
    await delay(measureMs);
    const after = now();
    const own = process.cpuUsage(before.own);
    const seconds = (after.at - before.at) / 1_000;
    const wanted = this.#ours.length * packetsPerSecond * seconds;
    return {
      ours: (after.ours - before.ours) / seconds,
      bare: (after.bare - before.bare) / seconds,
      load: (own.user + own.system) / 1e6 / seconds,
      lost: 1 - (after.packets - before.packets) / wanted,
    };
  }

  close(): void {
    this.#stopSpeaker();
    for (const leg of [this.#speaker, ...this.#ours, ...this.#bares]) leg.close();
  }
}

async function openOnBare(bare: Contender): Promise<{ media: LegMedia; socket: BenchSocket }> {
  const socket = await BenchSocket.open(bare.origin, '/', nextAddress());
  const media = await socket.request<LegMedia>('open', { rtpCapabilities: loadCapabilities, greet: false });
  return { media, socket };
}

export const r12: Benchmark = {
  id: 'R12',
  title: 'hold music: CPU for one more listener, ours / a bare mediasoup consumer',
  goal: { atMost: 1.05 },
  async run(say) {
    const crowd = await Crowd.open();
    const bare = await Contender.start('bare', new URL('./bare-server.ts', import.meta.url));
    let listeners: Listeners | undefined;
    try {
      // The rep talks, so that the line is open and all others wait.
      await crowd.addReps(1);
      await crowd.addTalks(1);
      listeners = await Listeners.create(crowd, bare);
      await listeners.add(few);
      const base: Window[] = [];
      for (let i = 0; i < rounds.few; i++) base.push(await listeners.measure());
      const baseOf = (which: 'ours' | 'bare') => median(base.map(window => window[which]));
      say(`${few} listeners: ours ${percent(baseOf('ours'))}, bare ${percent(baseOf('bare'))} of a core`);
      await listeners.add(more);
      const all: Round[] = [];
      for (let round = 0; round < rounds.many; round++) {
        const { load, lost, ...cpu } = await listeners.measure();
        /** Microseconds of processor time for a listener and second. */
        const each = (which: 'ours' | 'bare') => ((cpu[which] - baseOf(which)) / more) * 1e6;
        const [ours, other] = [each('ours'), each('bare')];
        const discounted = loadFault({ load, lost });
        all.push({ value: ours / other, figures: { ours, bare: other, load, lost }, discounted });
        say(
          `round ${round + 1} of ${rounds.many}: ours ${Math.round(ours)}, bare ${Math.round(other)} µs for a listener and second; load ${percent(load)} of its core, ${percent(lost)} lost${discounted ? '; does not count' : ''}`,
        );
      }
      const of = (which: string) =>
        Math.round(median(counting(all).map(({ figures }) => figures[which] as number)));
      return judge(
        all,
        `${few} and ${few + more} listeners; ours ${of('ours')}, bare ${of('bare')} µs of processor time for each more and second`,
      );
    } finally {
      listeners?.close();
      await Promise.all([crowd.close(), bare.stop()]);
    }
  },
};
