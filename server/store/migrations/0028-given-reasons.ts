import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

type Tables = { accounts: { id: string; settings: string } };

/** The lists of reasons as every team had them in English. Saving anything of the team wrote them down unchanged. */
const given: Record<string, string> = {
  awayReasons: '["Break","Lunch","Meeting"]',
  declineReasons: '["Busy right now","Not my topic"]',
};

/** Lists that nobody has changed are not kept, so that each reader is shown them in their own language. */
export const givenReasons: Migration = {
  async up(db: Kysely<unknown>) {
    const tables = db as Kysely<Tables>;
    for (const { id, settings } of await tables.selectFrom('accounts').select(['id', 'settings']).execute()) {
      const all = Object.entries(JSON.parse(settings) as Record<string, unknown>);
      const kept = all.filter(([name, value]) => given[name] !== JSON.stringify(value));
      if (kept.length === all.length) continue;
      await tables
        .updateTable('accounts')
        .set({ settings: JSON.stringify(Object.fromEntries(kept)) })
        .where('id', '=', id)
        .execute();
    }
  },
};
