/**
 * R13: the longest time for which nobody else gets a turn in the server while one change reaches everybody around it: a
 * thousand shoppers who move up a place because the first of them hangs up, and five hundred reps who see a call come and
 * go. The timer that looks runs inside the server's process.
 */
import { until } from '../support/until.ts';
import { type Benchmark, judge, quantile, type Round, type Say } from './benchmark.ts';
import { Crowd, CrowdShopper } from './crowd.ts';

const shoppers = 1_000;
const reps = 500;
const rounds = 20;

/** Whoever looks on is told within the round: all of them, and nothing is left in hand. */
async function stallDuring(crowd: Crowd, act: () => Promise<unknown>, seen: () => boolean): Promise<number> {
  await crowd.server.ask('watch stalls');
  await act();
  await until(seen, { everyMs: 20 });
  return crowd.server.ask<number>('stall');
}

/** The worst of the changes is the figure: a shopper hears each of them. */
function worst(rounds: readonly Round[], what: string) {
  const judged = judge(rounds, '');
  const stalls = rounds.map(({ value }) => value);
  return {
    ...judged,
    value: Math.max(...stalls),
    note: `${what}; longest stall of each of ${stalls.length} changes: median ${judged.value.toFixed(1)}, 90 % within ${quantile(stalls, 0.9).toFixed(1)}, worst ${Math.max(...stalls).toFixed(1)} ms`,
  };
}

async function shoppersMoveUp(say: Say) {
  const crowd = await Crowd.open();
  try {
    await crowd.addReps(1);
    await crowd.addTalks(1);
    say(`${shoppers} shoppers come into the line`);
    await crowd.addWaiting(shoppers);
    const all: Round[] = [];
    for (let round = 0; round < rounds; round++) {
      const line = [...crowd.waiting].sort((a, b) => placeOf(a) - placeOf(b));
      const first = line.shift()!;
      crowd.waiting.splice(crowd.waiting.indexOf(first), 1);
      const last = line.at(-1)!;
      const before = placeOf(last);
      const value = await stallDuring(
        crowd,
        () => first.hangUp(),
        () => line.every((shopper, index) => placeOf(shopper) === index + 1) && placeOf(last) < before,
      );
      first.socket.close();
      all.push({ value, figures: { waiting: line.length } });
    }
    return worst(all, `${shoppers} shoppers wait, the first of them leaves`);
  } finally {
    await crowd.close();
  }
}

const placeOf = ({ view }: CrowdShopper) => (view?.state === 'waiting' ? view.place : 0);

async function repsLookOn(say: Say) {
  const crowd = await Crowd.open();
  try {
    say(`${reps} reps come on duty`);
    await crowd.addReps(reps);
    const shopper = await CrowdShopper.arrive(crowd.server);
    const all: Round[] = [];
    const everyRepSees = (waiting: number) => () =>
      crowd.reps.every(({ view }) => view?.queues[0]?.waiting === waiting && view.waiting.length === waiting);
    for (let round = 0; round < rounds; round++) {
      const come = await stallDuring(crowd, () => shopper.call(), everyRepSees(1));
      const go = await stallDuring(crowd, () => shopper.hangUp(), everyRepSees(0));
      all.push({ value: Math.max(come, go), figures: { come, go } });
    }
    shopper.socket.close();
    return worst(all, `${reps} reps on duty, a call comes and one of them rings, and it is hung up`);
  } finally {
    await crowd.close();
  }
}

const stalls = (id: string, title: string, run: Benchmark['run']): Benchmark => ({
  id,
  title: `longest stall of the signaling loop: ${title}`,
  goal: { atMost: 20 },
  unit: 'ms',
  run,
});

export const r13 = stalls('R13', `one change reaches ${shoppers} waiting shoppers`, shoppersMoveUp);
export const r13Reps = stalls('R13b', `one change reaches ${reps} reps`, repsLookOn);
