/**
 * Every change of routing state is one transaction (design rule 6), serialised,
 * with the routing decisions made inside it; what changed is published after the commit.
 */
import { randomUUID } from 'node:crypto';
import type { Transaction } from 'kysely';
import type { CallId, RepId, SiteId } from '../../../shared/ids.ts';
import { type Bus, nothingChanged, type SiteChanged } from '../../bus/bus.ts';
import type { Database } from '../../store/schema.ts';
import { sitesOfRep } from '../../store/sites.ts';
import type { Commits, Store } from '../../store/store.ts';
import { route } from '../routing/route.ts';
import type { LoadedCall } from '../writing/call-rows.ts';
import type { Change } from '../writing/change.ts';
import { appendHistory, type HistoryEntry, type Recorded } from './append-history.ts';
import { shift, writeClock } from './clock-shift.ts';
import type { RowClock } from './row-clock.ts';
import { StepGate } from './step-gate.ts';

export type ChangeOptions = {
  /**
   * Others are told of the change this much later, ms; at once when left out. Whoever asked is answered first in
   * any case. Losing the news in a crash loses nothing: it only says where to look in the database.
   */
  publishAfterMs?: number;
};

export type Transactions = {
  /**
   * Run `work` and then, where it asked for that, the routing of the sites in one transaction. A rep whom `work` touched
   * may be free now for the callers of another site, so all the sites of touched reps are routed along.
   * Resolves once that survives a power cut. Throws what `work` throws, after which nothing has changed. `work` may be run more than once, all but the last in
   * vain: it acts on the change alone.
   */
  change<T>(
    siteIds: readonly SiteId[],
    work: (change: Change) => Promise<T>,
    options?: ChangeOptions,
  ): Promise<T>;
  /** The same for a change that begins with a rep, in all the sites that the rep serves. */
  changeRep<T>(repId: RepId, work: (change: Change, siteIds: readonly SiteId[]) => Promise<T>): Promise<T>;
  /** Called right after each commit with what it made of calls, and what it wrote into their history, before anybody is told. */
  onCommit(listener: CommitListener): void;
  /** Follow the wall clock if it was set. Every change does so before it begins. */
  followClock(): Promise<void>;
  /** Move all times by a step of the wall clock. `running`: one that this server's own time has not followed yet. */
  moveTimes(step: number, running: boolean): Promise<void>;
};

type CommitListener = (calls: ReadonlyMap<CallId, LoadedCall>, history: readonly HistoryEntry[]) => void;

type TransactionsOptions = {
  store: Pick<Store, 'db' | 'siteLocks' | keyof Commits>;
  bus: Bus;
  rowClock: RowClock;
};

/** What a transaction leaves behind. */
type Done<T> = {
  value: T;
  touched: ReadonlyMap<SiteId, SiteChanged>;
  calls: ReadonlyMap<CallId, LoadedCall>;
  history: readonly HistoryEntry[];
};

export function createTransactions({ store, bus, rowClock }: TransactionsOptions): Transactions {
  const { db, siteLocks } = store;
  const gate = new StepGate();
  const listeners: CommitListener[] = [];
  const attempt = <T>(
    siteIds: readonly SiteId[],
    work: (change: Change) => Promise<T>,
    now: () => number,
  ): Promise<Done<T>> =>
    store.transaction(async tx => {
      const held = siteLocks && siteIds.length > 0 ? await siteLocks.hold(tx, siteIds) : new Set<SiteId>();
      const context = createChange(tx, now());
      const value = await work(context.change);
      if (context.routed.size > 0) {
        const served = await sitesServed(tx, touchedReps(context));
        const affected = [...new Set([...siteIds, ...context.routed, ...[...served.values()].flat()])].sort();
        if (siteLocks && affected.some(site => !held.has(site) && !context.created.has(site)))
          throw new MoreSites(affected);
        await route(context.change, affected);
        // A rep who became busy or free counts in every site that the rep serves, so each of them is told.
        const rung = touchedReps(context).filter(repId => !served.has(repId));
        for (const [rep, sites] of [...served, ...(await sitesServed(tx, rung))])
          for (const siteId of sites) {
            context.change.touch({ siteId, rep });
            context.change.route(siteId);
          }
      }
      const history = await appendHistory(tx, context.history, context.change.now);
      return { value, touched: context.touched, calls: context.calls, history };
    });

  /** Nothing else is being changed: rows and our own time move together. */
  const move = async (step: number, running: boolean) => {
    const sites = (await db.selectFrom('sites').select('id').orderBy('id').execute()).map(site => site.id);
    const moved = () => rowClock.now() + (running ? step : 0);
    const { touched } = await untilAllAreHeld(sites, held =>
      attempt(
        held,
        async change => {
          await shift(change, step);
          const noted = rowClock.note();
          await writeClock(change.db, { ...noted, stepped: noted.stepped + step });
        },
        moved,
      ),
    );
    rowClock.moved(step, running);
    await store.durable().finally(() => {
      for (const message of touched.values()) bus.publish(message);
    });
  };
  const follow = async () => {
    const step = rowClock.step();
    if (step !== 0) await move(step, true);
  };

  const change: Transactions['change'] = async (siteIds, work, { publishAfterMs = 0 } = {}) => {
    const {
      value: result,
      touched,
      calls,
      history,
    } = await gate.pass(
      () => rowClock.step() !== 0,
      follow,
      () => untilAllAreHeld(siteIds, sites => attempt(sites, work, rowClock.now)),
    );
    const publish = () => {
      for (const message of touched.values()) bus.publish(message);
    };
    const tell = (made: typeof calls) => {
      if (made.size > 0 || history.length > 0) for (const listener of listeners) listener(made, history);
    };
    if (publishAfterMs > 0) {
      tell(new Map());
      // Until then another change may have gone by, so that what this one made of calls is read anew.
      for (const { call } of calls.values()) addOnce(touched.get(call.siteId)?.heardAnew ?? [], call.id);
      await store.durable().finally(() => setTimeout(publish, publishAfterMs));
      return result;
    }
    // Who hears whom waits for no disk. Whoever is told does.
    tell(calls);
    await store.durable().finally(publish);
    return result;
  };
  return {
    change,
    onCommit(listener) {
      listeners.push(listener);
    },
    async changeRep(repId, work) {
      const siteIds = await sitesOfRep(db, repId);
      return change(siteIds, context => work(context, siteIds));
    },
    async followClock() {
      if (rowClock.step() !== 0) await gate.alone(follow);
    },
    moveTimes: (step, running) => gate.alone(() => move(step, running)),
  };
}

