/**
 * R8: a talk ends, it is decided who is rung for whom, in one transaction through the real transactions, and the rep and both
 * shoppers are shown it; with a large shop over with a small one, on the same engine. Neither engine waits for the disk,
 * which would hide what is measured. What is read for those around, once a second however much is decided, is told apart.
 */
import { limits } from '../../shared/limits.ts';
import { BigShop } from '../support/big-shop.ts';
import type { Engine } from '../support/engines.ts';
import { type Benchmark, judge, median, type Round, turns } from './benchmark.ts';
import { placesOn } from './places.ts';

const small = { reps: 10, waiting: 10 };
const large = { reps: 1_000, waiting: 10_000 };
type Size = 'small' | 'large';
const rounds = 9;
const decisionsPerRound = 100;

/** Milliseconds of each decision, of what follows it, and of each reading for those around. */
async function decide(shop: BigShop): Promise<{ decided: number[]; shown: number[]; around: number[] }> {
  const times = { decided: [] as number[], shown: [] as number[], around: [] as number[] };
  let lastAround = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < decisionsPerRound; i++) {
    const started = performance.now();
    const over = await shop.decide();
    const decided = performance.now();
    await shop.showThoseConcerned(over);
    times.decided.push(decided - started);
    times.shown.push(performance.now() - decided);
    await shop.refill();
    const since = performance.now();
    if (since - lastAround < limits.placePushMs) continue;
    await shop.readAround();
    lastAround = performance.now();
    times.around.push(lastAround - since);
  }
  return times;
}

const r8On = (engine: Engine, id: string): Benchmark => ({
  id,
  title: `routing: a decision and what is shown of it, with 10 000 waiting and 1 000 reps / with 10 and 10, ${engine}`,
  goal: { atMost: 1.2 },
  async run(say) {
    const places = await placesOn[engine]();
    const stores = [await places.next(), await places.next()] as const;
    try {
      const shops = {
        small: await BigShop.open(stores[0], small),
        large: await BigShop.open(stores[1], large),
      };
      // A server begins so, and looks again each hour: SQLite knows how much is in its tables.
      for (const store of stores) store.watch();
      for (const shop of Object.values(shops)) await decide(shop);
      const all: Round[] = [];
      for (let round = 0; round < rounds; round++) {
        const now = new Map<Size, Awaited<ReturnType<typeof decide>>>();
        for (const which of turns(['small', 'large'] as const, round))
          now.set(which, await decide(shops[which]));
        const [a, b] = [now.get('large')!, now.get('small')!];
        const whole = ({ decided, shown }: typeof a) => median(decided) + median(shown);
        all.push({
          value: whole(a) / whole(b),
          figures: {
            ...{ large: a.decided, small: b.decided, largeShown: a.shown, smallShown: b.shown },
            ...{ largeAround: a.around, smallAround: b.around },
          },
        });
        say(
          `round ${round + 1} of ${rounds}: large ${median(a.decided).toFixed(2)} and shown ${median(a.shown).toFixed(2)}, small ${median(b.decided).toFixed(2)} and ${median(b.shown).toFixed(2)} ms`,
        );
      }
      const of = (name: string) => median(all.flatMap(({ figures }) => figures[name] ?? []));
      return judge(
        all,
        `decision ${of('large').toFixed(2)} / ${of('small').toFixed(2)} ms (${(of('large') / of('small')).toFixed(2)}), views of those concerned ${of('largeShown').toFixed(2)} / ${of('smallShown').toFixed(2)} ms, median of ${rounds * decisionsPerRound} each; reading for those around, once in ${limits.placePushMs} ms: ${of('largeAround').toFixed(1)} / ${of('smallAround').toFixed(1)} ms`,
      );
    } finally {
      for (const store of stores) await store.close();
      await places.close();
    }
  },
});

export const r8 = r8On('SQLite', 'R8');
export const r8Postgres = r8On('PostgreSQL', 'R8p');
