/** How far each account is set up. */
import type { Kysely } from 'kysely';
import { type FirstRun, type FirstRunState, firstRunState } from '../../shared/api/first-run.ts';
import { callContext } from '../../shared/call-context.ts';
import { type FirstRunStep, firstRunSteps, testPagePath } from '../../shared/first-run.ts';
import type { AccountId } from '../../shared/ids.ts';
import { limits } from '../../shared/limits.ts';
import type { Database } from './schema.ts';
import { inTransaction } from './transaction.ts';

/** Of these accounts, the oldest first. */
export async function listFirstRuns(
  db: Kysely<Database>,
  accounts: readonly AccountId[],
): Promise<FirstRun[]> {
  if (accounts.length === 0) return [];
  const rows = await db
    .selectFrom('accounts')
    .select(['id', 'first_run'])
    .where('id', 'in', [...accounts])
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  return rows.map(row => ({ ...parse(row.first_run), accountId: row.id }));
}

/** What is left out stays as it is. `done` comes to the steps that are done already. */
export async function changeFirstRun(
  db: Kysely<Database>,
  accountId: AccountId,
  {
    done,
    ...change
  }: { [Key in 'step' | 'state']?: FirstRunState[Key] | undefined } & {
    done?: FirstRunStep | undefined;
  },
): Promise<FirstRun> {
  return inTransaction(db, async tx => {
    // Two devices may change it at once: the row is locked before it is read.
    const before = await tx
      .updateTable('accounts')
      .set(({ ref }) => ({ first_run: ref('first_run') }))
      .where('id', '=', accountId)
      .returning('first_run')
      .executeTakeFirstOrThrow();
    const was = parse(before.first_run);
    const now: FirstRunState = {
      step: change.step ?? was.step,
      state: change.state ?? was.state,
      done: firstRunSteps.filter(step => step === done || was.done.includes(step)),
    };
    await tx
      .updateTable('accounts')
      .set({ first_run: JSON.stringify(now) })
      .where('id', '=', accountId)
      .execute();
    return { ...now, accountId };
  });
}

const parse = (text: string): FirstRunState => firstRunState.parse(JSON.parse(text));

/** Whether somebody called from the test page, which only this server's own pages are, and was answered. */
export async function testCallAnswered(
  db: Kysely<Database>,
  accountId: AccountId,
  ownOrigins: ReadonlySet<string>,
): Promise<boolean> {
  const calls = await db
    .selectFrom('calls')
    .innerJoin('sites', 'sites.id', 'calls.site_id')
    .select('calls.context')
    .where('sites.account_id', '=', accountId)
    .where('calls.answered_at', 'is not', null)
    .orderBy('calls.started_at', 'desc')
    .limit(limits.testCallsLooked)
    .execute();
  return calls.some(({ context }) => {
    const { page } = callContext.parse(JSON.parse(context));
    const url = URL.parse(page?.url ?? '');
    return url !== null && ownOrigins.has(url.origin) && url.pathname === testPagePath;
  });
}
