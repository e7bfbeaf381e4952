/** One-time links: an account's first admin, invited people, and new passwords. Only a hash of each is kept. */
import { createHash } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { AccountId, QueueId, RepId } from '../../shared/ids.ts';
import { limits } from '../../shared/limits.ts';
import type { Role } from '../../shared/permissions.ts';
import { recordAudit } from '../store/audit.ts';
import { holdAccount, holdPerson } from '../store/holds.ts';
import { addMembership, belongsSomewhere, findMember, membershipsOf } from '../store/members.ts';
import { endRepSessions } from '../store/rep-sessions.ts';
import type { Database, LinkRow } from '../store/schema.ts';
import { type FirstNames, nameFirst } from '../store/sites.ts';
import { inTransaction } from '../store/transaction.ts';
import {
  addLink,
  addUser,
  adminExists,
  claimLink,
  findLiveLink,
  findUser,
  findUserByEmail,
  revokeLinks,
  type User,
} from '../store/users.ts';
import { type Clock, newId, type Random, secureRandom } from './clock-and-random.ts';
import { hashPassword, passwordFits } from './passwords.ts';

/** What the person who opens a link may know about it. `known`: they can sign in already, with their password. */
export type LinkInfo = Pick<LinkRow, 'purpose' | 'email' | 'name'> & { known: boolean };

/** Why a link could not be made or used. */
export class LinkError extends Error {
  readonly reason: 'gone' | 'email-taken' | 'other-email' | 'wrong-password';
  constructor(reason: LinkError['reason']) {
    super(`link: ${reason}`);
    this.name = 'LinkError';
    this.reason = reason;
  }
}

export type Invitation = {
  accountId: AccountId;
  name: string;
  email: string;
  role: Role;
  /** Which queues they serve; all when left out. */
  queues?: readonly QueueId[] | undefined;
};

export type Links = {
  /**
   * While the account has no admin: a fresh token for its first one; earlier ones stop working.
   * `null` once there is an admin.
   */
  ensureSetUp(accountId: AccountId): Promise<string | null>;
  /** A token that makes this person a member of the account; an earlier invitation of theirs stops working. `by` is noted. */
  invite(invitation: Invitation, by: RepId | null): Promise<string>;
  /** A token by which that person chooses a new password; an earlier one stops working. `by` is noted. */
  newPassword(accountId: AccountId, repId: RepId, by: RepId | null): Promise<string>;
  /** What the link is for, or `null` when it was used, has expired or never was. */
  look(token: string): Promise<LinkInfo | null>;
  /**
   * Do what the link is for. Of several at once exactly one succeeds. Throws `LinkError`; the link then still works,
   * unless it is gone. `email` in lower case. `names`: of the first site and its queue, in the words of the first admin.
   */
  use(
    token: string,
    person: { name: string; email: string; password: string; names?: FirstNames | undefined },
  ): Promise<User>;
};

/** What a person opens to use the token. It stands behind `#`, so that it reaches no server's log. */
export const linkUrl = (origin: string, token: string): string => `${origin}/rep#link=${token}`;

const hashOf = (token: string) => createHash('sha256').update(token).digest('base64url');

