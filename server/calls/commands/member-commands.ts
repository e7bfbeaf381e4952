/** What becomes of somebody's queues and calls when they are disabled, enabled again, or taken off a team. */
import type { Language } from '../../../shared/i18n/languages.ts';
import type { AccountId, RepId, SiteId } from '../../../shared/ids.ts';
import { forgetPhotoOfLeaver } from '../../store/images.ts';
import { queueMembershipsIn } from '../../store/members.ts';
import { regroup } from '../../store/routing-groups.ts';
import type { QueueMemberRow } from '../../store/schema.ts';
import type { Change } from '../writing/change.ts';
import { revokeOfferOfRep } from './offers.ts';

/** They serve no queue of the account until they are enabled: which ones they served is kept. A talk goes on to its end. */
export async function disableMember(change: Change, accountId: AccountId, repId: RepId): Promise<void> {
  const rows = await leaveQueues(change, accountId, repId);
  await change.db
    .updateTable('members')
    .set({ disabled_at: change.now, kept_queues: JSON.stringify(rows) })
    .where('account_id', '=', accountId)
    .where('rep_id', '=', repId)
    .execute();
}

/** They serve the queues that they served, as far as those are still there. */
export async function enableMember(change: Change, accountId: AccountId, repId: RepId): Promise<void> {
  const { kept_queues } = await change.db
    .selectFrom('members')
    .select('kept_queues')
    .where('account_id', '=', accountId)
    .where('rep_id', '=', repId)
    .executeTakeFirstOrThrow();
  await change.db
    .updateTable('members')
    .set({ disabled_at: null, kept_queues: null })
    .where('account_id', '=', accountId)
    .where('rep_id', '=', repId)
    .execute();
  const kept = JSON.parse(kept_queues ?? '[]') as QueueMemberRow[];
  const there = await change.db
    .selectFrom('queues')
    .innerJoin('sites', 'sites.id', 'queues.site_id')
    .select('queues.id')
    .where('sites.account_id', '=', accountId)
    .where('queues.removed_at', 'is', null)
    .execute();
  const rows = kept.filter(row => there.some(queue => queue.id === row.queue_id));
  if (rows.length > 0) await change.db.insertInto('queue_members').values(rows).execute();
  await regroup(change.db);
  tell(change, repId, rows);
}

/** In which languages they take calls from now on, as that account sees it; in all of theirs when it is left out. */
export async function changeLanguages(
  change: Change,
  siteIds: readonly SiteId[],
  { accountId, repId }: { accountId?: AccountId; repId: RepId },
  languages: readonly Language[],
): Promise<void> {
  await change.db
    .updateTable('members')
    .set({ languages: JSON.stringify(languages) })
    .where('rep_id', '=', repId)
    .$if(accountId !== undefined, query => query.where('account_id', '=', accountId as AccountId))
    .execute();
  for (const siteId of siteIds) change.route(siteId);
}

/** What they did stays in the history. Who is on no other team is shown to nobody any more, and their photo goes too. */
export async function removeMember(change: Change, accountId: AccountId, repId: RepId): Promise<void> {
  await leaveQueues(change, accountId, repId);
  await change.db
    .deleteFrom('rep_skills')
    .where('account_id', '=', accountId)
    .where('rep_id', '=', repId)
    .execute();
  await change.db
    .deleteFrom('members')
    .where('account_id', '=', accountId)
    .where('rep_id', '=', repId)
    .execute();
  await forgetPhotoOfLeaver(change.db, repId);
}

async function leaveQueues(change: Change, accountId: AccountId, repId: RepId): Promise<QueueMemberRow[]> {
  const rows = await queueMembershipsIn(change.db, accountId, repId);
  await revokeOfferOfRep(change, repId);
  for (const { site_id, queue_id } of rows)
    await change.db
      .deleteFrom('queue_members')
      .where('site_id', '=', site_id)
      .where('queue_id', '=', queue_id)
      .where('rep_id', '=', repId)
      .execute();
  await regroup(change.db);
  tell(change, repId, rows);
  return rows;
}

function tell(change: Change, repId: RepId, rows: readonly QueueMemberRow[]): void {
  for (const { site_id: siteId, queue_id: queue } of rows) change.touch({ siteId, rep: repId, queue });
  for (const siteId of new Set<SiteId>(rows.map(row => row.site_id))) change.route(siteId);
}
