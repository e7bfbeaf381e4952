/**
 * R6: requests that one second of processor time answers, ours over ws that only reads JSON and sends it back. Ours is the
 * cheapest there is after `hello`: `beat`, which every page sends every few seconds. It is parsed, counted against the rate
 * of its socket and the requests in hand, found in the table of requests with its role, and its data validated.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { limits } from '../../shared/limits.ts';
import { type Benchmark, judge, loadFault, median, type Round, turns } from './benchmark.ts';
import { Contender } from './contender.ts';
import { Crowd, CrowdShopper } from './crowd.ts';
import { nextAddress } from './people.ts';
import { BenchSocket } from './signaling.ts';

const sockets = 600;
const rounds = 11;
const warmUpMs = 300;
const measureMs = 1_500;
/** Of each socket: what a socket may send in the long run, with some room. */
const perSecond = limits.requestsPerSecond - 4;

type Measured = { perCpuSecond: number; load: number; lost: number };

/** Sends evenly over time; what is not sent in time is lost. */
async function measure(contender: Contender, all: readonly BenchSocket[]): Promise<Measured> {
  let answered = 0;
  let next = 0;
  const began = performance.now();
  const failed: unknown[] = [];
  const timer = setInterval(() => {
    const wanted = ((performance.now() - began) / 1_000) * perSecond * all.length;
    for (; next < wanted; next++)
      all[next % all.length]!.request('beat', {}).then(
        () => answered++,
        error => failed.push(error),
      );
  }, 1);
  await delay(warmUpMs);
  const before = {
    ...{ answered, cpu: contender.nodeCpuSeconds() },
    ...{ own: process.cpuUsage(), at: performance.now() },
  };
  await delay(measureMs);
  const own = process.cpuUsage(before.own);
  const seconds = (performance.now() - before.at) / 1_000;
  const count = answered - before.answered;
  const cpu = contender.nodeCpuSeconds() - before.cpu;
  clearInterval(timer);
  await delay(warmUpMs);
  if (failed.length > 0) throw new Error(`${contender.name} refused ${failed.length}`, { cause: failed[0] });
  return {
    perCpuSecond: count / cpu,
    load: (own.user + own.system) / 1e6 / seconds,
    lost: 1 - count / (perSecond * all.length * seconds),
  };
}

export const r6: Benchmark = {
  id: 'R6',
  title: 'signaling: our cheapest request ("beat") per CPU-second / JSON echo by ws',
  goal: { atLeast: 0.7 },
  async run(say) {
    const crowd = await Crowd.open();
    const ours = crowd.server;
    const echo = await Contender.start('echo', new URL('./echo-server.ts', import.meta.url));
    const clients = new Map<Contender, BenchSocket[]>([
      [ours, []],
      [echo, []],
    ]);
    try {
      say(`${sockets} sockets are opened to each`);
      for (let i = 0; i < sockets; i++) {
        clients.get(ours)!.push((await CrowdShopper.arrive(ours)).socket);
        clients.get(echo)!.push(await BenchSocket.open(echo.origin, '/', nextAddress()));
      }
      const all: Round[] = [];
      for (let round = 0; round < rounds; round++) {
        const now = new Map<Contender, Measured>();
        for (const server of turns([ours, echo], round))
          now.set(server, await measure(server, clients.get(server)!));
        const [a, b] = [now.get(ours)!, now.get(echo)!];
        const worst = { load: Math.max(a.load, b.load), lost: Math.max(a.lost, b.lost) };
        all.push({
          value: a.perCpuSecond / b.perCpuSecond,
          figures: { ours: a.perCpuSecond, echo: b.perCpuSecond, ...worst },
          discounted: loadFault(worst),
        });
        say(
          `round ${round + 1} of ${rounds}: ours ${Math.round(a.perCpuSecond)}, echo ${Math.round(b.perCpuSecond)} messages per CPU-second; load ${Math.round(100 * worst.load)} % of its core`,
        );
      }
      const of = (name: string) => Math.round(median(all.map(({ figures }) => figures[name] as number)));
      return judge(
        all,
        `ours ${of('ours')}, echo ${of('echo')} messages per CPU-second, ${sockets} sockets, ${perSecond} a second each`,
      );
    } finally {
      for (const socket of [...clients.values()].flat()) socket.close();
      await Promise.all([crowd.close(), echo.stop()]);
    }
  },
};
