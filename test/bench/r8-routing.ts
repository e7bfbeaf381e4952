/**
 * R8: a talk ends and it is decided who is rung for whom, in one transaction through the real transactions; with a large shop
 * over with a small one, on the same engine. Neither engine waits for the disk, which would hide what is measured.
 */
import { BigShop } from '../support/big-shop.ts';
import type { Engine } from '../support/engines.ts';
import { type Benchmark, judge, median, type Round, turns } from './benchmark.ts';
import { placesOn } from './places.ts';

const small = { reps: 10, waiting: 10 };
const large = { reps: 1_000, waiting: 10_000 };
const rounds = 9;
const decisionsPerRound = 100;

/** Milliseconds of each decision. */
async function decide(shop: BigShop): Promise<number[]> {
  const times: number[] = [];
  for (let i = 0; i < decisionsPerRound; i++) {
    const started = performance.now();
    await shop.decide();
    times.push(performance.now() - started);
    await shop.refill();
  }
  return times;
}

const r8On = (engine: Engine, id: string): Benchmark => ({
  id,
  title: `routing: a decision with 10 000 waiting and 1 000 reps / with 10 and 10, ${engine}`,
  goal: { atMost: 1.2 },
  async run(say) {
    const places = await placesOn[engine]();
    const stores = [await places.next(), await places.next()] as const;
    try {
      const shops = {
        small: await BigShop.open(stores[0], small),
        large: await BigShop.open(stores[1], large),
      };
      for (const shop of Object.values(shops)) await decide(shop);
      const all: Round[] = [];
      for (let round = 0; round < rounds; round++) {
        const now = { small: [] as number[], large: [] as number[] };
        for (const which of turns(['small', 'large'] as const, round))
          now[which] = await decide(shops[which]);
        all.push({ value: median(now.large) / median(now.small), figures: now });
        say(
          `round ${round + 1} of ${rounds}: large ${median(now.large).toFixed(2)}, small ${median(now.small).toFixed(2)} ms`,
        );
      }
      const of = (name: string) => median(all.flatMap(({ figures }) => figures[name] ?? [])).toFixed(2);
      return judge(
        all,
        `large ${of('large')}, small ${of('small')} ms, median of ${rounds * decisionsPerRound} decisions each`,
      );
    } finally {
      for (const store of stores) await store.close();
      await places.close();
    }
  },
});

export const r8 = r8On('SQLite', 'R8');
export const r8Postgres = r8On('PostgreSQL', 'R8p');
