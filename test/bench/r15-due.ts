/**
 * R15: the look at what is due next, which follows every change, with five hundred shops in the database over with one, and
 * nothing due in any of them.
 */
import { nextDue } from '../../server/calls/timers/due-times.ts';
import type { Store } from '../../server/store/store.ts';
import { BigShop } from '../support/big-shop.ts';
import type { Engine } from '../support/engines.ts';
import { type Benchmark, judge, median, type Round, turns } from './benchmark.ts';
import { placesOn } from './places.ts';

const sites = 500;
const rounds = 11;
const looksPerRound = 200;
const shop = { reps: 5, waiting: 5 };

/** Milliseconds of each look. */
async function look({ db }: Store): Promise<number[]> {
  const times: number[] = [];
  for (let i = 0; i < looksPerRound; i++) {
    const started = performance.now();
    await nextDue(db, Date.now());
    times.push(performance.now() - started);
  }
  return times;
}

const r15On = (engine: Engine, id: string): Benchmark => ({
  id,
  title: `a look at what is due, ${sites} sites / 1, nothing due, ${engine}`,
  goal: { atMost: 1.2 },
  async run(say) {
    const places = await placesOn[engine]();
    const stores = { one: await places.next(), many: await places.next() };
    try {
      await BigShop.open(stores.one, shop);
      say(`${sites} shops are opened`);
      await BigShop.open(stores.many, { ...shop, others: sites - 1 });
      for (const store of Object.values(stores)) await look(store);
      const all: Round[] = [];
      for (let round = 0; round < rounds; round++) {
        const now = { one: [] as number[], many: [] as number[] };
        for (const which of turns(['one', 'many'] as const, round)) now[which] = await look(stores[which]);
        all.push({ value: median(now.many) / median(now.one), figures: now });
      }
      const of = (name: string) => median(all.flatMap(({ figures }) => figures[name] ?? [])).toFixed(3);
      return judge(
        all,
        `${sites} sites ${of('many')}, one ${of('one')} ms, median of ${rounds * looksPerRound} looks each`,
      );
    } finally {
      for (const store of Object.values(stores)) await store.close();
      await places.close();
    }
  },
});

export const r15 = r15On('SQLite', 'R15');
export const r15Postgres = r15On('PostgreSQL', 'R15p');
