/** A merchant's routing without sockets and media: the real transactions, commands, due times and database, and a clock to turn. */

import path from 'node:path';
import Sqlite, { type Database as RawDatabase, type Statement } from 'better-sqlite3';
import { CompiledQuery, type Kysely, sql } from 'kysely';
import type { Bus } from '../../../../server/bus/bus.ts';
import { changeQueue } from '../../../../server/calls/commands/queue-commands.ts';
import { recover } from '../../../../server/calls/timers/recovery.ts';
import { honourDue } from '../../../../server/calls/timers/timers.ts';
import { RowClock } from '../../../../server/calls/transaction/row-clock.ts';
import { createTransactions, type Transactions } from '../../../../server/calls/transaction/transactions.ts';
import { mainAccount } from '../../../../server/store/members.ts';
import { readQueueSettings } from '../../../../server/store/queue-settings.ts';
import { regroup } from '../../../../server/store/routing-groups.ts';
import type { CallRow, Database, OfferRow, PartyRow, RepRow } from '../../../../server/store/schema.ts';
import { newMember } from '../../../../server/store/sites.ts';
import { type Store, waitedCommits } from '../../../../server/store/store.ts';
import type { Strategy } from '../../../../shared/domain.ts';
import type { Language } from '../../../../shared/i18n/languages.ts';
import type { QueueId, RepId, ShopperId, SiteId } from '../../../../shared/ids.ts';
import { type QueueSettings, queueSettings } from '../../../../shared/settings.ts';
import { type Engine, freshPlace, openPlace, type Place } from '../../../support/engines.ts';
import { quiet } from '../../../support/media.ts';

/** A Friday, 08:00 UTC. */
export const epoch = 1_800_000_000_000;

type Site = { id: SiteId; queues: { id: QueueId; priority: number; wrapUpMs: number; offerMs: number }[] };

const queue = (id: string, priority: number, wrapUpMs: number, offerMs: number) => ({
  id: id as QueueId,
  priority,
  wrapUpMs,
  offerMs,
});

/** Two merchants who share a team: tiers, a queue that goes first, one without wrap-up. */
const sites: readonly Site[] = [
  { id: 'a' as SiteId, queues: [queue('a-sales', 0, 10_000, 20_000), queue('a-vip', 1, 0, 15_000)] },
  { id: 'b' as SiteId, queues: [queue('b-help', 0, 5_000, 20_000)] },
];
export const queues = sites.flatMap(site => site.queues.map(one => ({ ...one, siteId: site.id })));

export const members: readonly { rep: RepId; tiers: Record<string, number> }[] = [
  { rep: 'ana' as RepId, tiers: { 'a-sales': 1, 'a-vip': 2 } },
  { rep: 'ben' as RepId, tiers: { 'a-sales': 1, 'a-vip': 1, 'b-help': 1 } },
  { rep: 'cleo' as RepId, tiers: { 'b-help': 1, 'a-sales': 2 } },
];
export const repIds = members.map(({ rep }) => rep);

const maxLength = 4;
const maxWaitMs = 120_000;

/** What differs from history to history. */
export type Rules = {
  strategy: Strategy;
  preferredRepMs: number;
  skills: boolean;
  languages: boolean;
  openWrapUp: boolean;
  /** The first site's queues send each other the calls that they cannot serve. */
  overflow: boolean;
};
export const plainRules: Rules = {
  strategy: 'longest-idle',
  preferredRepMs: 0,
  skills: false,
  languages: false,
  openWrapUp: false,
  overflow: false,
};
const other: Record<string, string> = { 'a-sales': 'a-vip', 'a-vip': 'a-sales' };

/** With `skills`, the vip queue asks for this, and for less and less. */
export const needs = [{ skill: 'returns', level: 3 }];
export const skillRings = [
  { afterMs: 15_000, lowerBy: 2 },
  { afterMs: 40_000, lowerBy: 5 },
];
export const skilled: Record<string, number> = { ana: 4, ben: 1 };

/** With `languages`, the sales queue prefers for so long who speaks that of the shopper. */
export const preferLanguageMs = 25_000;
export const speaks: Record<string, readonly Language[]> = { ana: ['de', 'ar'], ben: ['fr'] };
/** Of the shoppers, in turn: spoken by one, by none, by another, and not known. */
const read = ['de', 'mt', 'fr-CA', undefined] as const;
export const languageOfShopper = (index: number): string | undefined => read[index % read.length];

const settingsOf = (one: (typeof queues)[number], rules: Rules) => ({
  strategy: rules.strategy,
  priority: one.priority,
  maxLength,
  maxWaitMs,
  offerMs: one.offerMs,
  preferredRepMs: rules.preferredRepMs,
  wrapUp:
    one.wrapUpMs === 0
      ? { kind: 'none', ms: 1_000 }
      : { kind: rules.openWrapUp ? 'open' : 'fixed', ms: one.wrapUpMs },
  skills: rules.skills && one.id === 'a-vip' ? needs : [],
  skillRings,
  preferLanguageMs: rules.languages && one.id === 'a-sales' ? preferLanguageMs : 0,
  callback: { page: true, phone: true, tries: 2, retryMs: 60_000, expireMs: 300_000 },
  ...(rules.overflow && other[one.id] ? { overflow: overflowTo(other[one.id]!) } : {}),
});

