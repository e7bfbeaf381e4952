/** One-time links: how the first admin and invited reps make their accounts. Only a hash of each is kept. */
import { createHash } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { RepId } from '../../shared/ids.ts';
import { limits } from '../../shared/limits.ts';
import {
  type Account,
  addAccount,
  addLink,
  adminExists,
  claimLink,
  findAccountByEmail,
  findLiveLink,
  revokeLinks,
} from '../store/accounts.ts';
import type { Database, LinkRow } from '../store/schema.ts';
import { type Clock, newId, type Random, secureRandom } from './clock-and-random.ts';
import { hashPassword } from './passwords.ts';

/** What the person who opens a link may know about it. */
export type LinkInfo = Pick<LinkRow, 'purpose' | 'email' | 'name'>;

/** Why a link could not be made or used. */
export class LinkError extends Error {
  readonly reason: 'gone' | 'email-taken' | 'other-email';
  constructor(reason: LinkError['reason']) {
    super(`link: ${reason}`);
    this.name = 'LinkError';
    this.reason = reason;
  }
}

export type Links = {
  /**
   * While no admin exists: a fresh token for the first admin's set-up; earlier ones stop working.
   * `null` once there is an admin.
   */
  ensureSetUp(): Promise<string | null>;
  /** A token that lets this person make an account as a rep; an earlier invitation of theirs stops working. */
  invite(person: { name: string; email: string }): Promise<string>;
  /** What the link is for, or `null` when it was used, has expired or never was. */
  look(token: string): Promise<LinkInfo | null>;
  /**
   * Make the account. Of several at once exactly one succeeds. Throws `LinkError`; the link then still works,
   * unless it is gone. `email` in lower case.
   */
  use(token: string, person: { name: string; email: string; password: string }): Promise<Account>;
};

/** What a person opens to use the token. It stands behind `#`, so that it reaches no server's log. */
export const linkUrl = (origin: string, token: string): string => `${origin}/rep#link=${token}`;

const hashOf = (token: string) => createHash('sha256').update(token).digest('base64url');

export function createLinks(options: { db: Kysely<Database>; now: Clock; random?: Random }): Links {
  const { db, now, random = secureRandom } = options;

  async function add(trx: Kysely<Database>, info: LinkInfo, role: LinkRow['role']): Promise<string> {
    const token = random(32).toString('base64url');
    await addLink(trx, { ...info, token_hash: hashOf(token), role, expires_at: now() + limits.setupLinkMs });
    return token;
  }

  return {
    ensureSetUp: () =>
      db.transaction().execute(async trx => {
        await revokeLinks(trx, { purpose: 'set-up' });
        if (await adminExists(trx)) return null;
        return add(trx, { purpose: 'set-up', email: null, name: null }, 'admin');
      }),

    invite: ({ name, email }) =>
      db.transaction().execute(async trx => {
        if (await findAccountByEmail(trx, email)) throw new LinkError('email-taken');
        await revokeLinks(trx, { purpose: 'invitation', email });
        return add(trx, { purpose: 'invitation', email, name }, 'rep');
      }),

    async look(token) {
      const link = await findLiveLink(db, hashOf(token), now());
      return link && { purpose: link.purpose, email: link.email, name: link.name };
    },

    async use(token, person) {
      const tokenHash = hashOf(token);
      // Looked at before the slow hash and outside of the transaction: hashing must not hold up the database,
      // and strangers must not be able to make us hash. The claim below is what decides.
      const link = await findLiveLink(db, tokenHash, now());
      if (!link) throw new LinkError('gone');
      if (link.email !== null && link.email !== person.email) throw new LinkError('other-email');
      const account: Account = {
        id: newId(random) as RepId,
        email: person.email,
        name: person.name,
        role: link.role,
        password_hash: await hashPassword(person.password),
      };
      await db.transaction().execute(async trx => {
        if (!(await claimLink(trx, tokenHash, now()))) throw new LinkError('gone');
        if (await findAccountByEmail(trx, account.email)) throw new LinkError('email-taken');
        await addAccount(trx, account, now());
      });
      return account;
    },
  };
}
