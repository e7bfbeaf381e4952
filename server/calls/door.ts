/**
 * The one door for change (design rule 5). Every change of routing state is one transaction, serialised,
 * with the routing decisions made inside it; what changed is published after the commit.
 */
import { randomUUID } from 'node:crypto';
import { sql, type Transaction } from 'kysely';
import type { RepId, SiteId } from '../../shared/ids.ts';
import type { Bus, SiteChanged } from '../bus/bus.ts';
import type { Database } from '../store/schema.ts';
import { sitesOfRep } from '../store/sites.ts';
import type { Store } from '../store/store.ts';
import type { Change } from './change.ts';
import { shift, writeClock } from './clock/shift.ts';
import { StepGate } from './clock/step-gate.ts';
import type { Timeline } from './clock/timeline.ts';
import { route } from './routing/route.ts';

export type ChangeOptions = {
  /**
   * Others are told of the change this much later, ms; at once when left out. Whoever asked is answered first in
   * any case. Losing the news in a crash loses nothing: it only says where to look in the database.
   */
  tellAfterMs?: number;
};

export type Door = {
  /**
   * Run `work` and then the routing of the sites in one transaction. A rep whom `work` touched may be free now for
   * the callers of another site, so all the sites of touched reps are routed along.
   * Throws what `work` throws, after which nothing has changed. `work` may be run more than once, all but the last in
   * vain: it acts on the change alone.
   */
  change<T>(
    siteIds: readonly SiteId[],
    work: (change: Change) => Promise<T>,
    options?: ChangeOptions,
  ): Promise<T>;
  /** The same for a change that begins with a rep, in all the sites that the rep serves. */
  changeRep<T>(repId: RepId, work: (change: Change, siteIds: readonly SiteId[]) => Promise<T>): Promise<T>;
  /** Follow the wall clock if it was set. Every change does so before it begins. */
  followClock(): Promise<void>;
  /** Move all times by a step of the wall clock. `running`: one that this server's own time has not followed yet. */
  moveTimes(step: number, running: boolean): Promise<void>;
};

type DoorOptions = { store: Pick<Store, 'db' | 'siteLocks'>; bus: Bus; timeline: Timeline };

/** What a transaction leaves behind. */
type Done<T> = { value: T; touched: ReadonlyMap<SiteId, SiteChanged> };

export function createDoor({ store: { db, siteLocks }, bus, timeline }: DoorOptions): Door {
  const gate = new StepGate();
  const attempt = <T>(
    siteIds: readonly SiteId[],
    work: (change: Change) => Promise<T>,
    now: () => number,
  ): Promise<Done<T>> =>
    db.transaction().execute(async tx => {
      const held = siteLocks && siteIds.length > 0 ? await siteLocks.hold(tx, siteIds) : new Set<SiteId>();
      const touched = new Map<SiteId, SiteChanged>();
      const context = createChange(tx, now(), touched);
      const value = await work(context);
      const affected = await withSitesOfReps(tx, siteIds, touched);
      if (siteLocks && affected.some(site => !held.has(site))) throw new MoreSites(affected);
      if (affected.length > 0) {
        await route(context, affected);
        await touchOtherSites(tx, context, touched);
      }
      return { value, touched };
    });

  /** Nothing else is being changed: rows and our own time move together. */
  const move = async (step: number, running: boolean) => {
    const sites = (await db.selectFrom('sites').select('id').orderBy('id').execute()).map(site => site.id);
    const moved = () => timeline.now() + (running ? step : 0);
    const { touched } = await untilAllAreHeld(sites, held =>
      attempt(
        held,
        async change => {
          await shift(change, step);
          const noted = timeline.note();
          await writeClock(change.db, { ...noted, stepped: noted.stepped + step });
        },
        moved,
      ),
    );
    timeline.moved(step, running);
    for (const message of touched.values()) bus.publish(message);
  };
  const follow = async () => {
    const step = timeline.step();
    if (step !== 0) await move(step, true);
  };

  const change: Door['change'] = async (siteIds, work, { tellAfterMs = 0 } = {}) => {
    const { value: result, touched } = await gate.pass(
      () => timeline.step() !== 0,
      follow,
      () => untilAllAreHeld(siteIds, sites => attempt(sites, work, timeline.now)),
    );
    const tell = () => {
      for (const message of touched.values()) bus.publish(message);
    };
    if (tellAfterMs > 0) setTimeout(tell, tellAfterMs);
    else tell();
    return result;
  };
  return {
    change,
    async changeRep(repId, work) {
      const siteIds = await sitesOfRep(db, repId);
      return change(siteIds, context => work(context, siteIds));
    },
    async followClock() {
      if (timeline.step() !== 0) await gate.alone(follow);
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

function createChange(tx: Transaction<Database>, now: number, touched: Map<SiteId, SiteChanged>): Change {
  const newId = <Id extends string>() => randomUUID() as string as Id;
  return {
    db: tx,
    now,
    random: Math.random,
    newId,
    touch({ siteId, call, ended, rep, queue, musicOf, wakes }) {
      let message = touched.get(siteId);
      if (!message) {
        message = { siteId, callIds: [], endedIds: [], repIds: [], queueIds: [], musicOf: [], wakes: [] };
        touched.set(siteId, message);
      }
      addOnce(message.callIds, call ?? ended);
      addOnce(message.endedIds, ended);
      addOnce(message.repIds, rep);
      addOnce(message.queueIds, queue);
      addOnce(message.musicOf, musicOf);
      addOnce(message.wakes, wakes);
    },
    async record(call, type, rep = null, data = {}) {
      await tx
        .insertInto('call_events')
        .values({
          id: newId(),
          site_id: call.site_id,
          call_id: call.id,
          seq: sql<number>`(select coalesce(max(seq), 0) + 1 from call_events where call_id = ${call.id})`,
          at: now,
          type,
          rep_id: rep,
          data: JSON.stringify(data),
        })
        .execute();
    },
  };
}

function addOnce<T>(list: T[], item: T | null | undefined): void {
  if (item != null && !list.includes(item)) list.push(item);
}

const touchedReps = (touched: ReadonlyMap<SiteId, SiteChanged>) => [
  ...new Set([...touched.values()].flatMap(message => message.repIds)),
];

async function withSitesOfReps(
  tx: Transaction<Database>,
  siteIds: readonly SiteId[],
  touched: ReadonlyMap<SiteId, SiteChanged>,
): Promise<SiteId[]> {
  const rows = await membershipsOf(tx, touchedReps(touched));
  return [...new Set([...siteIds, ...rows.map(row => row.site_id)])].sort();
}

/** A rep who became busy or free counts in every site that the rep serves, so each of them is told. */
async function touchOtherSites(
  tx: Transaction<Database>,
  change: Change,
  touched: ReadonlyMap<SiteId, SiteChanged>,
): Promise<void> {
  for (const row of await membershipsOf(tx, touchedReps(touched)))
    change.touch({ siteId: row.site_id, rep: row.rep_id });
}

async function membershipsOf(tx: Transaction<Database>, repIds: RepId[]) {
  if (repIds.length === 0) return [];
  return tx
    .selectFrom('queue_members')
    .select(['site_id', 'rep_id'])
    .distinct()
    .where('rep_id', 'in', repIds)
    .execute();
}
