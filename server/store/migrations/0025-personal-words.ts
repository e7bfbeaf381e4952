import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What holds words about a customer is found by the call that it came from: blocks, and the reasons that reps wrote. */
export const personalWords: Migration = {
  async up(db: Kysely<unknown>) {
    const { schema } = db;
    await schema.alterTable('blocks').addColumn('call_id', 'text').execute();
    // A block and its event are written in one moment by one rep.
    await sql`update blocks set call_id = (
      select min(call_events.call_id) from call_events
      where call_events.site_id = blocks.site_id and call_events.type = 'blocked'
        and call_events.at = blocks.created_at and call_events.rep_id = blocks.rep_id)`.execute(db);
    // Few events have one, and retention looks for them each hour.
    await sql`create index call_events_with_reason on call_events (site_id, at)
      where type in ('blocked', 'removed')`.execute(db);
    // Whoever deletes a party asks for its samples, which were all looked through.
    await schema.createIndex('call_samples_by_party').on('call_samples').columns(['party_id']).execute();
  },
};
