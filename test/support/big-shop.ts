/** A shop with as many reps, all of them talking, and as many people in the line as one likes. */
import { type Kysely, sql } from 'kysely';
import type { Bus } from '../../server/bus/bus.ts';
import { acceptOffer } from '../../server/calls/commands/offers.ts';
import { startCall } from '../../server/calls/commands/shopper-commands.ts';
import { movedClock, RowClock } from '../../server/calls/transaction/row-clock.ts';
import { createTransactions, type Transactions } from '../../server/calls/transaction/transactions.ts';
import { createBoard } from '../../server/calls/views/board.ts';
import { CrowdedQueues } from '../../server/calls/views/crowded-queues.ts';
import { repView } from '../../server/calls/views/rep-view.ts';
import { readShared } from '../../server/calls/views/shared-reading.ts';
import { shopperView } from '../../server/calls/views/shopper-view.ts';
import { applyTo } from '../../server/calls/writing/apply.ts';
import { mainAccount } from '../../server/store/members.ts';
import { migrate } from '../../server/store/migrate.ts';
import type { CallRow, Database, PartyRow } from '../../server/store/schema.ts';
import { addSite, newMember } from '../../server/store/sites.ts';
import type { Store } from '../../server/store/store.ts';
import { addUser } from '../../server/store/users.ts';
import type { CallId, OfferId, PartyId, QueueId, RepId, ShopperId, SiteId } from '../../shared/ids.ts';

const epoch = 1_800_000_000_000;
const siteId = 'shop' as SiteId;
const queueId = 'line' as QueueId;
const settings = {
  maxLength: 10_000,
  wrapUp: { kind: 'none', ms: 1_000 },
  skills: [{ skill: 'fridges', level: 3 }],
};
const quietBus: Bus = {
  publish: () => undefined,
  subscribe: () => () => undefined,
  close: async () => undefined,
};

export class BigShop {
  readonly #db: Kysely<Database>;
  readonly #transactions: Transactions;
  readonly #crowds = new CrowdedQueues();
  #now = epoch;
  #started = 0;
  /** Calls that are talked to, the longest first. */
  readonly #talks: CallId[] = [];

  private constructor(store: Store) {
    this.#db = store.db;
    this.#transactions = createTransactions({
      store,
      bus: quietBus,
      rowClock: new RowClock(movedClock(() => this.#now)),
    });
  }

  /** @param others small shops beside it, with a queue and a rep each */
  static async open(
    store: Store,
    { reps, waiting, others = 0 }: { reps: number; waiting: number; others?: number },
  ): Promise<BigShop> {
    await migrate(store.db);
    const shop = new BigShop(store);
    await shop.#furnish(reps, waiting);
    for (let i = 0; i < others; i++) await shop.#addOther(`other-${i}`);
    return shop;
  }