function overflowTo(queueId: string) {
  const rule = { do: 'queue', queueId };
  return { closed: rule, noRep: rule, full: rule, maxWait: rule };
}

/** A call with the rep who has it now, or had it at its end. */
export type CallWithRep = CallRow & { rep_id: RepId | null };
export type Rows = { calls: CallWithRep[]; call_parties: PartyRow[]; offers: OfferRow[]; reps: RepRow[] };

/** That rep, in a query of `calls`. */
export const repOfCallNow = `(select p.rep_id from call_parties p where p.call_id = calls.id and p.kind = 'rep'
  and (p.left_at is null or p.left_why = 'call-ended'))`;

export class World {
  readonly db: Kysely<Database>;
  readonly transactions: Transactions;
  readonly bus: Bus;
  /** A connection of its own, to look at what was committed and nothing else. */
  readonly #look: RawDatabase | null;
  readonly #statements = new Map<string, Statement<unknown[]>>();
  /** The same with nothing in between, which only the embedded engine can do. */
  readonly rowsNow: (() => Rows) | null;
  /** Called right after each commit, before anything else can happen. */
  onCommit: () => void = () => undefined;
  /** What has passed, whatever the clock on the wall was set to, and how far that is ahead. */
  #passed = epoch;
  #ahead = 0;
  readonly #rowClock = new RowClock({
    wall: () => this.#passed + this.#ahead,
    steady: () => this.#passed,
    boot: '',
    sinceBoot: () => this.#passed,
  });
  rules: Rules = plainRules;
  readonly #place: Place;
  readonly #store: Store;

  static async open(engine: Engine = 'SQLite'): Promise<World> {
    const place = await freshPlace(engine);
    const store = await openPlace(place);
    // Thousands of histories need no disk that survives a power cut.
    if (engine === 'SQLite') await sql`pragma synchronous = off`.execute(store.db);
    const world = new World(place, store);
    await world.#furnish();
    return world;
  }

  private constructor(place: Place, store: Store) {
    this.#place = place;
    this.#store = store;
    this.db = store.db;
    this.#look =
      place.databaseUrl === null
        ? new Sqlite(path.join(place.dataDir, 'talk-to-us.sqlite'), { readonly: true })
        : null;
    this.rowsNow = this.#look ? this.#rowsNow : null;
    const listeners = new Set<Parameters<Bus['subscribe']>[0]>();
    this.bus = {
      publish: change => {
        this.onCommit();
        for (const listener of listeners) listener(change);
      },
      subscribe: listener => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      close: async () => undefined,
    };
    // Each change is looked at before the next one: nothing else is waited for between its commit and its news.
    const atOnce = { ...store, ...waitedCommits(store.db) };
    this.transactions = createTransactions({ store: atOnce, bus: this.bus, rowClock: this.#rowClock });
  }

  get now(): number {
    return this.#rowClock.now();
  }
  set now(at: number) {
    this.#passed += at - this.#rowClock.now();
  }

  /** Somebody sets the clock, and no time passes by it. */
  async setClock(by: number): Promise<void> {
    this.#ahead += by;
    await this.transactions.followClock();
  }

  async close(): Promise<void> {
    this.#look?.close();
    await this.#store.close();
    await this.#place.remove();
  }

  /** Rows of what is committed. `?` stands for a value. */
  async select<Row>(query: string, ...values: unknown[]): Promise<Row[]> {
    if (this.#look) return this.#select(query, ...values);
    let index = 0;
    const numbered = query.replaceAll('?', () => `$${++index}`);
    const { rows } = await this.db.executeQuery<Row>(CompiledQuery.raw(numbered, values));
    return rows;
  }

  /** Everything at one instant. */
  async rows(): Promise<Rows> {
    if (this.rowsNow) return this.rowsNow();
    // One statement sees one instant, and is one way to the server and back instead of five.
    const all = (table: string, from = table) =>
      `(select coalesce(json_agg(one), '[]') from ${from} one) as ${table}`;
    const calls = all('calls', `(select *, ${repOfCallNow} as rep_id from calls)`);
    const [rows] = await this.select<Rows>(
      `select ${calls}, ${all('call_parties')}, ${all('offers')}, ${all('reps')}`,
    );
    if (!rows) throw new Error('a statement without tables gives one row');
    return rows;
  }

  #rowsNow = (): Rows => ({
    calls: this.#select(`select *, ${repOfCallNow} as rep_id from calls`),
    call_parties: this.#select('select * from call_parties'),
    offers: this.#select('select * from offers'),
    reps: this.#select('select * from reps'),
  });

  #select<Row>(query: string, ...values: unknown[]): Row[] {
    let statement = this.#statements.get(query);
    if (!statement) {
      statement = this.#look!.prepare(query);
      this.#statements.set(query, statement);
    }
    return statement.all(...values) as Row[];
  }

  /** As on the first day: nobody is here, nothing has happened. */
  async reset(rules: Rules = plainRules): Promise<void> {
    this.now = epoch;
    const tables = [
      'call_entries',
      'rep_work',
      'call_events',
      'rep_events',
      'offers',
      'call_samples',
      'call_parties',
      'calls',
      'block_marks',
      'blocks',
    ] as const;
    for (const table of tables) await this.db.deleteFrom(table).execute();
    await this.db
      .updateTable('reps')
      .set({
        status: 'offline',
        status_reason: 'signed-out',
        status_since: epoch,
        status_note: '',
        idle_since: epoch,
        session_id: null,
        media_ready: 0,
        microphone_due: null,
        work: 'idle',
        lost_until: null,
        wrap_up_call_id: null,
        wrap_up_until: null,
        wrap_up_open: 0,
      })
      .execute();
    await this.db.updateTable('queue_members').set({ counted_day: '', calls: 0, talk_ms: 0 }).execute();
    this.rules = rules;
    for (const queue of queues)
      await this.db
        .updateTable('queues')
        .set({
          no_rep_since: epoch,
          last_rung_rep_id: null,
          last_rung_position: null,
          hours_due: null,
          settings: JSON.stringify(settingsOf(queue, rules)),
        })
        .where('id', '=', queue.id)
        .execute();
  }

  /** As an admin changes them. */
  async setQueue(id: string, settings: Partial<QueueSettings>): Promise<void> {
    const queue = await this.db
      .selectFrom('queues')
      .selectAll()
      .where('id', '=', id as QueueId)
      .executeTakeFirstOrThrow();
    const changed = queueSettings.parse({ ...readQueueSettings(queue), ...settings });
    await this.transactions.change([queue.site_id], change =>
      changeQueue(
        change,
        { siteId: queue.site_id, queueId: queue.id },
        { name: queue.name, settings: changed },
      ),
    );
  }

  honourDue(): Promise<boolean> {
    return honourDue({ db: this.db, transactions: this.transactions, now: () => this.now, log: quiet });
  }

  restart(): Promise<void> {
    return recover(this.db, this.transactions);
  }

  async #furnish(): Promise<void> {
    for (const { id, queues } of sites) {
      await this.db
        .insertInto('sites')
        .values({
          id,
          key: id,
          name: id,
          allowed_origins: '[]',
          settings: '{}',
          routing_group: id,
          created_at: epoch,
        })
        .execute();
      for (const [index, queue] of queues.entries())
        await this.db
          .insertInto('queues')
          .values({
            id: queue.id,
            site_id: id,
            name: queue.id,
            settings: '{}',
            last_rung_rep_id: null,
            last_rung_position: null,
            hours_due: null,
            no_rep_since: epoch,
            created_at: epoch + index,
          })
          .execute();
    }
    for (const { rep, tiers } of members) {
      await this.db
        .insertInto('reps')
        .values({
          id: rep,
          email: `${rep}@shop.example`,
          name: rep,
          password_hash: '',
          status: 'offline',
          status_reason: 'signed-out',
          status_since: epoch,
          status_note: '',
          missed_seen_at: 0,
          idle_since: epoch,
          session_id: null,
          media_ready: 0,
          microphone_due: null,
          work: 'idle',
          lost_until: null,
          wrap_up_call_id: null,
          wrap_up_until: null,
          wrap_up_open: 0,
          created_at: epoch,
        })
        .execute();
      await this.db
        .insertInto('members')
        .values({
          ...{ account_id: mainAccount, rep_id: rep, role: 'rep', sites: null },
          ...{ languages: JSON.stringify(speaks[rep] ?? []) },
          ...{ disabled_at: null, kept_queues: null, created_at: epoch },
        })
        .execute();
      if (skilled[rep] !== undefined)
        await this.db
          .insertInto('rep_skills')
          .values({ account_id: mainAccount, rep_id: rep, skill: 'returns', level: skilled[rep] })
          .execute();
      for (const { id, siteId } of queues)
        if (tiers[id] !== undefined)
          await this.db
            .insertInto('queue_members')
            .values({ ...newMember(siteId, id, rep), tier: tiers[id], position: repIds.indexOf(rep) })
            .execute();
    }
    await regroup(this.db);
  }
}

export const shopperIds = Array.from({ length: 7 }, (_, index) => `shopper-${index}` as ShopperId);
/** Most come to the first site. */
export const siteOf = (shopper: number): Site => sites[shopper < 4 ? 0 : 1]!;
