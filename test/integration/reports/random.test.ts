/** Figures of whatever may happen: written by the transactions themselves, and the same when made anew of the history. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bringFiguresUpToDate } from '../../../server/calls/figures/rebuild.ts';
import { readEvent, timelineOf } from '../../../server/calls/history/timeline.ts';
import { readReport } from '../../../server/reports/report.ts';
import { reportParts } from '../../../shared/api/reports.ts';
import type { RepId, SiteId } from '../../../shared/ids.ts';
import { callCounts, timeSums } from '../../../shared/report-figures.ts';
import { engines } from '../../support/engines.ts';
import { Watch } from '../calls/routing/invariants.ts';
import { type Operation, operation } from '../calls/routing/operations.ts';
import { Players } from '../calls/routing/players.ts';
import { plainRules, World } from '../calls/routing/world.ts';

let world: World;
let ended = 0;

const rows = async () => ({
  entries: await world.db.selectFrom('call_entries').selectAll().orderBy('call_id').orderBy('n').execute(),
  work: await world.db
    .selectFrom('rep_work')
    .selectAll()
    .orderBy('call_id')
    .orderBy('rep_id')
    .orderBy('queue_id')
    .orderBy('quarter')
    .execute(),
});
const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0);

async function run(overflow: boolean, history: readonly Operation[]): Promise<void> {
  await world.reset({ ...plainRules, overflow });
  const players = new Players(world, new Watch(world));
  for (const one of history) await players.play(one);
  const written = await rows();
  await asTheTimelines(written);
  await world.db.deleteFrom('figures_state').execute();
  await bringFiguresUpToDate(world.db);
  expect(await rows(), 'made anew of the history').toEqual(written);
  await partsAddUp();
}

/** The list of calls tells the same of each call. */
async function asTheTimelines({ entries, work }: Awaited<ReturnType<typeof rows>>): Promise<void> {
  const events = await world.db.selectFrom('call_events').selectAll().orderBy('seq').execute();
  for (const call of (await world.rows()).calls) {
    const own = entries.filter(entry => entry.call_id === call.id);
    if (call.state !== 'ended') {
      expect(own).toEqual([]);
      continue;
    }
    ended++;
    const told = timelineOf(events.filter(event => event.call_id === call.id).map(readEvent), world.now);
    expect(own.at(-1)?.queue_id).toBe(told.queueId);
    expect(sum(own.map(entry => entry.talk_ms))).toBe(told.talkedMs);
    expect(sum(own.map(entry => entry.missed))).toBe(told.missedOffers);
    const mine = work.filter(row => row.call_id === call.id);
    expect(sum(mine.map(row => row.missed))).toBe(told.missedOffers);
    for (const { handling_ms: handling, ringing_ms: ringing, on_duty_ms: duty } of mine)
      expect(duty).toBeLessThanOrEqual(handling + ringing);
  }
}

async function partsAddUp(): Promise<void> {
  const filter = { sites: ['a', 'b'] as SiteId[], period: 'today', withinS: 20, shortS: 5 } as const;
  for (const by of reportParts) {
    const own = await readReport(world.db, { ...filter, by, repId: 'ana' as RepId }, world.now);
    for (const name of [...callCounts, ...timeSums])
      expect([by, name, sum(own.parts.map(part => part.counts[name]))]).toEqual([by, name, own.total[name]]);
    const { total, parts } = await readReport(world.db, { ...filter, by }, world.now);
    for (const name of [...callCounts, ...timeSums])
      expect([by, name, sum(parts.map(part => part.counts[name]))]).toEqual([by, name, total[name]]);
    const { entered, answered, abandoned, movedOn, removed, callbacks } = total;
    expect(entered).toBe(answered + abandoned + movedOn + removed + callbacks);
  }
}

/** Status is told by the clock of that time: what a step of the clock makes of it is not told twice the same. */
const histories = fc.array(
  operation.filter(one => one.do !== 'clock-steps'),
  { minLength: 120, maxLength: 120, size: 'max' },
);

describe.each(engines)('figures on %s', engine => {
  beforeAll(async () => {
    world = await World.open(engine);
    ended = 0;
  });
  afterAll(() => world.close());

  test('R134 what somebody does in a call that goes on is neither work nor idle time before the call is over', async () => {
    await world.reset();
    const players = new Players(world, new Watch(world));
    const began = world.now;
    const pass = (ms: number) => players.play({ do: 'time-passes', ms, late: false });
    const times = async () => {
      const filter = {
        sites: ['a'] as SiteId[],
        period: 'today',
        by: 'rep',
        withinS: 20,
        shortS: 5,
      } as const;
      const { parts } = await readReport(world.db, filter, world.now);
      const { handlingMs, idleMs } = parts.find(part => part.key === 'ana')!.counts;
      return { handlingMs, idleMs };
    };
    await players.play({ do: 'comes-to-work', rep: 0 });
    await pass(60_000);
    expect(await times()).toEqual({ handlingMs: 0, idleMs: world.now - began });
    await players.play({ do: 'start', shopper: 0, queue: 0 });
    await pass(5_000);
    expect(await times()).toEqual({ handlingMs: 0, idleMs: 60_000 });
    await players.play({ do: 'accept', rep: 0, offer: 'own' });
    await pass(100_000);
    expect((await times()).handlingMs).toBe(0);
    await players.play({ do: 'hang-up', shopper: 0 });
    await pass(4_000);
    expect(await times()).toEqual({ handlingMs: 100_000, idleMs: 60_000 });
    await players.play({ do: 'wrap-up-done', rep: 0 });
    expect(await times()).toEqual({ handlingMs: 104_000, idleMs: 60_000 });
  });

  test('R130 are the same when made anew, agree with the stories of the calls, and add up, whatever happens', async () => {
    // Histories in which no call ends prove nothing.
    for (let round = 0; ended < 20; round++) {
      expect(round, 'rounds in which next to nothing happened').toBeLessThan(10);
      await fc.assert(fc.asyncProperty(fc.boolean(), histories, run), {
        numRuns: engine === 'SQLite' ? 6 : 2,
      });
    }
  }, 120_000);
});