  /** A talk ends: the rep is free, and who is rung for whom is decided. Returns the call that is over. */
  async decide(): Promise<CallId> {
    this.#now += 1_000;
    const over = this.#talks.shift();
    if (!over) throw new Error('nobody talks');
    await this.#transactions.change([siteId], change =>
      applyTo(change, over, { type: 'end', reason: 'rep-hung-up' }),
    );
    return over;
  }

  /**
   * What those concerned are shown after a decision, read as their pushes read it: once for all that they share.
   * @param over the call that ended, whose shopper is shown so
   */
  async showThoseConcerned(over: CallId): Promise<void> {
    const db = this.#db;
    const { rep_id: repId, call_id: rung } = await this.#live();
    const shared = readShared(db, this.#now, this.#crowds);
    const board = createBoard(db, [repId], this.#now, shared);
    const shopperOf = async (callId: CallId) => {
      const { shopper_id: shopperId } = await db
        .selectFrom('calls')
        .select('shopper_id')
        .where('id', '=', callId)
        .executeTakeFirstOrThrow();
      return shopperView(db, { siteId, shopperId, languages: [] }, this.#now, shared);
    };
    const views = await Promise.all([
      repView(db, repId, this.#now, undefined, board),
      shopperOf(rung),
      shopperOf(over),
    ]);
    for (const view of views) JSON.stringify(view);
  }

  /** What those around are told with, at most once in `limits.placePushMs` however much is decided meanwhile. */
  async readAround(): Promise<void> {
    this.#crowds.forget(siteId);
    const shared = readShared(this.#db, this.#now, this.#crowds);
    await shared.line(siteId, queueId);
    await shared.reach(siteId);
    const reps = await this.#db.selectFrom('reps').select('id').execute();
    const ids = reps.map(rep => rep.id as RepId);
    const board = createBoard(this.#db, ids, this.#now, shared);
    for (const id of ids.slice(0, 1)) await board.of(id);
  }

  async #live() {
    const ringing = await this.#db
      .selectFrom('offers')
      .select(['id', 'rep_id', 'call_id'])
      .where('state', '=', sql.lit('live' as const))
      .execute();
    const [offer] = ringing;
    if (!offer || ringing.length !== 1) throw new Error(`${ringing.length} reps were rung, not one`);
    return offer;
  }

  /** What was decided is accepted, and somebody new joins the line: as big as before. */
  async refill(): Promise<void> {
    const offer = await this.#live();
    await this.#transactions.changeRep(offer.rep_id as RepId, change =>
      acceptOffer(change, offer.rep_id, offer.id as OfferId),
    );
    this.#talks.push(offer.call_id);
    await this.join();
  }

  async join(): Promise<void> {
    const index = this.#started++;
    await this.#transactions.change([siteId], change =>
      startCall(change, {
        callId: `new-${index}` as CallId,
        siteId,
        shopperId: `new-shopper-${index}` as ShopperId,
        context: {},
      }),
    );
  }

  async #addOther(id: string): Promise<void> {
    const repId = `rep-of-${id}` as RepId;
    const rep = { id: repId, email: `${id}@shop.example`, name: id, password_hash: '' };
    const [site, queue] = [id as SiteId, `queue-of-${id}` as QueueId];
    await addUser(this.#db, rep, { accountId: mainAccount, role: 'rep' }, epoch);
    await this.#db.deleteFrom('queue_members').where('rep_id', '=', repId).execute();
    await addSite(this.#db, { siteId: site, queueId: queue, key: id, name: id }, epoch);
    await this.#db
      .insertInto('queue_members')
      .values(newMember(site, queue, repId))
      .execute();
  }

  async #furnish(reps: number, waiting: number): Promise<void> {
    const db = this.#db;
    await db
      .insertInto('sites')
      .values({
        id: siteId,
        key: 'shop',
        name: 'Shop',
        allowed_origins: '[]',
        settings: '{}',
        routing_group: siteId,
        created_at: epoch,
      })
      .execute();
    await db
      .insertInto('queues')
      .values({
        id: queueId,
        site_id: siteId,
        name: 'Line',
        settings: JSON.stringify(settings),
        last_rung_rep_id: null,
        last_rung_position: null,
        hours_due: null,
        no_rep_since: null,
        created_at: epoch,
      })
      .execute();
    await db.transaction().execute(async tx => {
      for (let i = 0; i < reps; i++) {
        const id = `rep-${i}` as RepId;
        await addUser(
          tx,
          { id, email: `${id}@shop.example`, name: id, password_hash: '' },
          { accountId: mainAccount, role: 'rep' },
          epoch,
        );
        await tx
          .insertInto('rep_skills')
          .values({ account_id: mainAccount, rep_id: id, skill: 'fridges', level: 4 })
          .execute();
      }
      await tx
        .updateTable('reps')
        .set({
          status: 'available',
          status_reason: 'chosen',
          session_id: 'here',
          media_ready: 1,
          work: 'talking',
        })
        .execute();
      const needs = 'fridges:3';
      await tx
        .insertInto('lines')
        .values({ site_id: siteId, queue_id: queueId, priority: 0, needs })
        .execute();
      const call = (id: string, index: number): CallRow => ({
        id: id as CallId,
        site_id: siteId,
        queue_id: queueId,
        shopper_id: `shopper-${id}` as ShopperId,
        state: 'waiting',
        priority: 0,
        boost: 0,
        language: '',
        needs,
        outlook: '',
        reserved_rep_id: null,
        reserved_until: null,
        context: '{}',
        started_at: epoch + index,
        queued_at: epoch + index,
        line_since: epoch + index,
        answered_at: null,
        ended_at: null,
        end_reason: null,
        callback_kind: null,
        callback_phone: null,
        callback_push: null,
        callback_tries: 0,
        callback_expires_at: null,
        held_until: null,
        ring_until: null,
        parked_until: null,
        returned_at: null,
        handed_by: null,
        handed_note: '',
        transfer_note: '',
        wrapped_up_at: null,
        note: '',
      });
      const party = (of: CallRow, repId: RepId | null): PartyRow => ({
        ...{ id: `${repId ?? 'shopper'}-${of.id}` as PartyId, site_id: siteId, call_id: of.id },
        ...{ kind: repId === null ? 'shopper' : 'rep', rep_id: repId, mode: 'talk', state: 'joined' },
        ...{ muted: 0, mos: null, joined_at: epoch, state_since: epoch, left_at: null, left_why: null },
      });
      for (let i = 0; i < waiting; i++) {
        const one = call(`call-${i}`, i);
        await tx.insertInto('calls').values(one).execute();
        await tx.insertInto('call_parties').values(party(one, null)).execute();
      }
      for (let i = 0; i < reps; i++) {
        const talk = call(`talk-${i}`, i);
        await tx
          .insertInto('calls')
          .values({ ...talk, state: 'talking', answered_at: epoch })
          .execute();
        await tx
          .insertInto('call_parties')
          .values([party(talk, null), party(talk, `rep-${i}` as RepId)])
          .execute();
        this.#talks.push(talk.id);
      }
    });
    this.#now += waiting + reps;
  }
}
