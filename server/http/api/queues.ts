/** `/api/queues`: how calls are distributed. Changes count at once. */
import { isDeepStrictEqual } from 'node:util';
import type { QueueChange } from '../../../shared/api/queues.ts';
import type { QueueId, SiteId } from '../../../shared/ids.ts';
import { refuse } from '../../../shared/refusals.ts';
import { type Membership, type QueueSettings, queueSettings } from '../../../shared/settings.ts';
import { addQueue, changeMembers, changeQueue, removeQueue } from '../../calls/commands/queue-commands.ts';
import { type AuditRecord, difference, recordAudit, recordChange } from '../../store/audit.ts';
import { holdAccount } from '../../store/holds.ts';
import { accountOfSite, type Scope } from '../../store/members.ts';
import { readQueueSettings } from '../../store/queue-settings.ts';
import { findQueue, listQueues, membersOf } from '../../store/queues.ts';
import type { QueueRow } from '../../store/schema.ts';
import type { HttpDeps } from '../deps.ts';
import { callErrorAsHttp, HttpError } from '../errors.ts';
import { queueAvailability } from '../queue-availability.ts';
import { readInput } from '../request-rules.ts';
import { checkSounds } from '../sound-settings.ts';
import type { Handlers } from './mount.ts';

/** A rule that sends callers on names another queue of the same site. */
async function checkRules(db: HttpDeps['db'], queue: QueueRow, { overflow }: QueueSettings): Promise<void> {
  for (const [when, rule] of Object.entries(overflow)) {
    if (rule.do !== 'queue') continue;
    const field = `overflow.${when}.queueId`;
    if (rule.queueId === queue.id) throw new HttpError('bad-request', refuse('sameQueue'), { field });
    const target = await findQueue(db, rule.queueId);
    if (target?.site_id !== queue.site_id) throw new HttpError('bad-request', refuse('queueGone'), { field });
  }
}

/** Throws `changed-meanwhile` with the first field that is neither what the asker saw nor what they want. */
function mustBeSeen(
  wanted: QueueChange,
  current: { name: string; settings: QueueSettings; members: Membership[] },
): void {
  const { before } = wanted;
  if (!before) return;
  const check = (field: string, seen: unknown, now: unknown, wish: unknown) => {
    if (seen === undefined || isDeepStrictEqual(seen, now) || isDeepStrictEqual(wish, now)) return;
    throw new HttpError('changed-meanwhile', undefined, { field });
  };
  if (wanted.name !== undefined) check('name', before.name, current.name, wanted.name);
  for (const [key, wish] of Object.entries(wanted.settings))
    check(key, before.settings[key], current.settings[key as keyof QueueSettings], wish);
  const byRep = (some: readonly Membership[] | undefined) =>
    some?.toSorted((a, b) => (a.repId < b.repId ? -1 : 1));
  if (wanted.members) check('members', byRep(before.members), byRep(current.members), byRep(wanted.members));
}

/** Name, members and each setting side by side. */
const flat = ({ settings, ...rest }: { settings: QueueSettings; name: string; members: Membership[] }) => ({
  ...rest,
  ...settings,
});

async function checkMembers(
  db: HttpDeps['db'],
  siteId: SiteId,
  wanted: readonly Membership[],
): Promise<void> {
  await holdAccount(db, await accountOfSite(db, siteId));
  const team = await db
    .selectFrom('members')
    .innerJoin('sites', 'sites.account_id', 'members.account_id')
    .select('members.rep_id')
    .where('sites.id', '=', siteId)
    .where('members.disabled_at', 'is', null)
    .execute();
  const known = new Set(team.map(({ rep_id }) => rep_id));
  if (wanted.some(member => !known.has(member.repId)))
    throw new HttpError('bad-request', refuse('memberGone'), {
      field: 'members',
    });
}

export function queueHandlers(
  deps: HttpDeps,
): Handlers<
  'GET /api/queues' | 'POST /api/queues' | 'PATCH /api/queues/:queueId' | 'DELETE /api/queues/:queueId'
