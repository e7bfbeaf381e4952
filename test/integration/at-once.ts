/** Many requests at once, and what is to be left of them: each told the truth, and the audit says what is stored. */
import { expect } from 'vitest';
import type { AuditEntry } from '../../shared/api/people.ts';
import type { RepId } from '../../shared/ids.ts';
import type { RepAccount } from '../support/rep-account.ts';

type Told = { status: number; body: unknown };

/** Status and body of each, in the order in which they were asked. */
export const answersOf = (asked: readonly Promise<Response>[]): Promise<Told[]> =>
  Promise.all(
    asked.map(async one => {
      const answer = await one;
      return { status: answer.status, body: await answer.json() };
    }),
  );

/** The same, statuses only, the lowest first. */
export const statusesOf = async (asked: readonly Promise<Response>[]): Promise<number[]> =>
  (await answersOf(asked)).map(({ status }) => status).sort();

export const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

/** One who was first, and the others, who were told so. */
export const oneOf = (count: number, others: number) =>
  [200, ...Array<number>(count - 1).fill(others)].sort();

/** What the audit says of that deed, the oldest first. */
export async function deeds(
  of: RepAccount,
  origin: string,
  action: AuditEntry['action'],
  target?: string,
): Promise<AuditEntry[]> {
  const { entries } = await of.read<{ entries: AuditEntry[] }>(origin, '/api/audit?limit=200');
  return entries
    .filter(entry => entry.action === action && (target === undefined || entry.target === target))
    .reverse();
}

/** Each began where the one before ended, and the last one ended with what is stored. */
export function mustFollow(entries: readonly AuditEntry[], stored: unknown): void {
  for (const [index, entry] of entries.entries())
    if (index > 0) expect(entry.before).toEqual(entries[index - 1]?.after);
  expect(entries.at(-1)?.after).toEqual(stored);
}

/** Somebody who is signed in, with their id. */
export type Somebody = { id: RepId; account: RepAccount };
export async function known(origin: string, account: RepAccount): Promise<Somebody> {
  const { rep } = await account.read<{ rep: { id: RepId } }>(origin, '/api/rep/me');
  return { id: rep.id, account };
}
