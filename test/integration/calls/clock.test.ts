/** The clock on the wall is set: what lasts 20 s lasts 20 s, nobody loses a place, and hours follow the wall. */
import { describe, expect, test } from 'vitest';
import { shopperLost } from '../../../server/calls/commands/shopper-commands.ts';
import { followMissedStep } from '../../../server/calls/timers/clock-watch.ts';
import { readClock } from '../../../server/calls/transaction/clock-shift.ts';
import { movedClock, RowClock } from '../../../server/calls/transaction/row-clock.ts';
import type { ShopperId, SiteId } from '../../../shared/ids.ts';
import { limits } from '../../../shared/limits.ts';
import { quiet } from '../../support/media.ts';
import { onEveryEngine, passes, play, rung, view, watch, world } from './routing/scene.ts';

const site = 'a' as SiteId;
const hour = 3_600_000;
const steps = [3 * hour, -3 * hour, 30 * 24 * hour, -30 * 24 * hour];
const [ana, ben] = [0, 1];
const arrives = (rep: number) => ({ do: 'comes-to-work', rep }) as const;
const calls = (shopper: number) => ({ do: 'start', shopper, queue: 0 }) as const;
const accepts = (rep: number) => ({ do: 'accept', rep, offer: 'own' }) as const;
const clockSteps = (ms: number) => ({ do: 'clock-steps', ms }) as const;
const states = async () => {
  const rows = await world.select<{ shopper_id: string; state: string }>(
    'select shopper_id, state from calls order by queued_at',
  );
  return Object.fromEntries(rows.map(row => [row.shopper_id, row.state]));
};
const statusOf = async (rep: string) =>
  (await world.select<{ status: string }>('select status from reps where id = ?', rep))[0]?.status;

onEveryEngine('a clock that is set on', () => {
  describe.each(steps)('by %i ms', step => {
    test('C62 an offer rings for as long as it would have', async () => {
      await play(arrives(ana), calls(0));
      const [{ rest }] = (await world.select<{ rest: number }>(
        'select due_at - made_at as rest from offers',
      )) as [{ rest: number }];
      await play(passes(1_000), clockSteps(step));
      await play(passes(Number(rest) - 1_002));
      expect(Object.values(await rung())).toEqual(['shopper-0']);
      await play(passes(3));
      expect(await rung()).toEqual({});
    });

    test('C63 who waits keeps the place, and a lost shopper the grace period', async () => {
      await play(calls(0)).catch(() => undefined);
      await play(
        arrives(ana),
        calls(0),
        accepts(ana),
        calls(1),
        passes(5_000),
        calls(2),
        clockSteps(step),
        passes(5_000),
      );
      expect(await view(1)).toMatchObject({ state: 'waiting', place: 1, since: world.now - 10_000 });
      expect(await view(2)).toMatchObject({ state: 'waiting', place: 2, since: world.now - 5_000 });
      await play({ do: 'shopper-lost', shopper: 0 }, clockSteps(step), passes(limits.shopperGraceMs - 1));
      expect((await states())['shopper-0']).toBe('talking');
      await play(passes(1));
      expect((await states())['shopper-0']).toBe('ended');
      // A call of the new time comes behind those of the old one.
      await play(arrives(ben));
      expect(await rung()).toMatchObject({ ben: 'shopper-1' });
    });

    test('C64 a talk is as long as it was, and so is what is written of it', async () => {
      await play(arrives(ana), calls(0), accepts(ana), passes(60_000), clockSteps(step), passes(60_000));
      expect(await view(0)).toMatchObject({ state: 'talking', since: world.now - 120_000 });
      await play({ do: 'hang-up', shopper: 0 });
      expect(await view(0)).toMatchObject({ state: 'ended', talkMs: 120_000 });
      const times = await world.select<{ at: number }>('select at from call_events order by seq');
      expect(times.map(row => Number(row.at))).toEqual(
        times.map(row => Number(row.at)).toSorted((a, b) => a - b),
      );
      // After-call work is not cut short, and not stretched.
      const [{ until }] = (await world.select<{ until: number }>(
        "select wrap_up_until as until from reps where id = 'ana'",
      )) as [{ until: number }];
      const rest = Number(until) - world.now;
      await play(clockSteps(step), passes(rest - 1));
      expect(await world.select("select work from reps where id = 'ana'")).toEqual([{ work: 'wrap-up' }]);
      await play(passes(1));
      expect(await world.select("select work from reps where id = 'ana'")).toEqual([{ work: 'idle' }]);
    });

    test('C65 a lost rep has the grace period, and one without a microphone too', async () => {
      await play(
        arrives(ana),
        arrives(ben),
        { do: 'rep-lost', rep: ana },
        { do: 'microphone', rep: ben, ready: false },
      );
      await play(clockSteps(step), passes(limits.repGraceMs - 1));
      expect(await statusOf('ana')).toBe('available');
      await play(passes(1));
      expect(await statusOf('ana')).toBe('offline');
      await play(passes(limits.microphoneGraceMs - limits.repGraceMs - 1));
      expect(await statusOf('ben')).toBe('available');
      await play(passes(1));
      expect(await statusOf('ben')).toBe('away');
    });

    test('C66 changes that meet the step come before it or after it, never in between', async () => {
      await play(arrives(ana), calls(0), accepts(ana), calls(1), calls(2));
      const loses = (shopper: number) =>
        world.transactions.change([site], change =>
          shopperLost(change, site, `shopper-${shopper}` as ShopperId),
        );
      await watch.apart(step, async () => {
        await Promise.all([loses(1), world.setClock(step), loses(2)]);
      });
      const parked = await world.select<{ rest: number }>(
        `select parked_until - ${world.now} as rest from calls where parked_until is not null`,
      );
      expect(parked.map(row => Number(row.rest))).toEqual([limits.shopperGraceMs, limits.shopperGraceMs]);
    });
  });

  test('C67 a step while no server ran is found at the next start, and a time that just passed is none', async () => {
    await play(arrives(ana), calls(0), accepts(ana), calls(1));
    const before = world.now;
    const noted = { wall: before, boot: 'b', uptime: 5_000 };
    const at = (wall: number, boot: string, uptime: number) =>
      new RowClock({ wall: () => wall, steady: () => 0, boot, sinceBoot: () => uptime }).stepSince(noted);
    expect(at(before + 60_000, 'b', 65_000)).toBe(0);
    expect(at(before + 60_000 + 3 * hour, 'b', 65_000)).toBe(3 * hour);
    expect(at(before + 60_000 - 3 * hour, 'b', 65_000)).toBe(-3 * hour);
    // Another boot: nobody knows how long the machine was off, but it was not off backwards.
    expect(at(before + 3 * hour, 'another', 10)).toBe(0);
    expect(at(before - 3 * hour, 'another', 10)).toBe(-3 * hour);

    await world.db.deleteFrom('clock').execute();
    const rowClock = new RowClock(movedClock(() => before));
    await followMissedStep(world.db, world.transactions, rowClock, quiet);
    expect(await readClock(world.db)).toMatchObject({ wall: before, stepped: 0 });
  });
});
