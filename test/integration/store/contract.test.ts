/** What every engine must do, on each of them. */
import type { Kysely } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Bus } from '../../../server/bus/bus.ts';
import { changeMembers } from '../../../server/calls/commands/queue-commands.ts';
import { movedClock, RowClock } from '../../../server/calls/transaction/row-clock.ts';
import { createTransactions, type Transactions } from '../../../server/calls/transaction/transactions.ts';
import { mainAccount } from '../../../server/store/members.ts';
import { migrate } from '../../../server/store/migrate.ts';
import { listQueues } from '../../../server/store/queues.ts';
import { regroup } from '../../../server/store/routing-groups.ts';
import type { Database } from '../../../server/store/schema.ts';
import { newMember } from '../../../server/store/sites.ts';
import type { Store } from '../../../server/store/store.ts';
import { addLink, addUser, claimLink, spend } from '../../../server/store/users.ts';
import type { CallId, QueueId, RepId, SiteId } from '../../../shared/ids.ts';
import { type Membership, membership, queueSettings } from '../../../shared/settings.ts';
import { engines, freshPlace, openPlace, type Place } from '../../support/engines.ts';

const now = 1_800_000_000_000;
const silentBus: Bus = {
  publish: () => undefined,
  subscribe: () => () => undefined,
  close: async () => undefined,
};
const queueOf = (site: string) => `${site}-queue` as QueueId;
const asRep = { accountId: mainAccount, role: 'rep' } as const;
const member = (repId: string): Membership => membership.parse({ repId });

let place: Place;
let store: Store;
let db: Kysely<Database>;
let transactions: Transactions;

async function addSite(id: string): Promise<void> {
  await db
    .insertInto('sites')
    .values({
      id: id as SiteId,
      key: id,
      name: id,
      allowed_origins: '[]',
      settings: '{}',
      routing_group: id as SiteId,
      created_at: now,
    })
    .execute();
  await db
    .insertInto('queues')
    .values({
      id: queueOf(id),
      site_id: id as SiteId,
      name: id,
      settings: '{}',
      last_rung_rep_id: null,
      last_rung_position: null,
      hours_due: null,
      no_rep_since: now,
      created_at: now,
    })
    .execute();
}

const user = (id: string, email = `${id}@shop.example`) => ({
  id: id as RepId,
  email,
  name: id,
  password_hash: '',
});

async function groups(): Promise<Record<string, string>> {
  const sites = await db.selectFrom('sites').select(['id', 'routing_group']).orderBy('id').execute();
  return Object.fromEntries(sites.map(site => [site.id, site.routing_group]));
}

