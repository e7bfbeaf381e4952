/** A further shop is there whole or not at all, on both engines. */
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import type { QueueSheet } from '../../../shared/api/queues.ts';
import type { SiteSheet } from '../../../shared/api/sites.ts';
import { engines } from '../../support/engines.ts';
import { accountServer, beside, server } from '../account-server.ts';
import { deeds } from '../at-once.ts';

describe.each(engines)('a further shop on %s', engine => {
  accountServer(engine);

  test('H346 of one that cannot be added whole nothing is there, and the next try adds it', async () => {
    const ana = await server.addRep('Ana');
    const db = beside();
    try {
      // Whoever becomes a member of a queue is what comes last.
      if (engine === 'SQLite')
        await sql`create trigger full before insert on queue_members begin select raise(abort, 'no room'); end`.execute(
          db,
        );
      else {
        await sql`create function full_() returns trigger language plpgsql as $$ begin raise 'no room'; end $$`.execute(
          db,
        );
        await sql`create trigger full_ before insert on queue_members for each row execute function full_()`.execute(
          db,
        );
      }
      const add = () => ana.ask(server.origin, 'POST', '/api/sites', { name: 'Second shop' });
      expect((await add()).status).toBe(500);
      const read = async () => ({
        ...(await ana.read<{ sites: SiteSheet[] }>(server.origin, '/api/sites')),
        ...(await ana.read<{ queues: QueueSheet[] }>(server.origin, '/api/queues')),
        added: await deeds(ana, server.origin, 'site.added'),
      });
      const before = await read();
      expect(before).toMatchObject({
        sites: [{ key: 'demo' }],
        queues: [{ siteName: 'Demo shop' }],
        added: [],
      });
      expect(before.sites).toHaveLength(1);

      if (engine === 'SQLite') await sql`drop trigger full`.execute(db);
      else await sql`drop trigger full_ on queue_members`.execute(db);
      expect((await add()).status).toBe(200);
      const { sites, queues, added } = await read();
      expect(sites.map(({ key }) => key)).toEqual(['demo', 'second-shop']);
      expect(queues.find(({ siteId }) => siteId === sites[1]?.id)?.members).toHaveLength(1);
      expect(added).toHaveLength(1);
    } finally {
      await db.destroy();
    }
  });
});
