/** What one change costs the server's Node process with more and more people around it. */
import { setTimeout as delay } from 'node:timers/promises';
import { limits } from '../../shared/limits.ts';
import { until } from '../support/until.ts';
import { median } from './benchmark.ts';
import { Crowd, CrowdRep, CrowdShopper } from './crowd.ts';
import type { Growth, GrowthPoint } from './growth.ts';

const sizes = [10, 100, 300, 1_000];
const times = 5;
/** Changes before the first size, which warm up what a server that runs has warm. */
const warmUps = 10;

/** Milliseconds of processor time until all have seen it. What was told before is told by then. */
async function cpuOf(crowd: Crowd, act: () => Promise<unknown>, seen: () => boolean): Promise<number> {
  await delay(limits.placePushMs + limits.surroundingsDelayMs);
  const before = crowd.server.nodeCpuSeconds();
  await act();
  await until(seen, { everyMs: 10 });
  return 1_000 * (crowd.server.nodeCpuSeconds() - before);
}

export const growthOfWaiting: Growth = {
  id: 'G2',
  title: 'shoppers who wait: the first of them leaves and all move up',
  of: 'waiting shoppers',
  async run(say) {
    const crowd = await Crowd.open();
    const points = { cpu: [] as GrowthPoint[], views: [] as GrowthPoint[] };
    const placeOf = ({ view }: CrowdShopper) => (view?.state === 'waiting' ? view.place : 0);
    try {
      await crowd.addReps(1);
      await crowd.addTalks(1);
      for (const size of sizes) {
        await crowd.addWaiting(size - crowd.waiting.length);
        const all: { cpu: number; views: number }[] = [];
        for (let time = size === sizes[0] ? -warmUps : 0; time < times; time++) {
          const line = [...crowd.waiting].sort((a, b) => placeOf(a) - placeOf(b));
          const first = line.shift()!;
          crowd.waiting.splice(crowd.waiting.indexOf(first), 1);
          const views = () => line.reduce((sum, shopper) => sum + shopper.views, 0);
          let before = 0;
          const cpu = await cpuOf(
            crowd,
            () => {
              before = views();
              return first.hangUp();
            },
            () => line.every((shopper, index) => placeOf(shopper) === index + 1),
          );
          if (time >= 0) all.push({ cpu, views: views() - before });
          first.socket.close();
          await crowd.addWaiting(1);
        }
        points.cpu.push([size, median(all.map(one => one.cpu))]);
        points.views.push([size, median(all.map(one => one.views))]);
        say(`${size} waiting: ${points.cpu.at(-1)?.[1].toFixed(1)} ms, ${points.views.at(-1)?.[1]} views`);
      }
      return {
        lines: {
          cpu: { label: 'one leaves the line', unit: 'ms of CPU', points: points.cpu },
          views: { label: 'views sent', unit: 'views', points: points.views },
        },
        ended: `measured to ${sizes.at(-1)}, as far as was asked`,
      };
    } finally {
      await crowd.close();
    }
  },
};

export const growthOfReps: Growth = {
  id: 'G3',
  title: 'reps on duty: a mute, another one joins, a call starts and rings',
  of: 'reps on duty',
  async run(say) {
    const crowd = await Crowd.open();
    const points = { mute: [] as GrowthPoint[], join: [] as GrowthPoint[], start: [] as GrowthPoint[] };
    const everyRepSees = (what: { waiting?: number; onDuty?: number }) => () =>
      crowd.reps.every(({ view }) => {
        const queue = view?.queues[0];
        const onDuty = (queue?.repsAvailable ?? 0) + (queue?.repsBusy ?? 0);
        return (what.waiting ?? queue?.waiting) === queue?.waiting && (what.onDuty ?? onDuty) === onDuty;
      });
    try {
      await crowd.addReps(2);
      await crowd.addTalks(1);
      const shopper = await CrowdShopper.arrive(crowd.server);
      const { rep: talker } = crowd.talks[0]!;
      for (const size of sizes) {
        await crowd.addReps(size - crowd.reps.length);
        let all = { mute: [] as number[], join: [] as number[], start: [] as number[] };
        for (let time = size === sizes[0] ? -warmUps : 0; time < times; time++) {
          if (time === 0) all = { mute: [], join: [], start: [] };
          const mutes = 20;
          const muting = await cpuOf(
            crowd,
            async () => {
              for (let i = 0; i < mutes; i++) await talker.socket.request('leg.mute', { muted: i % 2 === 0 });
            },
            () => true,
          );
          all.mute.push(muting / mutes);
          const name = await crowd.account();
          const before = crowd.reps.length;
          let joined: CrowdRep | undefined;
          all.join.push(
            await cpuOf(
              crowd,
              async () => {
                joined = await CrowdRep.signIn(crowd.server, name);
                await joined.goOnDuty();
              },
              everyRepSees({ onDuty: before + 1 }),
            ),
          );
          if (joined) crowd.reps.push(joined);
          all.start.push(await cpuOf(crowd, () => shopper.call(), everyRepSees({ waiting: 1 })));
          await shopper.hangUp();
          await until(everyRepSees({ waiting: 0 }));
        }
        for (const act of ['mute', 'join', 'start'] as const) points[act].push([size, median(all[act])]);
        say(
          `${size} reps: mute ${points.mute.at(-1)?.[1].toFixed(2)}, join ${points.join.at(-1)?.[1].toFixed(1)}, start ${points.start.at(-1)?.[1].toFixed(1)} ms`,
        );
      }
      shopper.socket.close();
      return {
        lines: {
          mute: { label: 'one mutes', unit: 'ms of CPU', points: points.mute },
          join: { label: 'one comes on duty', unit: 'ms of CPU', points: points.join },
          start: { label: 'a call starts and rings', unit: 'ms of CPU', points: points.start },
        },
        ended: `measured to ${sizes.at(-1)}, as far as was asked`,
      };
    } finally {
      await crowd.close();
    }
  },
};
