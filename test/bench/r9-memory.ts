/**
 * R9: memory that one call takes when 100 are under way, of the Node process and the media worker together, our whole server
 * over bare mediasoup: what a server has more than when nobody had come yet, by call. Pages that processes share are counted
 * in parts (PSS). Packets flow, since what is kept to be sent again is part of it; nobody collects garbage but Node itself.
 */
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { type Benchmark, judge, median, type Round, turns } from './benchmark.ts';
import { Contender } from './contender.ts';
import { generatedLegs } from './generated-leg.ts';
import { LoadGenerator } from './load-generator.ts';
import { Team, talkOnBare } from './people.ts';

const calls = 100;
const rounds = 5;
/** Two looks this far apart, ms, that differ by less than this share are a settled state; waited for at most so long. */
const lookMs = 2_000;
const steady = 0.01;
const mostLooks = 10;

type Memory = { node: number; worker: number };

/** KiB. @throws Error when there is no such process */
function proportionalSet(pid: number): number {
  const [, kib] = /^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))!;
  return Number(kib);
}

function memory(server: Contender): Memory {
  return {
    node: proportionalSet(server.pid),
    worker: server.childPids().reduce((sum, pid) => sum + proportionalSet(pid), 0),
  };
}

const sum = ({ node, worker }: Memory) => node + worker;

async function settled(server: Contender): Promise<Memory> {
  let before = memory(server);
  for (let look = 0; look < mostLooks; look++) {
    await delay(lookMs);
    const now = memory(server);
    if (Math.abs(sum(now) - sum(before)) < steady * sum(before)) return now;
    before = now;
  }
  return before;
}

/** KiB for each call, of a server that starts with nobody. */
async function perCall(name: 'ours' | 'bare'): Promise<Memory> {
  const generator = await LoadGenerator.start();
  const server = await Contender.start(
    name,
    new URL(`./${name}-server.ts`.replace('ours', 'our'), import.meta.url),
  );
  try {
    const legs = generatedLegs(generator, 0);
    const team = new Team(server, legs);
    const empty = await settled(server);
    for (let call = 0; call < calls; call++) await (name === 'ours' ? team.talk() : talkOnBare(server, legs));
    generator.start(0);
    const full = await settled(server);
    return { node: (full.node - empty.node) / calls, worker: (full.worker - empty.worker) / calls };
  } finally {
    await Promise.all([generator.close(), server.stop()]);
  }
}

export const r9: Benchmark = {
  id: 'R9',
  title: 'memory per call at 100 calls, Node and worker, ours / bare mediasoup',
  goal: { atMost: 1.2 },
  async run(say) {
    const all: Round[] = [];
    const parts: Record<'ours' | 'bare', Memory[]> = { ours: [], bare: [] };
    for (let round = 0; round < rounds; round++) {
      for (const name of turns(['ours', 'bare'] as const, round)) parts[name].push(await perCall(name));
      const [ours, bare] = [parts.ours[round]!, parts.bare[round]!];
      all.push({ value: sum(ours) / sum(bare), figures: { ours: sum(ours), bare: sum(bare) } });
      const text = ({ node, worker }: Memory) => `${Math.round(node)} + ${Math.round(worker)}`;
      say(
        `round ${round + 1} of ${rounds}: ours ${text(ours)}, bare ${text(bare)} KiB per call, Node + worker`,
      );
    }
    const of = (name: 'ours' | 'bare') => {
      const [node, worker] = (['node', 'worker'] as const).map(part =>
        median(parts[name].map(one => one[part])),
      );
      return `${name} ${Math.round(node!)} KiB of Node and ${Math.round(worker!)} of the worker`;
    };
    return judge(all, `${of('ours')}, ${of('bare')}`);
  },
};
