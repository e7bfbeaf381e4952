/** What two-person calls cost the server while they are talked, from ten on as far as one core carries them. */
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { loadFault, median } from './benchmark.ts';
import { Contender } from './contender.ts';
import { generatedLegs } from './generated-leg.ts';
import type { Growth, GrowthPoint } from './growth.ts';
import { LoadGenerator } from './load-generator.ts';
import { Team } from './people.ts';

const sizes = [10, 25, 50, 75, 100, 150, 200];
/** Measurements that count, and tries for them. */
const wanted = 3;
const tries = 10;
const warmUpMs = 300;
const measureMs = 2_000;
/** Of each person, who speaks all the time. */
const packetsPerSecond = 50;
/** Of the load generator. */
const group = 0;

/** Of the process and its workers, MiB. */
const memoryMiB = (server: Contender) =>
  [server.pid, ...server.childPids()].reduce((sum, pid) => {
    const kib = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return sum + Number(kib ?? 0) / 1024;
  }, 0);

/** Shares of a core, 0..1. */
async function measure(server: Contender, generator: LoadGenerator, people: number) {
  generator.start(group);
  await delay(warmUpMs);
  const now = async () => {
    const { received } = await generator.count(group);
    const { user, system } = process.cpuUsage();
    const load = generator.cpuSeconds() + (user + system) / 1e6;
    const [all, node] = [server.cpuSeconds(), server.nodeCpuSeconds()];
    return { received, load, node, worker: all - node, at: performance.now() };
  };
  const before = await now();
  await delay(measureMs);
  const after = await now();
  generator.stop();
  const seconds = (after.at - before.at) / 1_000;
  return {
    node: (after.node - before.node) / seconds,
    worker: (after.worker - before.worker) / seconds,
    load: (after.load - before.load) / seconds,
    lost: 1 - (after.received - before.received) / (people * packetsPerSecond * seconds),
  };
}

export const growthOfCalls: Growth = {
  id: 'G1',
  title: 'calls that are talked: share of a core, and memory',
  of: 'two-person calls',
  async run(say) {
    const server = await Contender.start('ours', new URL('./our-server.ts', import.meta.url));
    const generator = await LoadGenerator.start();
    const points = { worker: [] as GrowthPoint[], node: [] as GrowthPoint[], memory: [] as GrowthPoint[] };
    let ended = `measured to ${sizes.at(-1)}, as far as was asked`;
    try {
      const team = new Team(server, generatedLegs(generator, group));
      let calls = 0;
      points.memory.push([0, memoryMiB(server)]);
      for (const size of sizes) {
        for (; calls < size; calls++) await team.talk();
        const all: Awaited<ReturnType<typeof measure>>[] = [];
        const good: typeof all = [];
        for (let time = 0; time < tries && good.length < wanted; time++) {
          const one = await measure(server, generator, 2 * size);
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
      await Promise.all([generator.close(), server.stop()]);
    }
  },
};
