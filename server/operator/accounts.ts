/**
 * `npm run account`: accounts of further merchants on this server, for whoever runs it. It may run beside the server.
 *
 *   npm run account -- add "Name"    a new account, and the one-time link for its first admin
 *   npm run account -- list          which there are
 *   npm run account -- link <id>     another link, for an account without an admin
 *   npm run account -- two-factor-off <e-mail>   for an admin who lost both telephone and recovery codes
 */
import '../../tools/setup/check-node.mjs';
import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { AccountId } from '../../shared/ids.ts';
import { readConfig } from '../config.ts';
import { createLinks, linkUrl } from '../identity/links.ts';
import { explainFailure } from '../process-life.ts';
import { recordAudit } from '../store/audit.ts';
import { listAccounts, mainAccount, membershipsOf } from '../store/members.ts';
import { openBeside } from '../store/open.ts';
import type { Database } from '../store/schema.ts';
import { removeSecondFactor } from '../store/second-factors.ts';
import { StoreError } from '../store/store-error.ts';
import { inTransaction } from '../store/transaction.ts';
import { findUserByEmail } from '../store/users.ts';

const usage = 'Write: npm run account -- add "Name", or list, or link <id>, or two-factor-off <e-mail>';

/**
 * @param home where people reach the server
 * @returns what the operator reads. Throws `StoreError` with what to do.
 */
export async function runAccountCommand(
  db: Kysely<Database>,
  home: string,
  [command, argument = '']: readonly string[],
): Promise<string> {
  const links = createLinks({ db, now: Date.now });
  switch (command) {
    case 'add': {
      const name = argument.trim();
      if (name === '') throw new StoreError(`How is the account called? ${usage}`);
      const id = randomUUID() as string as AccountId;
      await db.insertInto('accounts').values({ id, name, settings: '{}', created_at: Date.now() }).execute();
      return `${told(name, await links.ensureSetUp(id), home)}`;
    }
    case 'list': {
      const accounts = await listAccounts(db);
      return accounts.map(({ id, name }) => `${id}  ${name || '(the first one)'}\n`).join('');
    }
    case 'link': {
      const account = (await listAccounts(db)).find(({ id }) => id === argument);
      if (!account) throw new StoreError(`There is no account ${argument}. See: npm run account -- list`);
      const token = await links.ensureSetUp(account.id);
      if (token === null)
        throw new StoreError(
          'This account has an admin already, who invites people and makes links for new passwords.',
        );
      return told(account.name || mainAccount, token, home);
    }
    case 'two-factor-off': {
      const user = await findUserByEmail(db, argument.trim().toLowerCase());
      if (!user) throw new StoreError(`Nobody signs in as ${argument}.`);
      const removed = await inTransaction(db, async trx => {
        if (!(await removeSecondFactor(trx, user.id))) return false;
        for (const { accountId } of await membershipsOf(trx, user.id))
          await recordAudit(
            trx,
            { accountId, by: null, action: 'member.two-factor-removed', target: user.name },
            Date.now(),
          );
        return true;
      });
      return removed
        ? `${user.email} signs in with the password alone now.\n`
        : `${user.email} has no two-factor sign-in.\n`;
    }
    default:
      throw new StoreError(usage);
  }
}

const told = (name: string, token: string | null, home: string) =>
  `The first admin of ${name} makes their account with this link. It works once, for 24 hours:\n\n${linkUrl(home, token ?? '')}\n`;

if (import.meta.main) {
  try {
    const config = readConfig(process.env);
    const db = openBeside(config);
    try {
      const home = config.publicUrl ?? `http://localhost:${config.port}`;
      process.stdout.write(await runAccountCommand(db, home, process.argv.slice(2)));
    } finally {
      await db.destroy();
    }
  } catch (error) {
    process.stderr.write(explainFailure(error).replace('Talk to Us could not start.', 'That did not work.'));
    process.exit(1);
  }
}
