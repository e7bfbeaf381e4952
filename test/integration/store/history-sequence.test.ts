/** The numbers of the history: one sequence for each account, whoever writes at the same time. */
import { type Kysely, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import { describe, expect, test } from 'vitest';
import { migrate, migrations } from '../../../server/store/migrate.ts';
import type { Database } from '../../../server/store/schema.ts';
import { addSite } from '../../../server/store/sites.ts';
import type { AccountId, CallId, QueueId, SiteId } from '../../../shared/ids.ts';
import { engines, freshPlace, openPlace } from '../../support/engines.ts';
import { Watch } from '../calls/routing/invariants.ts';
import { Players } from '../calls/routing/players.ts';
import { World } from '../calls/routing/world.ts';

const upTo = (length: number) => Array.from({ length }, (_, index) => index + 1);

/** As versions did that knew the migrations before that one. */
async function migratedBefore(next: string, db: Kysely<Database>): Promise<void> {
  const earlier = Object.fromEntries(Object.entries(migrations).filter(([name]) => name < next));
  const migrator = new Migrator({ db, provider: { getMigrations: async () => earlier } });
  expect((await migrator.migrateToLatest()).error).toBeUndefined();
}

describe.each(engines)('the history on %s', engine => {
  test('T141 of a database of the version before is numbered by account, in the order that each site had', async () => {
    const place = await freshPlace(engine, { tables: false });
    const store = await openPlace(place);
    const { db, close } = store.migrationDb();
    await migratedBefore('0024', db);
    await sql`insert into accounts (id, name, settings, created_at) values ('second', 'Second', '{}', 1)`.execute(
      db,
    );
    for (const [id, account, last] of [
      ['a', 'main', 3],
      ['b', 'main', 2],
      ['c', 'second', 2],
      ['new', 'second', 0],
    ])
      await sql`insert into sites (id, account_id, key, name, allowed_origins, settings, routing_group, created_at, last_event_seq)
        values (${id}, ${account}, ${id}, '', '[]', '{}', ${id}, 1, ${last})`.execute(db);
    // Somebody set the clock back by 20 between the second and the third of `a`.
    const events: [id: string, site: string, seq: number, at: number][] = [
      ['a1', 'a', 1, 10],
      ['b1', 'b', 1, 20],
      ['a2', 'a', 2, 30],
      ['a3', 'a', 3, 15],
      ['b2', 'b', 2, 40],
      ['c1', 'c', 1, 5],
      ['c2', 'c', 2, 5],
    ];
    for (const [id, site, seq, at] of events) {
      await sql`insert into queues (id, site_id, name, settings, created_at) values (${id}, ${site}, '', '{}', 1)`.execute(
        db,
      );
      await sql`insert into calls (id, site_id, queue_id, shopper_id, state, priority, context, started_at, queued_at, line_since)
        values (${id}, ${site}, ${id}, 's', 'ended', 0, '{}', 1, 1, 1)`.execute(db);
      await sql`insert into call_events (id, site_id, call_id, seq, at, type, data)
        values (${id}, ${site}, ${id}, ${seq}, ${at}, 'started', '{}')`.execute(db);
    }
    await migrate(db);
    await close();
    const numbered = await store.db
      .selectFrom('call_events')
      .select(['account_id', 'seq', 'id'])
      .orderBy('account_id')
      .orderBy('seq')
      .execute();
    expect(numbered.map(Object.values)).toEqual([
      ['main', 1, 'a1'],
      ['main', 2, 'b1'],
      ['main', 3, 'a2'],
      ['main', 4, 'a3'],
      ['main', 5, 'b2'],
      ['second', 1, 'c1'],
      ['second', 2, 'c2'],
    ]);
    const last = await store.db.selectFrom('history_sequences').selectAll().orderBy('account_id').execute();
    expect(last).toEqual([
      { account_id: 'main', last_seq: 5 },
      { account_id: 'second', last_seq: 2 },
    ]);
    await store.close();
    await place.remove();
  });

  test('T144 a block of the version before knows the call by which the caller was blocked', async () => {
    const place = await freshPlace(engine, { tables: false });
    const store = await openPlace(place);
    const { db, close } = store.migrationDb();
    await migratedBefore('0025', db);
    await sql`insert into sites (id, account_id, key, name, allowed_origins, settings, routing_group, created_at)
      values ('a', 'main', 'a', '', '[]', '{}', 'a', 1)`.execute(db);
    await sql`insert into queues (id, site_id, name, settings, created_at) values ('q', 'a', '', '{}', 1)`.execute(
      db,
    );
    await sql`insert into reps (id, email, name, password_hash, status, status_reason, status_since, idle_since, created_at)
      values ('ana', 'ana', 'Ana', '', 'offline', 'chosen', 1, 1, 1)`.execute(db);
    for (const [call, at] of [
      ['c1', 10],
      ['c2', 20],
    ]) {
      await sql`insert into calls (id, site_id, queue_id, shopper_id, state, priority, context, started_at, queued_at, line_since)
        values (${call}, 'a', 'q', 's', 'ended', 0, '{}', 1, 1, 1)`.execute(db);
      await sql`insert into call_events (id, account_id, site_id, call_id, seq, at, type, rep_id, data)
        values (${call}, 'main', 'a', ${call}, ${at}, ${at}, 'blocked', 'ana', '{}')`.execute(db);
    }
    for (const [id, at] of [
      ['of-c2', 20],
      ['of-none', 30],
    ])
      await sql`insert into blocks (id, site_id, label, reason, rep_id, created_at) values (${id}, 'a', '', '', 'ana', ${at})`.execute(
        db,
      );
    await migrate(db);
    await close();
    const blocks = await store.db.selectFrom('blocks').select(['id', 'call_id']).orderBy('id').execute();
    expect(blocks).toEqual([
      { id: 'of-c2', call_id: 'c2' },
      { id: 'of-none', call_id: null },
    ]);
    await store.close();
    await place.remove();
  });

  test('T142 gets each number of an account once, without a gap, when many sites are written to at once', async () => {
    const world = await World.open(engine);
    const players = new Players(world, new Watch(world));
    await players.play({ do: 'comes-to-work', rep: 0 });
    await players.play({ do: 'start', shopper: 0, queue: 0 });
    const call = await world.db.selectFrom('calls').selectAll().executeTakeFirstOrThrow();
    const other = 'other' as AccountId;
    await world.db
      .insertInto('accounts')
      .values({ id: other, name: 'Other', settings: '{}', created_at: 1 })
      .execute();
    // Sites that share no rep are changed at the same time where the engine can do that.
    const sites = [...'cdefgh'].map((name, index) => ({
      ...{ siteId: name as SiteId, queueId: `${name}-queue` as QueueId, key: name, name },
      accountId: index < 4 ? ('main' as AccountId) : other,
    }));
    for (const site of sites) {
      await addSite(world.db, site, 1);
      await world.db
        .insertInto('calls')
        .values({
          ...{ ...call, id: site.siteId as string as CallId, state: 'ended' },
          ...{ site_id: site.siteId, queue_id: site.queueId, ended_at: 1 },
        })
        .execute();
    }
    const boosted = { type: 'boosted', rep: null, data: { boost: 1 } } as const;
    const of = (siteId: SiteId) => ({ id: siteId as string as CallId, siteId });
    const changes = upTo(60).map(round => {
      const { siteId } = sites[round % sites.length]!;
      // Every other one in sites of both accounts, from either end.
      const both = [siteId, sites[(round + 3) % sites.length]!.siteId];
      const written = round % 2 === 0 ? both : [siteId];
      return world.transactions.change(written, async change => {
        for (const site of written) for (let times = 0; times < 2; times++) change.record(of(site), boosted);
      });
    });
    await Promise.all(changes);
    for (const account of ['main' as AccountId, other]) {
      const events = await world.db
        .selectFrom('call_events')
        .select(['seq', 'site_id'])
        .where('account_id', '=', account)
        .orderBy('seq')
        .execute();
      expect(events.map(({ seq }) => seq)).toEqual(upTo(events.length));
      expect(new Set(events.map(event => event.site_id)).size).toBeGreaterThan(1);
      const { last_seq: last } = await world.db
        .selectFrom('history_sequences')
        .selectAll()
        .where('account_id', '=', account)
        .executeTakeFirstOrThrow();
      expect(last).toBe(events.length);
    }
    await world.close();
  });
});
