/**
 * R14: what it costs when somebody in a talk mutes the microphone, or a page says how good its line is. No call changes by it
 * and nobody else sees it, so that it is a matter of few statements, and of the same processor time however many reps look
 * on.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { limits } from '../../shared/limits.ts';
import { type Benchmark, judge, median, type Round, turns } from './benchmark.ts';
import { Crowd } from './crowd.ts';
import type { BenchSocket } from './signaling.ts';

const few = 5;
const many = 500;
const talks = 4;
const rounds = 9;
/** Of each socket in a round: within its burst, with room for what else it says. */
const marksEach = limits.requestBurst - 10;
/** After which a socket may send as much again, ms. */
const restMs = (1_000 * limits.requestBurst) / limits.requestsPerSecond;

const line = { rttMs: 40, jitterMs: 5, lossPercent: 0 };
const acts = {
  mute: (socket: BenchSocket, i: number) => socket.request('leg.mute', { muted: i % 2 === 0 }),
  measurement: (socket: BenchSocket) => socket.request('leg.quality', line),
};
type Act = keyof typeof acts;

export const r14: Benchmark = {
  id: 'R14',
  title: 'SQL statements of a mute or a measurement, whichever takes more',
  goal: { atMost: 3 },
  unit: 'statements',
  async run() {
    const crowd = await Crowd.open({ countStatements: true });
    try {
      await crowd.addReps(few);
      await crowd.addTalks(1);
      // What is still to be told of the talk is told, and what is due is looked at.
      await delay(2 * limits.placePushMs);
      const [talk] = crowd.talks;
      const all: Round[] = [];
      for (let round = 0; round < 5; round++) {
        const counts: Record<Act, number> = { mute: 0, measurement: 0 };
        for (const act of Object.keys(acts) as Act[]) {
          await crowd.server.ask('count statements');
          await acts[act](talk!.rep.socket, round);
          counts[act] = await crowd.server.ask<number>('statements');
        }
        all.push({ value: Math.max(counts.mute, counts.measurement), figures: counts });
      }
      const of = (act: Act) => median(all.map(({ figures }) => figures[act] as number));
      return judge(all, `mute ${of('mute')}, measurement ${of('measurement')}`);
    } finally {
      await crowd.close();
    }
  },
};

/** Milliseconds of processor time for one of them. */
async function cpuOfMarks(crowd: Crowd, act: Act): Promise<number> {
  const people = crowd.talks.flatMap(({ rep, shopper }) => [rep, shopper]);
  const before = crowd.server.nodeCpuSeconds();
  for (let i = 0; i < marksEach; i++) await Promise.all(people.map(({ socket }) => acts[act](socket, i)));
  return (1_000 * (crowd.server.nodeCpuSeconds() - before)) / (marksEach * people.length);
}

export const r14Cpu: Benchmark = {
  id: 'R14b',
  title: `processor time of a mute and a measurement, ${many} reps on duty / ${few}`,
  goal: { atMost: 1.1 },
  async run(say) {
    const crowds = { few: await Crowd.open(), many: await Crowd.open() };
    try {
      say(`${many} and ${few} reps come on duty`);
      await crowds.few.addReps(few);
      await crowds.many.addReps(many);
      for (const crowd of Object.values(crowds)) await crowd.addTalks(talks);
      await delay(2 * limits.placePushMs);
      const all: Round[] = [];
      // The first one warms up what a server that runs has warm.
      for (let round = -1; round < rounds; round++) {
        const now = { few: {} as Record<Act, number>, many: {} as Record<Act, number> };
        for (const act of Object.keys(acts) as Act[]) {
          for (const which of turns(['few', 'many'] as const, round + 1))
            now[which][act] = await cpuOfMarks(crowds[which], act);
          await delay(restMs);
        }
        if (round < 0) continue;
        const sum = ({ mute, measurement }: Record<Act, number>) => mute + measurement;
        all.push({
          value: sum(now.many) / sum(now.few),
          figures: {
            ...{ manyMute: now.many.mute, fewMute: now.few.mute },
            ...{ manyMeasurement: now.many.measurement, fewMeasurement: now.few.measurement },
          },
        });
        say(
          `round ${round + 1} of ${rounds}: mute ${now.many.mute.toFixed(3)} / ${now.few.mute.toFixed(3)} ms, measurement ${now.many.measurement.toFixed(3)} / ${now.few.measurement.toFixed(3)} ms`,
        );
      }
      const of = (name: string) => median(all.map(({ figures }) => figures[name] as number)).toFixed(3);
      return judge(
        all,
        `CPU of a mute ${of('manyMute')} / ${of('fewMute')} ms, of a measurement ${of('manyMeasurement')} / ${of('fewMeasurement')} ms`,
      );
    } finally {
      await Promise.all(Object.values(crowds).map(crowd => crowd.close()));
    }
  },
};
