/** Who is on the teams that somebody runs, who is invited, and who is signed in: what is not part of a form. */
import type { Invitation, Rep, RepSession, TeamMember } from '../../../shared/api/people.ts';
import type { AccountId, QueueId, SiteId } from '../../../shared/ids.ts';
import { ask } from '../../ui/api.ts';
import { accountsRunBy } from '../accounts.ts';

export type TeamQueue = { id: QueueId; accountId: AccountId; name: string };

export type TeamSite = { id: SiteId; accountId: AccountId; name: string };

export type People = {
  members: readonly TeamMember[];
  sessions: readonly RepSession[];
  invitations: readonly Invitation[];
  queues: readonly TeamQueue[];
  sites: readonly TeamSite[];
};

/** Unique among members, also where one person is on several teams. No dot: it stands in paths of inputs. */
export const keyOf = ({ accountId, id }: Pick<TeamMember, 'accountId' | 'id'>): string =>
  `${accountId}:${id}`;

/** Rejects with `ApiError`. */
export async function loadPeople(rep: Rep): Promise<People> {
  const accounts = accountsRunBy(rep);
  const run = new Set(accounts.map(({ id }) => id));
  const [{ reps }, { sessions }, { invitations }, { queues }, { sites }] = await Promise.all([
    ask('GET /api/team'),
    ask('GET /api/team/sessions'),
    ask('GET /api/team/invitations'),
    ask('GET /api/queues'),
    ask('GET /api/sites'),
  ]);
  const accountOf = new Map(sites.map(site => [site.id, site.accountId]));
  return {
    members: reps.filter(({ accountId }) => run.has(accountId)),
    sessions,
    invitations: invitations.filter(({ accountId }) => run.has(accountId)),
    queues: queues.flatMap(({ id, name, siteId }) => {
      const accountId = accountOf.get(siteId);
      return accountId && run.has(accountId) ? [{ id, accountId, name }] : [];
    }),
    sites: sites.flatMap(({ id, accountId, name }) => (run.has(accountId) ? [{ id, accountId, name }] : [])),
  };
}

/** Where somebody is signed in, and used last, ms; null for nowhere. */
export function signedIn(
  sessions: readonly RepSession[],
  { id }: Pick<TeamMember, 'id'>,
): { count: number; seenAt: number } | null {
  const own = sessions.filter(({ repId }) => repId === id);
  return own.length === 0
    ? null
    : { count: own.length, seenAt: Math.max(...own.map(({ seenAt }) => seenAt)) };
}
