/**
 * R1: packets that our whole server (its Node process and its worker) delivers for one second of processor time, as a
 * share of what bare mediasoup does with the same calls. Both servers run on one core and hold the same talks all the
 * time; only one of them is sent to at a time. Both send lost packets again on request (NACK), as our calls do.
 */
import { setTimeout as delay } from 'node:timers/promises';
import {
  type Benchmark,
  counting,
  judge,
  loadFault,
  median,
  percent,
  type Round,
  turns,
} from './benchmark.ts';
import { Contender } from './contender.ts';
import { sendFrom } from './load.ts';
import type { LoadLeg } from './load-leg.ts';
import { Team, talkOnBare } from './people.ts';

const calls = 50;
/** Many short rounds rather than few long ones: what else happens on the machine then hits both servers alike. */
const rounds = 21;
/** Milliseconds of load before counting, and while counting. */
const warmUpMs = 300;
const measureMs = 2_000;

type Measured = { perCpuSecond: number; load: number; lost: number };

async function measure(contender: Contender, legs: readonly LoadLeg[]): Promise<Measured> {
  const stop = sendFrom(legs);
  await delay(warmUpMs);
  const received = () => legs.reduce((sum, leg) => sum + leg.received, 0);
  const before = {
    packets: received(),
    cpu: contender.cpuSeconds(),
    own: process.cpuUsage(),
    at: performance.now(),
  };
  await delay(measureMs);
  const own = process.cpuUsage(before.own);
  const seconds = (performance.now() - before.at) / 1000;
  const packets = received() - before.packets;
  const cpu = contender.cpuSeconds() - before.cpu;
  stop();
  return {
    perCpuSecond: packets / cpu,
    load: (own.user + own.system) / 1e6 / seconds,
    lost: 1 - packets / (legs.length * 50 * seconds),
  };
}

export const r1: Benchmark = {
  id: 'R1',
  title: 'media: packets per CPU-second, ours / bare mediasoup',
  goal: { atLeast: 0.98 },
  async run(say) {
    const ours = await Contender.start('ours', new URL('./our-server.ts', import.meta.url));
    const bare = await Contender.start('bare', new URL('./bare-server.ts', import.meta.url));
    const talks = new Map<Contender, LoadLeg[]>();
    try {
      say(`setting up ${calls} calls on each server`);
      const team = new Team(ours);
      const add = (contender: Contender, legs: LoadLeg[]) =>
        talks.set(contender, [...(talks.get(contender) ?? []), ...legs]);
      for (let call = 0; call < calls; call++) {
        add(ours, await team.talk());
        add(bare, await talkOnBare(bare));
      }
      const all: Round[] = [];
      for (let round = 0; round < rounds; round++) {
        const now = new Map<Contender, Measured>();
        for (const contender of turns([ours, bare], round)) {
          now.set(contender, await measure(contender, talks.get(contender)!));
        }
        const [a, b] = [now.get(ours)!, now.get(bare)!];
        const worst = { load: Math.max(a.load, b.load), lost: Math.max(a.lost, b.lost) };
        const discounted = loadFault(worst);
        all.push({
          value: a.perCpuSecond / b.perCpuSecond,
          figures: { ours: a.perCpuSecond, bare: b.perCpuSecond, ...worst },
          discounted,
        });
        say(
          `round ${round + 1} of ${rounds}: ours ${Math.round(a.perCpuSecond)}, bare ${Math.round(b.perCpuSecond)} packets per CPU-second; load ${percent(worst.load)} of its core, ${percent(worst.lost)} lost${discounted ? '; does not count' : ''}`,
        );
      }
      const of = (figure: string) => counting(all).map(({ figures }) => figures[figure] as number);
      return judge(
        all,
        `${calls} calls; ours ${Math.round(median(of('ours')))}, bare ${Math.round(median(of('bare')))} packets per CPU-second; at most ${percent(Math.max(0, ...of('lost')))} not delivered`,
      );
    } finally {
      for (const leg of [...talks.values()].flat()) leg.close();
      await Promise.all([ours.stop(), bare.stop()]);
    }
  },
};
