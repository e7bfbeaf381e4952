/** A history as it would have been written: calls told by their events, and what the reps were when. */

import { bringFiguresUpToDate } from '../../server/calls/figures/rebuild.ts';
import { mainAccount } from '../../server/store/members.ts';
import { addSite, newMember, newQueue } from '../../server/store/sites.ts';
import type { Store } from '../../server/store/store.ts';
import { addUser } from '../../server/store/users.ts';
import type { RepStatus } from '../../shared/domain.ts';
import type { HistoryEventType } from '../../shared/events.ts';
import type { CallId, QueueId, RepId, ShopperId, SiteId } from '../../shared/ids.ts';

/** `at`: seconds after the call began. */
export type Told = [at: number, type: HistoryEventType, rep?: string | null, data?: object];

export class ToldHistory {
  readonly #store: Pick<Store, 'db'>;
  #seq = 0;
  /** Of sites, so that they have an order. */
  #made = 0;

  constructor(store: Pick<Store, 'db'>) {
    this.#store = store;
  }

  /** A site of that name, whose queue is named so too. */
  async site(site: string, queues: readonly string[], timeZone: string | null): Promise<void> {
    const { db } = this.#store;
    const [first = site, ...others] = queues;
    await addSite(
      db,
      { siteId: site as SiteId, queueId: first as QueueId, key: site, name: site, queueName: first },
      ++this.#made,
    );
    for (const [index, queue] of others.entries())
      await db
        .insertInto('queues')
        .values(newQueue(site as SiteId, queue as QueueId, queue, 2 + index))
        .execute();
    if (timeZone === null) return;
    const none = {
      monday: [],
      tuesday: [],
      wednesday: [],
      thursday: [],
      friday: [],
      saturday: [],
      sunday: [],
    };
    const hours = { timeZone, week: none, holidays: [], closures: [] };
    await db
      .updateTable('queues')
      .set({ settings: JSON.stringify({ hours }) })
      .where('site_id', '=', site as SiteId)
      .execute();
  }

  async rep(name: string, queues: readonly (readonly [site: string, queue: string])[]): Promise<void> {
    const { db } = this.#store;
    await addUser(
      db,
      { id: name as RepId, name, email: `${name}@shop.example`, password_hash: '' },
      { accountId: mainAccount, role: 'rep' },
      1,
    );
    await db
      .deleteFrom('queue_members')
      .where('rep_id', '=', name as RepId)
      .execute();
    for (const [site, queue] of queues)
      await db
        .insertInto('queue_members')
        .values(newMember(site as SiteId, queue as QueueId, name as RepId))
        .execute();
  }

  async was(rep: string, status: RepStatus, at: number): Promise<void> {
    await this.#store.db
      .insertInto('rep_events')
      .values({ rep_id: rep as RepId, at, status, reason: 'chosen', note: '' })
      .execute();
  }

  /** It is over unless `live`. */
  async call(
    call: { site: string; queue: string; at: number; page?: string; language?: string; live?: boolean },
    events: readonly Told[],
  ): Promise<CallId> {
    const id = `call-${++this.#seq}` as CallId;
    const { db } = this.#store;
    const last = events.at(-1)?.[0] ?? 0;
    await db
      .insertInto('calls')
      .values({
        ...{
          id,
          site_id: call.site as SiteId,
          queue_id: call.queue as QueueId,
          shopper_id: id as string as ShopperId,
        },
        ...{ state: call.live ? 'waiting' : 'ended', priority: 0, boost: 0, needs: '', outlook: '' },
        context: call.page ? JSON.stringify({ page: { url: call.page, title: '' } }) : '{}',
        language: (call.language ?? '') as '',
        ...{ started_at: call.at, queued_at: call.at, line_since: call.at, answered_at: null },
        ...{
          ended_at: call.live ? null : call.at + last * 1000,
          end_reason: null,
          note: '',
          handed_note: '',
          transfer_note: '',
        },
        ...{ reserved_rep_id: null, reserved_until: null, callback_kind: null, callback_phone: null },
        ...{ callback_push: null, callback_tries: 0, callback_expires_at: null, held_until: null },
        ...{ ring_until: null, parked_until: null, returned_at: null, wrapped_up_at: null },
      })
      .execute();
    const told: Told[] = [[0, 'started', null, { queue: call.queue }], ...events];
    for (const [index, [at, type, rep = null, data = {}]] of told.entries())
      await db
        .insertInto('call_events')
        .values({
          ...{ id: `${id}-${index}`, account_id: mainAccount, site_id: call.site as SiteId, call_id: id },
          ...{ seq: this.#seq * 1000 + index, at: call.at + at * 1000, type },
          ...{ rep_id: rep as RepId | null, data: JSON.stringify(data) },
        })
        .execute();
    return id;
  }

  /** As at the start of a server of a version that knows figures. */
  async figured(): Promise<void> {
    await this.#store.db.deleteFrom('figures_state').execute();
    await bringFiguresUpToDate(this.#store.db);
  }
}