/** The change turned out to concern sites that it does not hold, so others could change them at the same time. */
class MoreSites extends Error {
  readonly siteIds: readonly SiteId[];
  constructor(siteIds: readonly SiteId[]) {
    super('a change concerns more sites than it holds');
    this.siteIds = siteIds;
  }
}

/** Begins anew, with nothing changed, whenever more sites have to be held. */
async function untilAllAreHeld<T>(
  siteIds: readonly SiteId[],
  attempt: (siteIds: readonly SiteId[]) => Promise<T>,
): Promise<T> {
  let sites = siteIds;
  for (;;) {
    try {
      return await attempt(sites);
    } catch (error) {
      if (!(error instanceof MoreSites)) throw error;
      const more = [...new Set([...sites, ...error.siteIds])];
      if (more.length === sites.length) throw new Error('A change concerns a site that does not exist');
      sites = more;
    }
  }
}

/** A change in the making, and what it leaves to be done before and after the commit. */
type Context = {
  change: Change;
  touched: Map<SiteId, SiteChanged>;
  routed: Set<SiteId>;
  created: Set<SiteId>;
  calls: Map<CallId, LoadedCall>;
  history: Recorded[];
};

function createChange(tx: Transaction<Database>, now: number): Context {
  const touched: Context['touched'] = new Map();
  const routed: Context['routed'] = new Set();
  const created: Context['created'] = new Set();
  const history: Context['history'] = [];
  const calls: Context['calls'] = new Map();
  const messageOf = (siteId: SiteId): SiteChanged => {
    let message = touched.get(siteId);
    if (!message) {
      message = nothingChanged(siteId);
      touched.set(siteId, message);
    }
    return message;
  };
  const change: Change = {
    ...{ db: tx, now, random: Math.random },
    newId: <Id extends string>() => randomUUID() as string as Id,
    made: callId => calls.get(callId),
    became(loaded) {
      calls.set(loaded.call.id, loaded);
    },
    touch({ siteId, call, ended, rep, queue, heardAnew, musicOf, push }) {
      const message = messageOf(siteId);
      addOnce(message.callIds, call ?? ended);
      addOnce(message.endedIds, ended);
      addOnce(message.repIds, rep);
      addOnce(message.queueIds, queue);
      addOnce(message.heardAnew, heardAnew);
      addOnce(message.musicOf, musicOf);
      addOnce(message.pushTo, push);
      if (queue) message.surroundings = true;
    },
    route(siteId) {
      routed.add(siteId);
      messageOf(siteId).surroundings = true;
    },
    created(siteId) {
      created.add(siteId);
    },
    record(call, event) {
      history.push({ call, event });
    },
  };
  return { change, touched, routed, created, calls, history };
}

function addOnce<T>(list: T[], item: T | null | undefined): void {
  if (item != null && !list.includes(item)) list.push(item);
}

const touchedReps = ({ touched }: Context) => [
  ...new Set([...touched.values()].flatMap(message => message.repIds)),
];

async function sitesServed(
  tx: Transaction<Database>,
  repIds: readonly RepId[],
): Promise<Map<RepId, SiteId[]>> {
  const served = new Map<RepId, SiteId[]>(repIds.map(repId => [repId, []]));
  if (repIds.length === 0) return served;
  const rows = await tx
    .selectFrom('queue_members')
    .select(['site_id', 'rep_id'])
    .distinct()
    .where('rep_id', 'in', [...repIds])
    .execute();
  for (const { rep_id, site_id } of rows) served.get(rep_id)?.push(site_id);
  return served;
}
