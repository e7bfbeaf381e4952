/** How a call comes into a line, and whose call is whose. */
import type { CallContext } from '../../../shared/call-context.ts';
import type { CallId, QueueId, ShopperId, SiteId } from '../../../shared/ids.ts';
import { languageOf } from '../../../shared/own-words.ts';
import { needsIn, readQueueSettings } from '../../store/queue-settings.ts';
import type { QueueRow } from '../../store/schema.ts';
import { CallError } from '../errors.ts';
import { readCallStatistics, writeCallStatistics } from '../line/call-statistics.ts';
import { ensureLine } from '../line/line.ts';
import type { WaitingCall } from '../model/call.ts';
import { preferredRep } from '../routing/preferred-rep.ts';
import { begin } from '../writing/apply.ts';
import { type LoadedCall, loadLiveCallOf, toQueue } from '../writing/call-rows.ts';
import type { Change } from '../writing/change.ts';

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
export async function enterLine(change: Change, queue: QueueRow, wanted: StartCall): Promise<LoadedCall> {
  const settings = readQueueSettings(queue);
  const kept =
    settings.preferredRepMs > 0
      ? await preferredRep(change, { siteId: queue.site_id, queueId: queue.id, shopperId: wanted.shopperId })
      : null;
  const language = languageOf(wanted.context.language) ?? '';
  const line = { priority: settings.priority, needs: needsIn(settings, language) };
  await ensureLine(change.db, { site_id: queue.site_id, queue_id: queue.id, ...line });
  const statistics = writeCallStatistics(
    await readCallStatistics(change.db, queue.site_id, queue.id, change.now),
  );
  const { now } = change;
  const call: WaitingCall = {
    ...{ id: wanted.callId, siteId: wanted.siteId, shopperId: wanted.shopperId, state: 'waiting' },
    shopper: {
      ...{ id: change.newId(), kind: 'shopper', repId: null, mode: 'talk', state: 'joined' },
      ...{ muted: false, mos: null, joinedAt: now, stateSince: now },
    },
    place: { queueId: queue.id, ...line, boost: 0, queuedAt: now, lineSince: now, statistics },
    ...{ startedAt: now, network: wanted.networkMark ?? '' },
    ...{ handed: null, note: '' },
    ...{ context: JSON.stringify(wanted.context), language },
    keptFor: kept === null ? null : { repId: kept, until: now + settings.preferredRepMs },
    ...{ callback: null, returnedAt: null, parkedUntil: null, heldUntil: null },
  };
  const loaded = { call, ...toQueue(queue) };
  await begin(change, loaded);
  return loaded;
}

/** The one call of this shopper that is not over. Throws `not-in-call`. */
export async function ownCall(change: Change, siteId: SiteId, shopperId: ShopperId): Promise<LoadedCall> {
  const call = await loadLiveCallOf(change.db, siteId, shopperId);
  if (!call) throw new CallError('not-in-call', 'You are not in a call.');
  return call;
}
