/** Callers of whom a shop takes no calls: by the shopper's token, by the number that was left, by the network. */
import type { BlockWay } from '../../../shared/domain.ts';
import type { BlockId, CallId, RepId, ShopperId, SiteId } from '../../../shared/ids.ts';
import { limits } from '../../../shared/limits.ts';
import type { BlockWish } from '../../../shared/settings.ts';
import { forgetOverBlocks, isBlocked } from '../../store/blocks.ts';
import { literal } from '../../store/literals.ts';
import { CallError } from '../errors.ts';
import { type Call, repIdOf } from '../model/call.ts';
import { apply } from '../writing/apply.ts';
import { loadCall } from '../writing/call-rows.ts';
import type { Change } from '../writing/change.ts';
import { mayServe } from './waiting-entries.ts';

/** What is known of somebody who asks; left out where it is not. */
export type Caller = {
  shopperId: ShopperId;
  networkMark?: string | undefined;
  phone?: string | null | undefined;
};

/** Throws `blocked`, with words for the shopper. One query, inside the transaction that would let them in. */
export async function mustBeWelcome(change: Change, siteId: SiteId, caller: Caller): Promise<void> {
  if (await isBlocked(change.db, siteId, Object.values(marksOf(caller)), change.now))
    throw new CallError(
      'blocked',
      'The shop takes no calls from you at the moment. Please reach it another way.',
    );
}

/**
 * From now on whoever made this call is turned away, by as much of `wish.by` as is known of the call. What waits of
 * them ends, and so does the talk that the rep who asks is in with them. Throws `not-found` (no such call, or not the
 * rep's), `bad-request` (nothing of it is known) or `no-room`.
 */
export async function blockCaller(change: Change, repId: RepId, wish: BlockWish): Promise<Call> {
  const call = await callToBlock(change, repId, wish.callId);
  const known = marksOf(callerOf(call));
  const marks = wish.by.map(way => known[way]).filter(mark => mark !== undefined);
  if (marks.length === 0)
    throw new CallError('bad-request', 'Nothing of that is known of this call any more.');
  await makeRoom(change, call.siteId);
  const id = change.newId<BlockId>();
  const until = wish.forMs === null ? null : change.now + wish.forMs;
  const reason = wish.reason.trim();
  await change.db
    .insertInto('blocks')
    .values({
      ...{ id, site_id: call.siteId, call_id: call.id, label: labelOf(call), reason, rep_id: repId },
      ...{ created_at: change.now, expires_at: until },
    })
    .execute();
  await change.db
    .insertInto('block_marks')
    .values(marks.map(mark => ({ site_id: call.siteId, mark, block_id: id })))
    .onConflict(conflict => conflict.doNothing())
    .execute();
  change.record(call, { type: 'blocked', rep: repId, data: { until, ...(reason === '' ? {} : { reason }) } });
  await endWhatWaits(change, repId, call, new Set(marks));
  return call;
}

/** A call of the queues that the rep serves, or one that is or was theirs; any for who oversees others. */
async function callToBlock(change: Change, repId: RepId, callId: CallId): Promise<Call> {
  const loaded = await loadCall(change.db, callId);
  if (!loaded || (repIdOf(loaded.call) !== repId && !(await mayServe(change, repId, loaded.call))))
    throw new CallError('not-found', 'There is no such call in your queues.');
  return loaded.call;
}

/** Counted where it is added: a site's changes come one after another. */
async function makeRoom(change: Change, siteId: SiteId): Promise<void> {
  await forgetOverBlocks(change.db, siteId, change.now);
  const { count } = await change.db
    .selectFrom('blocks')
    .select(({ fn }) => fn.countAll<number | string>().as('count'))
    .where('site_id', '=', siteId)
    .executeTakeFirstOrThrow();
  if (Number(count) >= limits.blocksPerSite)
    throw new CallError('no-room', 'So many callers are blocked that there is no room for more.');
}

async function endWhatWaits(
  change: Change,
  repId: RepId,
  blocked: Call,
  marks: ReadonlySet<string>,
): Promise<void> {
  const live = await change.db
    .selectFrom('calls')
    .select(['id', 'shopper_id', 'caller_network', 'callback_phone'])
    .where('site_id', '=', blocked.siteId)
    .where('state', '<>', literal.ended)
    .execute();
  for (const row of live) {
    const caller = { shopperId: row.shopper_id, networkMark: row.caller_network, phone: row.callback_phone };
    if (!Object.values(marksOf(caller)).some(mark => marks.has(mark))) continue;
    const loaded = await loadCall(change.db, row.id);
    if (!loaded) continue;
    const isTheirs = row.id === blocked.id;
    if (loaded.call.state === 'talking') {
      // Another rep's talk is that rep's to end.
      if (isTheirs && repIdOf(loaded.call) === repId)
        await apply(change, loaded, { type: 'hang-up', by: 'rep' });
    } else if (isTheirs) await apply(change, loaded, { type: 'end', reason: 'removed' });
    else await apply(change, loaded, { type: 'remove', repId, note: 'blocked' });
  }
}

const phoneOf = (call: Call) => ('callback' in call ? (call.callback?.phone ?? null) : null);

const callerOf = (call: Call): Caller => ({
  shopperId: call.shopperId,
  networkMark: call.network,
  phone: phoneOf(call),
});

/** What somebody is recognised by, as it is kept. */
export function marksOf({ shopperId, networkMark, phone }: Caller): Partial<Record<BlockWay, string>> {
  return {
    shopper: `shopper:${shopperId}`,
    ...(networkMark ? { network: `network:${networkMark}` } : {}),
    ...(phone ? { number: `number:${digitsOf(phone)}` } : {}),
  };
}

/** However it is written. An extension is left out: behind one number there may be thousands. */
const digitsOf = (phone: string) => (phone.split(' ext. ')[0] ?? '').replaceAll(/\D/g, '');

function labelOf(call: Call): string {
  const { name = '' } = JSON.parse(call.context) as { name?: string };
  return phoneOf(call) ?? name.trim();
}
