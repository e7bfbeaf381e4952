/**
 * Random histories through the real transactions, commands and due times on a real database, looked at after every commit.
 * `ROUTING_SEED` and `ROUTING_RUNS` repeat or lengthen it; a failure prints its seed and the shortest history.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readEvent, timelineOf } from '../../../../server/calls/history/timeline.ts';
import { nextDue } from '../../../../server/calls/timers/due-times.ts';
import { repView } from '../../../../server/calls/views/rep-view.ts';
import { readShared } from '../../../../server/calls/views/shared-reading.ts';
import { shopperView } from '../../../../server/calls/views/shopper-view.ts';
import { strategies } from '../../../../shared/domain.ts';
import { Watch } from './invariants.ts';
import { type Operation, operation } from './operations.ts';
import { Players } from './players.ts';
import { type Rules, repIds, shopperIds, siteOf, World } from './world.ts';

const runs = Number(process.env.ROUTING_RUNS ?? 12);
/** Operations in each. */
const length = 200;
const seed = process.env.ROUTING_SEED ? Number(process.env.ROUTING_SEED) : undefined;

const rules: fc.Arbitrary<Rules> = fc.record({
  strategy: fc.constantFrom(...strategies),
  preferredRepMs: fc.constantFrom(0, 12_000),
  skills: fc.boolean(),
  languages: fc.boolean(),
  openWrapUp: fc.boolean(),
  overflow: fc.boolean(),
});

let world: World;
let watch: Watch;
let refusals = 0;

async function run(rules: Rules, history: readonly Operation[]): Promise<void> {
  await world.reset(rules);
  watch.restart();
  const players = new Players(world, watch);
  for (const one of history) {
    await players.play(one);
    if (one.do !== 'time-passes' || one.late) continue;
    const due = await nextDue(world.db, world.now);
    expect(due === null || due > world.now, 'nothing that is due is left, or the timer would spin').toBe(
      true,
    );
  }
  await viewsAreWhole();
  await storiesAreTrue();
  await players.allLeave();
  await storiesAreTrue();
  await nothingIsLeft();
  expect(await nextDue(world.db, world.now), 'no clock runs for nobody').toBeNull();
  refusals += players.refusals;
}

/** Everybody can be shown where they stand, and places in a line are 1, 2, 3. */
async function viewsAreWhole(): Promise<void> {
  const shared = readShared(world.db, world.now);
  const places = new Map<string, number[]>();
  // Who is out of reach has the place that they would have if they were back, and others count on without them.
  const away = await world.select<{ shopper_id: string }>(
    "select shopper_id from calls where state <> 'ended' and (parked_until is not null or held_until is not null)",
  );
  for (const [index, shopper] of shopperIds.entries()) {
    const view = await shopperView(
      world.db,
      { siteId: siteOf(index).id, shopperId: shopper, languages: [] },
      world.now,
      shared,
    );
    if (away.some(row => row.shopper_id === shopper)) continue;
    if (view.state === 'waiting' || view.state === 'callback')
      places.set(view.queueName, [...(places.get(view.queueName) ?? []), view.place]);
  }
  for (const line of places.values())
    expect(line.sort((a, b) => a - b)).toEqual(line.map((_, index) => index + 1));
  for (const rep of repIds) {
    const view = await repView(world.db, rep, world.now);
    for (const queue of view.queues) expect(queue.repsBusy).toBeGreaterThanOrEqual(0);
  }
}

/** Every call told from its events alone is what its row says. */
async function storiesAreTrue(): Promise<void> {
  const events = await world.db.selectFrom('call_events').selectAll().orderBy('seq').execute();
  for (const call of (await world.rows()).calls) {
    const told = timelineOf(events.filter(event => event.call_id === call.id).map(readEvent), world.now);
    expect(told).toMatchObject({
      state: call.state,
      queueId: call.queue_id,
      repId: call.rep_id,
      startedAt: call.started_at,
      answeredAt: call.answered_at,
      endedAt: call.ended_at,
      endReason: call.end_reason,
      wrappedUpAt: call.wrapped_up_at,
    });
    const whole = (call.ended_at ?? world.now) - call.started_at;
    expect(told.waitedMs + told.talkedMs, 'all of the time').toBe(whole);
    expect(
      told.stretches.reduce((sum, { from, to }) => sum + to - from, 0),
      'all of the stretches',
    ).toBe(whole);
    if (call.answered_at !== null) expect(told.talkedTo).toContain(call.rep_id);
  }
}

async function nothingIsLeft(): Promise<void> {
  const count = async (query: string) => (await world.select<{ n: number }>(query))[0]?.n;
  expect(await count("select count(*) n from calls where state <> 'ended'"), 'calls that never end').toBe(0);
  expect(await count("select count(*) n from offers where state = 'live'"), 'offers that ring for ever').toBe(
    0,
  );
  expect(
    await count(`select count(*) n from reps where session_id is not null or lost_until is not null
      or wrap_up_until is not null or wrap_up_call_id is not null or media_ready = 1`),
    'reps who are half here',
  ).toBe(0);
}

describe.each([
  { engine: 'SQLite', runs },
  // Looked at after every operation instead of every commit, and slower.
  { engine: 'PostgreSQL', runs: Math.max(2, Math.ceil(runs / 20)) },
] as const)('routing on $engine', ({ engine, runs }) => {
  beforeAll(async () => {
    world = await World.open(engine);
    watch = new Watch(world);
    refusals = 0;
  });
  afterAll(() => world.close());

  test(
    `Q1 keeps every invariant after every commit of ${runs} random histories of ${length} operations`,
    async () => {
      // Histories in which nothing happens prove nothing: of a few there may be too many, and then there are more.
      const enough = () => watch.offers > runs * 3 && watch.answers > runs && refusals > runs;
      for (let round = 0; round === 0 || !enough(); round++) {
        expect(round, 'rounds in which next to nothing happened').toBeLessThan(10);
        await fc.assert(
          fc.asyncProperty(
            rules,
            fc.array(operation, { minLength: length, maxLength: length, size: 'max' }),
            run,
          ),
          {
            numRuns: runs,
            ...(seed === undefined ? {} : { seed: seed + round }),
          },
        );
      }
    },
    150_000 + runs * 20_000,
  );
});
