/** Whatever is deleted, the database looks for rows that refer to it. */

import path from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { sqliteFileName } from '../../../server/store/sqlite.ts';
import { freshPlace } from '../../support/engines.ts';

/** Tables that rows are deleted from while a server runs. */
const deletable = ['calls', 'call_parties', 'blocks', 'sounds'];

test('T143 wherever rows are deleted that others refer to, an index finds those', async () => {
  const place = await freshPlace('SQLite');
  const file = new Sqlite(path.join(place.dataDir, sqliteFileName), { readonly: true });
  const rows = <T>(query: string, ...values: string[]) => file.prepare(query).all(...values) as T[];
  const tables = rows<{ name: string }>("select name from sqlite_master where type = 'table'");
  let looked = 0;
  for (const { name } of tables) {
    // One with a condition does not have all rows.
    const first = rows<{ column: string }>(
      `select columns.name as column from pragma_index_list(?) as indexes, pragma_index_info(indexes.name) as columns
        where columns.seqno = 0 and indexes.partial = 0`,
      name,
    ).map(({ column }) => column);
    const references = rows<{ from: string; table: string }>(
      'select * from pragma_foreign_key_list(?)',
      name,
    );
    for (const reference of references.filter(({ table }) => deletable.includes(table))) {
      expect(first, `${name}.${reference.from} refers to ${reference.table}`).toContain(reference.from);
      looked++;
    }
  }
  expect(looked).toBeGreaterThan(5);
  file.close();
  await place.remove();
});