export function createLinks(options: { db: Kysely<Database>; now: Clock; random?: Random }): Links {
  const { db, now, random = secureRandom } = options;

  async function add(
    trx: Kysely<Database>,
    link: Pick<LinkRow, 'account_id' | 'purpose' | 'email' | 'name' | 'role' | 'queues' | 'rep_id'>,
  ): Promise<string> {
    const token = random(32).toString('base64url');
    await addLink(trx, {
      ...link,
      ...{ token_hash: hashOf(token), created_at: now(), expires_at: now() + limits.setupLinkMs },
    });
    return token;
  }

  /**
   * Whoever belongs to no account chooses name and password anew; of anybody else it takes the password they have, also of
   * who is disabled elsewhere: the one who invites them holds the link. False for the former.
   */
  async function joinsAsTheyAre(known: User, password: string): Promise<boolean> {
    if (!(await belongsSomewhere(db, known.id))) return false;
    if (!(await passwordFits(known.password_hash, password))) throw new LinkError('wrong-password');
    return true;
  }

  const noteJoining = (trx: Kysely<Database>, accountId: AccountId, { id, name }: User) =>
    recordAudit(trx, { accountId, by: id, action: 'member.joined', target: name }, now());

  return {
    ensureSetUp: accountId =>
      inTransaction(db, async trx => {
        await holdAccount(trx, accountId);
        await revokeLinks(trx, { purpose: 'set-up', accountId });
        if (await adminExists(trx, accountId)) return null;
        const link = { account_id: accountId, email: null, name: null, queues: null, rep_id: null };
        return add(trx, { ...link, purpose: 'set-up', role: 'admin' });
      }),

    invite: ({ accountId, name, email, role, queues }, by) =>
      inTransaction(db, async trx => {
        await holdAccount(trx, accountId);
        const known = await findUserByEmail(trx, email);
        if (known && (await findMember(trx, accountId, known.id))) throw new LinkError('email-taken');
        await revokeLinks(trx, { purpose: 'invitation', accountId, email });
        const wanted = queues === undefined ? null : JSON.stringify(queues);
        const link = { account_id: accountId, email, name, role, queues: wanted, rep_id: null };
        const after = { email, role };
        await recordAudit(trx, { accountId, by, action: 'member.invited', target: name, after }, now());
        return add(trx, { ...link, purpose: 'invitation' });
      }),

    newPassword: (accountId, repId, by) =>
      inTransaction(db, async trx => {
        await holdPerson(trx, repId);
        const user = await findUser(trx, repId);
        if (!user) throw new LinkError('gone');
        await revokeLinks(trx, { purpose: 'password', repId });
        const { email, name } = user;
        const link = { account_id: accountId, email, name, role: 'rep' as const, queues: null };
        await recordAudit(trx, { accountId, by, action: 'member.password-link', target: name }, now());
        return add(trx, { ...link, purpose: 'password', rep_id: repId });
      }),

    async look(token) {
      const link = await findLiveLink(db, hashOf(token), now());
      if (!link) return null;
      const { purpose, email, name } = link;
      const user = purpose === 'invitation' && email !== null ? await findUserByEmail(db, email) : null;
      const known = user !== null && (await belongsSomewhere(db, user.id));
      return { purpose, email, name, known };
    },

    async use(token, person) {
      const tokenHash = hashOf(token);
      // Looked at before the slow hash and outside of the transaction: hashing must not hold up the database,
      // and strangers must not be able to make us hash. The claim below is what decides.
      const link = await findLiveLink(db, tokenHash, now());
      if (!link) throw new LinkError('gone');
      if (link.email !== null && link.email !== person.email) throw new LinkError('other-email');
      const known =
        link.rep_id !== null ? await findUser(db, link.rep_id) : await findUserByEmail(db, person.email);
      const joins = link.purpose === 'invitation' && known !== null;
      const joinsAsIs = joins && (await joinsAsTheyAre(known, person.password));
      const user: User = {
        id: known?.id ?? (newId(random) as RepId),
        email: person.email,
        // However the one who invited them wrote it.
        name: known && (joinsAsIs || link.purpose === 'password') ? known.name : person.name,
        password_hash: joinsAsIs ? known.password_hash : await hashPassword(person.password),
      };
      const queues = link.queues === null ? undefined : (JSON.parse(link.queues) as QueueId[]);
      const membership = { accountId: link.account_id, role: link.role, queues };
      const use = async (trx: Kysely<Database>) => {
        // Before the link, in the order in which whoever makes another one holds them.
        if (link.purpose !== 'password') await holdAccount(trx, link.account_id);
        if (known) await holdPerson(trx, known.id);
        if (!(await claimLink(trx, tokenHash, now()))) throw new LinkError('gone');
        if (!known) {
          if (await findUserByEmail(trx, user.email)) throw new LinkError('email-taken');
          await addUser(trx, user, membership, now());
          await noteJoining(trx, membership.accountId, user);
          if (link.purpose === 'set-up' && person.names) await nameFirst(trx, link.account_id, person.names);
          return;
        }
        if (link.purpose === 'set-up') throw new LinkError('email-taken');
        if (joins) {
          if (await findMember(trx, link.account_id, known.id)) throw new LinkError('email-taken');
          // Somebody else's link was quicker, or the password is another one by now.
          const current = await findUser(trx, known.id);
          if (
            joinsAsIs ? current?.password_hash !== known.password_hash : await belongsSomewhere(trx, known.id)
          )
            throw new LinkError('wrong-password');
          await addMembership(trx, { ...membership, repId: known.id }, now());
          await noteJoining(trx, membership.accountId, user);
          if (joinsAsIs) return;
        }
        const { name, password_hash } = user;
        const anew = joins ? { name, password_hash } : { password_hash };
        await trx.updateTable('reps').set(anew).where('id', '=', known.id).execute();
        // Whoever had the old password is out.
        if (link.purpose === 'password') {
          await endRepSessions(trx, known.id);
          // It is the password for all of their accounts.
          for (const { accountId } of await membershipsOf(trx, known.id))
            await recordAudit(
              trx,
              { accountId, by: known.id, action: 'member.password-link-used', target: name },
              now(),
            );
        }
      };
      await inTransaction(db, use)
        // Two links may make the person in the same moment; the index is what decides.
        .catch(async error => {
          if (known || error instanceof LinkError || !(await findUserByEmail(db, user.email))) throw error;
          throw new LinkError('email-taken');
        });
      return user;
    },
  };
}
