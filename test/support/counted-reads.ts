/** What a database hands out: statements, and bytes of binary columns. */
import type { Kysely, KyselyPlugin } from 'kysely';
import type { Database } from '../../server/store/schema.ts';

export type Reads = { statements: number; bytes: number };

/** The same database, and a count that goes on as it is used. */
export function countedReads(db: Kysely<Database>): { db: Kysely<Database>; reads: Reads } {
  const reads: Reads = { statements: 0, bytes: 0 };
  const plugin: KyselyPlugin = {
    transformQuery: ({ node }) => node,
    async transformResult({ result }) {
      reads.statements++;
      for (const row of result.rows)
        for (const value of Object.values(row)) if (value instanceof Uint8Array) reads.bytes += value.length;
      return result;
    },
  };
  return { db: db.withPlugin(plugin), reads };
}
