/** Sees to it that a step of the wall clock is followed before anything is decided by the new time. */
import type { Kysely } from 'kysely';
import type { Logger } from 'pino';
import type { Database } from '../../store/schema.ts';
import { StoreDown } from '../../store/store-error.ts';
import { readClock, writeClock } from '../transaction/clock-shift.ts';
import { type Clock, RowClock } from '../transaction/row-clock.ts';
import type { Transactions } from '../transaction/transactions.ts';

/** How often the two clocks are compared while nothing happens, and noted for the next start, ms. */
const compareEveryMs = 1_000;
const noteEveryMs = 30_000;

/** The time as the rows know it. To be followed by `followMissedStep` before anything else is changed. */
export async function readRowClock(db: Kysely<Database>, clock: Clock): Promise<RowClock> {
  return new RowClock(clock, (await readClock(db))?.stepped ?? 0);
}

/** At the start: the clock may have been set while no server ran. */
export async function followMissedStep(
  db: Kysely<Database>,
  transactions: Transactions,
  rowClock: RowClock,
  log: Logger,
): Promise<void> {
  const noted = await readClock(db);
  const step = noted ? rowClock.stepSince(noted) : 0;
  if (step !== 0) {
    log.warn({ ms: step }, 'the clock was set while the server was not running, due times are moved');
    await transactions.moveTimes(step, false);
  } else await writeClock(db, rowClock.note());
}

type WatchOptions = {
  db: Kysely<Database>;
  transactions: Transactions;
  rowClock: RowClock;
  /** The views of everybody are to be read anew. */
  onStep: () => void;
  log: Logger;
};

export function watchClock({ db, transactions, rowClock, onStep, log }: WatchOptions): {
  close(): Promise<void>;
} {
  let working: Promise<void> | undefined;
  let notedAt = performance.now();
  let followed = rowClock.note().stepped;
  const failed = (err: unknown) => {
    if (!(err instanceof StoreDown)) log.error({ err }, 'the clock could not be followed, trying again');
  };
  const look = async () => {
    await transactions.followClock();
    const { stepped } = rowClock.note();
    if (stepped !== followed) {
      log.warn({ ms: stepped - followed }, 'the clock was set, due times are moved');
      followed = stepped;
      onStep();
    }
    if (performance.now() - notedAt < noteEveryMs) return;
    notedAt = performance.now();
    await writeClock(db, rowClock.note());
  };
  const timer = setInterval(() => {
    working ??= look()
      .catch(failed)
      .finally(() => {
        working = undefined;
      });
  }, compareEveryMs);
  return {
    async close() {
      clearInterval(timer);
      await working;
    },
  };
}
