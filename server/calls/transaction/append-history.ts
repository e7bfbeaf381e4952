/** The history of calls, of which each account has one sequence. */
import { randomUUID } from 'node:crypto';
import type { Transaction } from 'kysely';
import type { HistoryEvent } from '../../../shared/events.ts';
import type { AccountId, CallId, SiteId } from '../../../shared/ids.ts';
import type { Database } from '../../store/schema.ts';
import { writeFigures } from '../figures/write.ts';

/** What happened to a call in a change. */
export type Recorded = { call: { id: CallId; siteId: SiteId }; event: HistoryEvent };
/** What was appended to the history of a call. */
export type HistoryEntry = Recorded & { account: AccountId };

/**
 * The last that a change does before its commit: from here on others of the same account wait for the commit to get their
 * numbers, so that numbers follow the order of the commits.
 */
export async function appendHistory(
  tx: Transaction<Database>,
  history: readonly Recorded[],
  now: number,
): Promise<HistoryEntry[]> {
  const bySite = Map.groupBy(history, ({ call }) => call.siteId);
  const appended: HistoryEntry[] = [];
  for (const siteId of await inOrder(tx, [...bySite.keys()])) {
    const entries = bySite.get(siteId) ?? [];
    const { account_id, last_seq } = await countUp(tx, siteId, entries.length);
    const rows = entries.map(({ call, event }, index) => ({
      ...{ id: randomUUID(), account_id, site_id: siteId, call_id: call.id, at: now, type: event.type },
      ...{ seq: last_seq - entries.length + index + 1, rep_id: event.rep, data: JSON.stringify(event.data) },
    }));
    await tx.insertInto('call_events').values(rows).execute();
    appended.push(...entries.map(entry => ({ account: account_id, ...entry })));
  }
  await figure(tx, history);
  return appended;
}

/** Reports count calls that are over; their figures are of the same commit as what they are made of. */
async function figure(tx: Transaction<Database>, history: readonly Recorded[]): Promise<void> {
  const calls = (type: HistoryEvent['type']) => [
    ...new Set(history.filter(({ event }) => event.type === type).map(({ call }) => call.id)),
  ];
  const ended = calls('ended');
  if (ended.length > 0) await writeFigures(tx, ended, false);
  const written = calls('wrapped-up').filter(id => !ended.includes(id));
  if (written.length > 0) await writeFigures(tx, written, true);
}

/** Two changes that concern the same accounts come to them in the same order, or each would wait for the other. */
async function inOrder(tx: Transaction<Database>, siteIds: readonly SiteId[]): Promise<readonly SiteId[]> {
  if (siteIds.length < 2) return siteIds;
  const sites = await tx
    .selectFrom('sites')
    .select('id')
    .where('id', 'in', siteIds)
    .orderBy('account_id')
    .orderBy('id')
    .execute();
  return sites.map(({ id }) => id);
}

/** In one statement, since it is on the way of each call. */
const countUp = (tx: Transaction<Database>, siteId: SiteId, by: number) =>
  tx
    .insertInto('history_sequences')
    .columns(['account_id', 'last_seq'])
    .expression(eb =>
      eb
        .selectFrom('sites')
        .select(['account_id', eb.cast<number>(eb.val(by), 'integer').as('last_seq')])
        .where('id', '=', siteId),
    )
    .onConflict(conflict =>
      conflict.column('account_id').doUpdateSet(({ eb, ref }) => ({
        last_seq: eb('history_sequences.last_seq', '+', ref('excluded.last_seq')),
      })),
    )
    .returning(['account_id', 'last_seq'])
    .executeTakeFirstOrThrow();
