/** What two-person calls cost the server while they are talked, from ten on as far as the generator's core carries. */
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { loadFault, median } from './benchmark.ts';
import { Contender } from './contender.ts';
import type { Growth, GrowthPoint } from './growth.ts';
import { sendFrom } from './load.ts';
import type { LoadLeg } from './load-leg.ts';
import { Team } from './people.ts';

const sizes = [10, 25, 50, 75, 100, 150, 200];
/** Measurements that count, and tries for them. */
const wanted = 3;
const tries = 10;
const warmUpMs = 300;
const measureMs = 1_500;

/** Of the process and its workers, MiB. */
const memoryMiB = (server: Contender) =>
  [server.pid, ...server.childPids()].reduce((sum, pid) => {
    const kib = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return sum + Number(kib ?? 0) / 1024;
  }, 0);

/** Shares of a core, 0..1. */
async function measure(server: Contender, legs: readonly LoadLeg[]) {
  const stop = sendFrom(legs);
  await delay(warmUpMs);
  const received = () => legs.reduce((sum, leg) => sum + leg.received, 0);
  const before = {
    ...{ packets: received(), all: server.cpuSeconds(), node: server.nodeCpuSeconds() },
    ...{ own: process.cpuUsage(), at: performance.now() },
  };
  await delay(measureMs);
  const own = process.cpuUsage(before.own);
  const seconds = (performance.now() - before.at) / 1_000;
  const node = (server.nodeCpuSeconds() - before.node) / seconds;
  const worker = (server.cpuSeconds() - before.all) / seconds - node;
  const packets = received() - before.packets;
  stop();
  return {
    ...{ node, worker, load: (own.user + own.system) / 1e6 / seconds },
    lost: 1 - packets / (legs.length * 50 * seconds),
  };
}

export const growthOfCalls: Growth = {
  id: 'G1',
  title: 'calls that are talked: share of a core, and memory',
  of: 'two-person calls',
  async run(say) {
    const server = await Contender.start('ours', new URL('./our-server.ts', import.meta.url));
    const legs: LoadLeg[] = [];
    const points = { worker: [] as GrowthPoint[], node: [] as GrowthPoint[], memory: [] as GrowthPoint[] };
    let ended = `measured to ${sizes.at(-1)}, as far as was asked`;
    try {
      const team = new Team(server);
      points.memory.push([0, memoryMiB(server)]);
      for (const size of sizes) {
        while (legs.length < 2 * size) legs.push(...(await team.talk()));
        const all: Awaited<ReturnType<typeof measure>>[] = [];
        const good: typeof all = [];
        for (let time = 0; time < tries && good.length < wanted; time++) {
          const one = await measure(server, legs);
          all.push(one);
          if (loadFault(one) === undefined) good.push(one);
        }
        if (good.length < wanted) {
          ended = `at ${size} ${all.map(loadFault).find(fault => fault !== undefined)}`;
          break;
        }
        points.worker.push([size, 100 * median(good.map(one => one.worker))]);
        points.node.push([size, 100 * median(good.map(one => one.node))]);
        points.memory.push([size, memoryMiB(server)]);
        say(
          `${size} calls: worker ${points.worker.at(-1)?.[1].toFixed(1)} %, Node ${points.node.at(-1)?.[1].toFixed(1)} % of a core`,
        );
      }
      if (points.worker.length === 0) throw new Error(`Nothing counts: ${ended}`);
      return {
        lines: {
          worker: { label: 'media worker', unit: '% of a core', points: points.worker },
          node: { label: 'Node process', unit: '% of a core', points: points.node },
          memory: { label: 'memory of both', unit: 'MiB', points: points.memory },
        },
        ended,
      };
    } finally {
      for (const leg of legs) leg.close();
      await server.stop();
    }
  },
};
