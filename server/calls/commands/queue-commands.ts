/** What an admin can change about a queue. Calls that wait already are served by the new rules from then on. */
import type { AccountId, QueueId, RepId, SiteId } from '../../../shared/ids.ts';
import { refuse } from '../../../shared/refusals.ts';
import { type Membership, membership, type QueueSettings, type SkillNeed } from '../../../shared/settings.ts';
import { holdAccount } from '../../store/holds.ts';
import { literal } from '../../store/literals.ts';
import { accountOfSite } from '../../store/members.ts';
import { needsIn, readQueueSettings } from '../../store/queue-settings.ts';
import { regroup } from '../../store/routing-groups.ts';
import { addSite, type NewSite, newMember, newQueue } from '../../store/sites.ts';
import { CallError } from '../errors.ts';
import { ensureLine } from '../line/line.ts';
import { noteWaitDue } from '../line/wait-due.ts';
import { noteHours } from '../routing/hours.ts';
import type { Change } from '../writing/change.ts';

type Which = { siteId: SiteId; queueId: QueueId };

/** Settings count at once: for the next decision, and for the order, the skills and the music of whoever waits. */
export async function changeQueue(
  change: Change,
  { siteId, queueId }: Which,
  { name, settings }: { name: string; settings: QueueSettings },
): Promise<void> {
  const before = await change.db
    .selectFrom('queues')
    .select('settings')
    .where('site_id', '=', siteId)
    .where('id', '=', queueId)
    .executeTakeFirstOrThrow();
  if (readQueueSettings(before).music !== settings.music) change.touch({ siteId, musicOf: queueId });
  await change.db
    .updateTable('queues')
    .set({ name, settings: JSON.stringify(settings) })
    .where('site_id', '=', siteId)
    .where('id', '=', queueId)
    .execute();
  const inLine = change.db
    .selectFrom('calls')
    .select('language')
    .distinct()
    .where('site_id', '=', siteId)
    .where('queue_id', '=', queueId)
    .where('state', 'in', [...literal.inLine]);
  for (const { language } of await inLine.execute())
    await change.db
      .updateTable('calls')
      .set(({ eb }) => ({
        ...{ priority: eb('boost', '+', settings.priority), needs: needsIn(settings, language) },
      }))
      .where('site_id', '=', siteId)
      .where('queue_id', '=', queueId)
      .where('language', '=', language)
      .where('state', 'in', [...literal.inLine])
      .execute();
  const lines = await change.db
    .selectFrom('calls')
    .select(['site_id', 'queue_id', 'priority', 'needs'])
    .distinct()
    .where('site_id', '=', siteId)
    .where('queue_id', '=', queueId)
    .where('state', 'in', [...literal.inLine])
    .execute();
  for (const line of lines) await ensureLine(change.db, line);
  await noteWaitDue(change.db, queueId, change.now);
  await noteHours(change, { id: queueId, site_id: siteId, settings: JSON.stringify(settings) });
  change.route(siteId);
}

/** A queue with the settings of a new one, which everybody on the team serves. */
export async function addQueue(change: Change, siteId: SiteId, name: string): Promise<QueueId> {
  const queueId = change.newId<QueueId>();
  await change.db
    .insertInto('queues')
    .values(newQueue(siteId, queueId, name, change.now))
    .execute();
  await serveByAll(change, { siteId, queueId });
  change.touch({ siteId, queue: queueId });
  change.route(siteId);
  return queueId;
}

/** A site with one queue, which everybody on the team serves. Fails on the unique index when the key is taken. */
export async function openSite(change: Change, site: NewSite): Promise<void> {
  await addSite(change.db, site, change.now);
  change.created(site.siteId);
  await serveByAll(change, site);
}