> {
  const { db, transactions, log, now } = deps;
  const note = async (from: typeof db, siteId: SiteId, deed: Omit<AuditRecord, 'accountId'>) =>
    recordAudit(from, { ...deed, accountId: await accountOfSite(from, siteId) }, now());
  const queueOf = async (queueId: QueueId, { sites }: Scope, from = db) => {
    const queue = await findQueue(from, queueId);
    if (!queue || !sites.includes(queue.site_id)) throw new HttpError('not-found', refuse('noSuchQueue'));
    return queue;
  };
  const sheetOf = async (siteId: SiteId, queueId: QueueId) => {
    const sheet = (await listQueues(db, [siteId])).find(queue => queue.id === queueId);
    if (!sheet) throw new HttpError('not-found', refuse('noSuchQueue'));
    return sheet;
  };

  return {
    async 'GET /api/queues'({ scope }) {
      const queues = await listQueues(db, scope.sites);
      return {
        queues: await Promise.all(
          queues.map(async queue => {
            const { availability } = await queueAvailability(deps, queue.siteId, queue.id);
            return { ...queue, availability };
          }),
        ),
      };
    },

    async 'POST /api/queues'({ member, scope, body: { siteId, name } }) {
      if (!scope.sites.includes(siteId))
        throw new HttpError('not-found', refuse('noSuchSite'), { field: 'siteId' });
      const id = await transactions.change([siteId], async change => {
        const added = await addQueue(change, siteId, name);
        await note(change.db, siteId, { by: member.id, action: 'queue.added', target: name });
        return added;
      });
      log.info({ rep: member.id, queue: id }, 'queue added');
      return { queue: await sheetOf(siteId, id) };
    },

    async 'DELETE /api/queues/:queueId'({ member, scope, params }) {
      const { id, site_id: siteId } = await queueOf(params.queueId, scope);
      await transactions
        .change([siteId], async change => {
          const { name } = await queueOf(id, scope, change.db);
          await removeQueue(change, { siteId, queueId: id });
          await note(change.db, siteId, { by: member.id, action: 'queue.removed', target: name });
        })
        .catch(callErrorAsHttp);
      log.info({ rep: member.id, queue: id }, 'queue removed');
      return {};
    },

    async 'PATCH /api/queues/:queueId'({ member, scope, params, body: wanted }) {
      const { site_id: siteId, id: queueId } = await queueOf(params.queueId, scope);
      const saved = await transactions.change([siteId], async change => {
        const queue = await queueOf(queueId, scope, change.db);
        const current = {
          name: queue.name,
          settings: readQueueSettings(queue),
          members: await membersOf(change.db, queue),
        };
        mustBeSeen(wanted, current);
        const settings = readInput({ ...current.settings, ...wanted.settings }, queueSettings.strict());
        const name = wanted.name ?? current.name;
        if (wanted.members) await checkMembers(change.db, siteId, wanted.members);
        await checkRules(change.db, queue, settings);
        await checkSounds(change.db, siteId, settings);
        await changeQueue(change, { siteId, queueId }, { name, settings });
        if (wanted.members) await changeMembers(change, { siteId, queueId }, wanted.members);
        const after = { name, settings, members: wanted.members ?? current.members };
        const accountId = await accountOfSite(change.db, siteId);
        const deed = { accountId, by: member.id, action: 'queue.changed', target: queue.name } as const;
        // Members in the order in which they were read before, however they were sent.
        const members = await membersOf(change.db, queue);
        const differs = difference(flat(current), flat({ ...after, members }));
        await recordChange(change.db, { ...deed, ...differs }, now());
        return after;
      });
      const changed = [...Object.keys(wanted.settings), ...(wanted.members ? ['members'] : [])];
      log.info({ rep: member.id, queue: queueId, changed }, 'queue settings changed');
      return saved;
    },
  };
}
