/** What a supervisor decides for a rep: another status, or the end of after-call work. The rep is told who did it and why. */
import type { RepStatus } from '../../../shared/domain.ts';
import type { RepId, SiteId } from '../../../shared/ids.ts';
import { recordAudit } from '../../store/audit.ts';
import { accountOfSite } from '../../store/members.ts';
import { CallError } from '../errors.ts';
import type { Change } from '../writing/change.ts';
import { chooseStatus, finishWrapUp } from './rep-commands.ts';

export type Direction = { by: RepId; why: string } & ({ status: RepStatus } | { wrapUp: 'over' });

/** What is kept of it in `reps.directed`, as JSON. */
export type KeptDirection = { by: RepId; why: string; what: 'status' | 'wrap-up' };

/**
 * Throws `not-found` for a rep who serves none of the sites that the supervisor oversees, or where there is no after-call
 * work to end.
 *
 * @param sites that the rep serves
 * @param overseen where whoever does it may
 */
export async function directRep(
  change: Change,
  sites: readonly SiteId[],
  repId: RepId,
  direction: Direction,
  overseen: readonly SiteId[],
): Promise<void> {
  const site = sites.find(siteId => overseen.includes(siteId));
  if (!site) throw new CallError('not-found', 'There is no such rep in your shops.');
  const rep = await change.db
    .selectFrom('reps')
    .select(['name', 'status'])
    .where('id', '=', repId)
    .executeTakeFirstOrThrow();
  const { by, why } = direction;
  const isStatus = 'status' in direction;
  if (isStatus) await chooseStatus(change, sites, repId, direction.status);
  else await finishWrapUp(change, sites, repId);
  const kept: KeptDirection = { by, why, what: isStatus ? 'status' : 'wrap-up' };
  await change.db
    .updateTable('reps')
    .set({ directed: JSON.stringify(kept) })
    .where('id', '=', repId)
    .execute();
  for (const siteId of sites) change.touch({ siteId, rep: repId });
  await recordAudit(
    change.db,
    {
      ...{ accountId: await accountOfSite(change.db, site), by, target: rep.name },
      action: isStatus ? 'rep.status-set' : 'rep.wrap-up-ended',
      ...(isStatus ? { before: { status: rep.status } } : {}),
      after: { ...(isStatus ? { status: direction.status } : {}), why },
    },
    change.now,
  );
}