/** Everybody of the site's account serves the queue from now on. */
async function serveByAll(change: Change, { siteId, queueId }: Which): Promise<void> {
  await holdAccount(change.db, await accountOfSite(change.db, siteId));
  const team = await change.db
    .selectFrom('members')
    .innerJoin('sites', 'sites.account_id', 'members.account_id')
    .select('members.rep_id')
    .where('sites.id', '=', siteId)
    .where('members.disabled_at', 'is', null)
    .execute();
  await changeMembers(
    change,
    { siteId, queueId },
    team.map(({ rep_id }) => membership.parse({ repId: rep_id })),
  );
}

/** Nobody can choose it any more; its calls are still told. Refused for a site's last queue, and while calls are in it. */
export async function removeQueue(change: Change, { siteId, queueId }: Which): Promise<void> {
  await holdAccount(change.db, await accountOfSite(change.db, siteId));
  const others = await change.db
    .selectFrom('queues')
    .select('id')
    .where('site_id', '=', siteId)
    .where('id', '<>', queueId)
    .where('removed_at', 'is', null)
    .execute();
  if (others.length === 0) throw new CallError('not-allowed', refuse('lastQueue'));
  const inIt = await change.db
    .selectFrom('calls')
    .select('id')
    .where('site_id', '=', siteId)
    .where('queue_id', '=', queueId)
    .where('state', '<>', literal.ended)
    .executeTakeFirst();
  if (inIt) throw new CallError('not-allowed', refuse('callsInQueue'));
  await changeMembers(change, { siteId, queueId }, []);
  await change.db
    .updateTable('queues')
    .set({ removed_at: change.now, hours_due: null })
    .where('site_id', '=', siteId)
    .where('id', '=', queueId)
    .execute();
}

/**
 * Exactly these reps serve the queue from now on; what they did today stays counted. What rings goes on ringing. For the inside
 * of a change that holds the account, which they could leave meanwhile.
 */
export async function changeMembers(
  change: Change,
  { siteId, queueId }: Which,
  members: readonly Membership[],
): Promise<void> {
  const before = await change.db
    .selectFrom('queue_members')
    .select('rep_id')
    .where('site_id', '=', siteId)
    .where('queue_id', '=', queueId)
    .execute();
  const stay = new Set(members.map(member => member.repId));
  for (const { rep_id } of before)
    if (!stay.has(rep_id))
      await change.db
        .deleteFrom('queue_members')
        .where('site_id', '=', siteId)
        .where('queue_id', '=', queueId)
        .where('rep_id', '=', rep_id)
        .execute();
  for (const { repId, tier, position, penalty } of members)
    await change.db
      .insertInto('queue_members')
      .values({ ...newMember(siteId, queueId, repId), tier, position, penalty })
      .onConflict(conflict =>
        conflict.columns(['site_id', 'queue_id', 'rep_id']).doUpdateSet({ tier, position, penalty }),
      )
      .execute();
  await regroup(change.db);
  // Writing to the rep makes a change wait that knows of no site of this rep yet, such as a new rep's first status.
  for (const repId of [...stay].sort())
    await change.db
      .updateTable('reps')
      .set(({ ref }) => ({ idle_since: ref('idle_since') }))
      .where('id', '=', repId)
      .execute();
  for (const repId of new Set([...before.map(member => member.rep_id), ...stay]))
    change.touch({ siteId, rep: repId, queue: queueId });
  change.route(siteId);
}

/** What the rep knows from now on, as that account sees it. For the inside of a change that holds the account. */
export async function changeSkills(
  change: Change,
  siteIds: readonly SiteId[],
  { accountId, repId }: { accountId: AccountId; repId: RepId },
  skills: readonly SkillNeed[],
): Promise<void> {
  await change.db
    .deleteFrom('rep_skills')
    .where('account_id', '=', accountId)
    .where('rep_id', '=', repId)
    .execute();
  if (skills.length > 0)
    await change.db
      .insertInto('rep_skills')
      .values(skills.map(({ skill, level }) => ({ account_id: accountId, rep_id: repId, skill, level })))
      .execute();
  for (const siteId of siteIds) {
    change.touch({ siteId, rep: repId });
    change.route(siteId);
  }
}
