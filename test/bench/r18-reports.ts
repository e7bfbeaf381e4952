/**
 * R18: reports about a year of half a million calls. The value is the slowest way to tell its parts, since whoever opens
 * the page waits for that one as well.
 */

import { readReport } from '../../server/reports/report.ts';
import { migrate } from '../../server/store/migrate.ts';
import type { Store } from '../../server/store/store.ts';
import { reportParts } from '../../shared/api/reports.ts';
import type { Engine } from '../support/engines.ts';
import { makeYear, yearEnd, yearSite } from '../support/year-of-calls.ts';
import { type Benchmark, judge, median, type Round } from './benchmark.ts';
import { placesOn } from './places.ts';

const calls = 500_000;
const rounds = 5;

/** Of each way to tell the parts, ms. */
async function ask({ db }: Store): Promise<Record<string, number>> {
  const times: Record<string, number> = {};
  for (const by of reportParts) {
    const wish = { by, period: 'days', from: '2026-01-01', until: '2026-12-31' } as const;
    const started = performance.now();
    const { total } = await readReport(db, { ...wish, sites: [yearSite], withinS: 20, shortS: 5 }, yearEnd);
    times[by] = performance.now() - started;
    if (total.entered !== calls) throw new Error(`a report counted ${total.entered} of ${calls} calls`);
  }
  return times;
}

const r18On = (engine: Engine, id: string): Benchmark => ({
  id,
  title: `the slowest report about a year of ${calls} calls, ${engine}`,
  goal: { atMost: 1_000 },
  unit: 'ms',
  async run(say) {
    const places = await placesOn[engine]();
    const store = await places.next();
    try {
      await migrate(store.db);
      say(`${calls} calls are written`);
      await makeYear(store, calls);
      await ask(store);
      const all: Round[] = [];
      for (let round = 0; round < rounds; round++) {
        const figures = await ask(store);
        all.push({ value: Math.max(...Object.values(figures)), figures });
      }
      const of = (by: string) => `${by} ${median(all.map(({ figures }) => Number(figures[by]))).toFixed(0)}`;
      return judge(all, `${reportParts.map(of).join(', ')} ms, medians of ${rounds}`);
    } finally {
      await store.close();
      await places.close();
    }
  },
});

export const r18 = r18On('SQLite', 'R18');
export const r18Postgres = r18On('PostgreSQL', 'R18p');
