/** What a shopper, or the loss of one, can change. */

import type { CallContext } from '../../shared/call-context.ts';
import type { CallId, QueueId, ShopperId, SiteId } from '../../shared/ids.ts';
import { limits } from '../../shared/limits.ts';
import { literal } from '../store/literals.ts';
import { readQueueSettings, writeNeeds } from '../store/queue-settings.ts';
import type { CallRow } from '../store/schema.ts';
import { admit, askedQueue, type Refusal } from './admission.ts';
import { endCall } from './call-life.ts';
import type { Change } from './change.ts';
import { CallError } from './errors.ts';
import { revokeOffers } from './offers.ts';
import { readOutlook, writeOutlook } from './outlook.ts';
import { preferredRep } from './preferred-rep.ts';

const refusals: Record<Refusal['why'], string> = {
  closed: 'The shop takes no calls at this time.',
  'no-rep': 'Nobody is available to talk right now.',
  'queue-full': 'Too many people are waiting right now.',
};

export type StartCall = {
  callId: CallId;
  siteId: SiteId;
  shopperId: ShopperId;
  /** The site's first queue when left out. */
  queueId?: QueueId | undefined;
  context: CallContext;
};

/**
 * A shopper clicked: the call enters the line of the queue that was asked for, or of the one its rules name. Throws
 * `already-in-call`, `not-found` (queue), `closed`, `no-rep` (nobody is on duty) or `queue-full`.
 */
export async function startCall(change: Change, wanted: StartCall): Promise<CallRow> {
  if (await liveCallOf(change, wanted.siteId, wanted.shopperId))
    throw new CallError('already-in-call', 'You are already in a call from this page.');
  const asked = await askedQueue(change.db, wanted.siteId, wanted.queueId);
  if (!asked) throw new CallError('not-found', 'There is no such queue. Check the "queue" attribute.');
  const admission = await admit(change.db, asked, change.now);
  if ('refusal' in admission) throw new CallError(admission.refusal.why, refusals[admission.refusal.why]);
  const { queue } = admission;
  const settings = readQueueSettings(queue);
  const kept =
    settings.preferredRepMs > 0
      ? await preferredRep(change, { siteId: queue.site_id, queueId: queue.id, shopperId: wanted.shopperId })
      : null;
  const line = { priority: settings.priority, needs: writeNeeds(settings.skills) };
  await change.db
    .insertInto('lines')
    .values({ site_id: queue.site_id, queue_id: queue.id, ...line })
    .onConflict(conflict => conflict.doNothing())
    .execute();
  const call = await change.db
    .insertInto('calls')
    .values({
      id: wanted.callId,
      site_id: wanted.siteId,
      queue_id: queue.id,
      shopper_id: wanted.shopperId,
      state: 'waiting',
      ...line,
      boost: 0,
      reserved_rep_id: kept,
      reserved_until: kept === null ? null : change.now + settings.preferredRepMs,
      outlook: writeOutlook(await readOutlook(change.db, queue.site_id, queue.id, change.now)),
      context: JSON.stringify(wanted.context),
      started_at: change.now,
      queued_at: change.now,
      line_since: change.now,
      answered_at: null,
      ended_at: null,
      end_reason: null,
      rep_id: null,
      parked_until: null,
      returned_at: null,
      shopper_muted: 0,
      rep_muted: 0,
      shopper_mos: null,
      rep_mos: null,
      wrapped_up_at: null,
      note: '',
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  await change.record(call, 'started');
  change.touch({ siteId: call.site_id, call: call.id, queue: queue.id });
  return call;
}

/** The shopper hung up, whatever the call was doing. */
export async function shopperHangUp(change: Change, siteId: SiteId, shopperId: ShopperId, callId: CallId) {
  const call = await ownCall(change, siteId, shopperId);
  if (call.id !== callId) throw new CallError('not-found', 'That call is not yours or is over.');
  await endCall(change, call.id, 'shopper-hung-up');
}

/** The shopper's page, cart or name changed; the rep sees it at once. */
export async function updateContext(
  change: Change,
  siteId: SiteId,
  shopperId: ShopperId,
  context: CallContext,
): Promise<void> {
  const call = await ownCall(change, siteId, shopperId);
  await change.db
    .updateTable('calls')
    .set({ context: JSON.stringify(context) })
    .where('id', '=', call.id)
    .execute();
  change.touch({ siteId, call: call.id, rep: call.rep_id, queue: call.queue_id });
}

/** The shopper is here (again): a parked call goes on. */
export async function shopperConnected(change: Change, siteId: SiteId, shopperId: ShopperId): Promise<void> {
  const call = await liveCallOf(change, siteId, shopperId);
  if (!call || call.parked_until === null) return;
  await change.db.updateTable('calls').set({ parked_until: null }).where('id', '=', call.id).execute();
  await change.record(call, 'shopper-back', call.rep_id);
  change.touch({ siteId, call: call.id, rep: call.rep_id, queue: call.queue_id });
}

/** The shopper's connection is lost: park the call for a grace period, and ring nobody for it meanwhile. */
export async function shopperLost(change: Change, siteId: SiteId, shopperId: ShopperId): Promise<void> {
  const call = await liveCallOf(change, siteId, shopperId);
  if (!call || call.parked_until !== null) return;
  await revokeOffers(change, call.id);
  await change.db
    .updateTable('calls')
    .set({
      parked_until: change.now + limits.shopperGraceMs,
      ...(call.state === 'ringing' ? { state: 'waiting' as const } : {}),
    })
    .where('id', '=', call.id)
    .execute();
  await change.record(call, 'shopper-lost', call.rep_id);
  change.touch({ siteId, call: call.id, rep: call.rep_id, queue: call.queue_id });
}

/** The one call of this shopper that is not over. Throws `not-in-call`. */
export async function ownCall(change: Change, siteId: SiteId, shopperId: ShopperId): Promise<CallRow> {
  const call = await liveCallOf(change, siteId, shopperId);
  if (!call) throw new CallError('not-in-call', 'You are not in a call.');
  return call;
}

function liveCallOf(change: Change, siteId: SiteId, shopperId: ShopperId): Promise<CallRow | undefined> {
  return change.db
    .selectFrom('calls')
    .selectAll()
    .where('site_id', '=', siteId)
    .where('shopper_id', '=', shopperId)
    .where('state', '<>', literal.ended)
    .executeTakeFirst();
}