describe.each(engines)('the store on %s', engine => {
  beforeEach(async () => {
    place = await freshPlace(engine);
    store = await openPlace(place);
    ({ db } = store);
    transactions = createTransactions({
      store,
      bus: silentBus,
      rowClock: new RowClock(movedClock(() => now)),
    });
  });
  afterEach(async () => {
    await store.close();
    await place.remove();
  });

  test('T41 is brought up to date once, and keeps what it has over a restart', async () => {
    await addSite('a');
    await store.close();
    store = await openPlace(place);
    ({ db } = store);
    await migrate(db);
    expect(await db.selectFrom('queues').select(['id', 'no_rep_since', 'created_at']).execute()).toEqual([
      { id: 'a-queue', no_rep_since: now, created_at: now },
    ]);
  });

  test('T42 gives times, counts, sums and fractions as numbers, and text of any script as it was', async () => {
    await addSite('a');
    await db.updateTable('queues').set({ name: 'Où? 問い合わせ 🛒' }).execute();
    await addUser(db, user('ana'), asRep, now);
    await db.updateTable('queue_members').set({ talk_ms: now }).execute();
    const row = await db
      .selectFrom('queue_members')
      .innerJoin('queues', 'queues.id', 'queue_members.queue_id')
      .select(({ fn }) => [
        'queues.name',
        fn.countAll().as('count'),
        fn.sum('queue_members.talk_ms').as('sum'),
        fn.max('queues.created_at').as('latest'),
      ])
      .groupBy('queues.name')
      .executeTakeFirstOrThrow();
    expect(row).toEqual({ name: 'Où? 問い合わせ 🛒', count: 1, sum: now, latest: now });
    expect(await listQueues(db, ['a' as SiteId])).toMatchObject([
      { name: 'Où? 問い合わせ 🛒', settings: queueSettings.parse({}), members: [{ repId: 'ana', tier: 1 }] },
    ]);
  });

  test('T43 refuses a second account of one e-mail address, and leaves nothing of it', async () => {
    await addSite('a');
    await addUser(db, user('ana'), asRep, now);
    await expect(
      db.transaction().execute(trx => addUser(trx, user('eve', 'ana@shop.example'), asRep, now)),
    ).rejects.toThrow();
    expect(await db.selectFrom('queue_members').select('rep_id').execute()).toEqual([{ rep_id: 'ana' }]);
  });

  test('T44 lets exactly one of many use a link, and a ticket exactly once', async () => {
    await addLink(db, {
      token_hash: 'hash',
      ...{ account_id: mainAccount, purpose: 'set-up', email: null, name: null, role: 'admin' },
      ...{ queues: null, rep_id: null, created_at: now, expires_at: now + 1_000 },
    });
    const many = Array.from({ length: 20 });
    const claims = await Promise.all(many.map(() => claimLink(db, 'hash', now)));
    expect(claims.filter(Boolean)).toHaveLength(1);
    const spent = await Promise.all(many.map(() => spend(db, 'ticket', now + 1_000, now)));
    expect(spent.filter(Boolean)).toHaveLength(1);
  });

  test('T45 makes changes of one site wait for each other: nothing that one writes is lost by another', async () => {
    await addSite('a');
    await db.updateTable('queues').set({ created_at: 0 }).execute();
    const readAndWrite = () =>
      transactions.change(['a' as SiteId], async change => {
        const { created_at } = await change.db
          .selectFrom('queues')
          .select('created_at')
          .executeTakeFirstOrThrow();
        await change.db
          .updateTable('queues')
          .set({ created_at: created_at + 1 })
          .execute();
      });
    await Promise.all(Array.from({ length: 100 }, readAndWrite));
    expect(await db.selectFrom('queues').select('created_at').execute()).toEqual([{ created_at: 100 }]);
  });

  test('T46 leaves nothing of a change that fails', async () => {
    await addSite('a');
    const failing = transactions.change(['a' as SiteId], async change => {
      await change.db.updateTable('queues').set({ name: 'half done' }).execute();
      throw new Error('and then it failed');
    });
    await expect(failing).rejects.toThrow('and then it failed');
    expect(await db.selectFrom('queues').select('name').execute()).toEqual([{ name: 'a' }]);
  });

  test('T47 groups the sites that share reps, across several steps, and parts them again', async () => {
    for (const site of ['a', 'b', 'c', 'd']) await addSite(site);
    for (const rep of ['ana', 'ben']) {
      await addUser(db, user(rep), asRep, now);
      await db
        .deleteFrom('queue_members')
        .where('rep_id', '=', rep as RepId)
        .execute();
    }
    for (const [site, rep] of [
      ['c', 'ana'],
      ['b', 'ana'],
      ['b', 'ben'],
      ['d', 'ben'],
    ] as const)
      await db
        .insertInto('queue_members')
        .values(newMember(site as SiteId, queueOf(site), rep as RepId))
        .execute();
    await regroup(db);
    expect(await groups()).toEqual({ a: 'a', b: 'b', c: 'b', d: 'b' });
    await transactions.change(['b' as SiteId], change =>
      changeMembers(change, { siteId: 'b' as SiteId, queueId: queueOf('b') }, [member('ben')]),
    );
    expect(await groups()).toEqual({ a: 'a', b: 'b', c: 'c', d: 'b' });
  });

  test('T48 holds every site that a change turns out to concern, while others change them', async () => {
    for (const site of ['a', 'b']) await addSite(site);
    await addUser(db, user('ana'), asRep, now);
    const staffed = (site: string, on: boolean) =>
      transactions.change([site as SiteId], change =>
        changeMembers(change, { siteId: site as SiteId, queueId: queueOf(site) }, on ? [member('ana')] : []),
      );
    const counts = (site: string) =>
      transactions.change([site as SiteId], async change => {
        // A story is written of no call; what counts is who waits for whom.
        change.touch({ siteId: site as SiteId, rep: 'ana' as RepId, call: 'none' as CallId });
        change.route(site as SiteId);
        const row = await change.db
          .selectFrom('reps')
          .select('status_since')
          .where('id', '=', 'ana' as RepId)
          .executeTakeFirstOrThrow();
        await change.db
          .updateTable('reps')
          .set({ status_since: row.status_since + 1 })
          .execute();
      });
    await staffed('a', true);
    await staffed('b', true);
    await db.updateTable('reps').set({ status_since: 0 }).execute();
    const work: Promise<unknown>[] = [];
    for (let i = 0; i < 40; i++) {
      work.push(counts('a'), counts('b'));
      if (i % 8 === 0) work.push(staffed('b', i % 16 !== 0));
    }
    await Promise.all(work);
    expect(await db.selectFrom('reps').select('status_since').execute()).toEqual([{ status_since: 80 }]);
  });
});
