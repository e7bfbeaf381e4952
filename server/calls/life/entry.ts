/** How a call comes into a line, and whose call is whose. */
import type { CallContext } from '../../../shared/call-context.ts';
import type { CallId, QueueId, ShopperId, SiteId } from '../../../shared/ids.ts';
import { literal } from '../../store/literals.ts';
import { readQueueSettings, writeNeeds } from '../../store/queue-settings.ts';
import type { CallRow, QueueRow } from '../../store/schema.ts';
import type { Change } from '../change.ts';
import { CallError } from '../errors.ts';
import { ensureLine } from '../routing/line.ts';
import { readOutlook, writeOutlook } from '../routing/outlook.ts';
import { preferredRep } from '../routing/preferred-rep.ts';

export type StartCall = {
  callId: CallId;
  siteId: SiteId;
  shopperId: ShopperId;
  /** The site's first queue when left out. */
  queueId?: QueueId | undefined;
  context: CallContext;
  /** Of the caller's network, see `networkMark`; left out where it is not known. */
  networkMark?: string;
};

/** A new call at the end of the queue's line, or kept for the rep who spoke to this shopper last. */
export async function enterLine(change: Change, queue: QueueRow, wanted: StartCall): Promise<CallRow> {
  const settings = readQueueSettings(queue);
  const kept =
    settings.preferredRepMs > 0
      ? await preferredRep(change, { siteId: queue.site_id, queueId: queue.id, shopperId: wanted.shopperId })
      : null;
  const line = { priority: settings.priority, needs: writeNeeds(settings.skills) };
  await ensureLine(change, { site_id: queue.site_id, queue_id: queue.id, ...line });
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
      callback_kind: null,
      callback_phone: null,
      callback_push: null,
      callback_tries: 0,
      callback_expires_at: null,
      held_until: null,
      ring_until: null,
      parked_until: null,
      returned_at: null,
      shopper_muted: 0,
      rep_muted: 0,
      shopper_mos: null,
      rep_mos: null,
      wrapped_up_at: null,
      note: '',
      caller_network: wanted.networkMark ?? '',
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  await change.record(call, 'started', kept, { queue: queue.id });
  change.touch({ siteId: call.site_id, call: call.id, queue: queue.id });
  return call;
}

/** The one call of this shopper that is not over. Throws `not-in-call`. */
export async function ownCall(change: Change, siteId: SiteId, shopperId: ShopperId): Promise<CallRow> {
  const call = await liveCallOf(change, siteId, shopperId);
  if (!call) throw new CallError('not-in-call', 'You are not in a call.');
  return call;
}

/** The shopper's call that is not over, if any. */
export function liveCallOf(
  change: Change,
  siteId: SiteId,
  shopperId: ShopperId,
): Promise<CallRow | undefined> {
  return change.db
    .selectFrom('calls')
    .selectAll()
    .where('site_id', '=', siteId)
    .where('shopper_id', '=', shopperId)
    .where('state', '<>', literal.ended)
    .executeTakeFirst();
}
