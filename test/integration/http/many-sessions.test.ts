/** Somebody, or a script of theirs, who signs in again and again, on both engines. */
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { limits } from '../../../shared/limits.ts';
import { closeCodes } from '../../../shared/wire.ts';
import { engines } from '../../support/engines.ts';
import { RepAccount } from '../../support/rep-account.ts';
import { SignalingClient } from '../../support/signaling-client.ts';
import { accountServer, beside, server } from '../account-server.ts';
import { known, times } from '../at-once.ts';

describe.each(engines)('many sign-ins of one person on %s', engine => {
  accountServer(engine);

  test('H347 so many last, also of those that begin at once; the one used longest ago ends, with its window, and the others go on', async () => {
    const { origin } = server;
    const ana = await known(origin, await server.addRep('Ana'));
    const { person } = ana.account;
    const used = await RepAccount.signIn(origin, person);
    const ben = await known(origin, await server.addRep('Ben'));
    const windows = {
      old: await SignalingClient.rep(origin, ana.account),
      used: await SignalingClient.rep(origin, used),
    };
    const closed = windows.old.client.closed();
    const db = beside();
    try {
      const now = Date.now();
      const day = 86_400_000;
      const live = async () =>
        (await db.selectFrom('rep_sessions').select('id').where('rep_id', '=', ana.id).execute()).length;
      // Nobody has used them for a minute; the second one is used from now on.
      await db
        .updateTable('rep_sessions')
        .set({ seen_at: now - 100_000 })
        .execute();
      await used.read(origin, '/api/rep/me');
      await db
        .insertInto('rep_sessions')
        .values(
          times(limits.sessionsPerPerson - 3, () => ({
            ...{ id: randomUUID(), rep_id: ana.id, browser: 'a script', only_set_up: 0 as const },
            ...{ created_at: now, seen_at: now, expires_at: now + day },
          })),
        )
        .execute();
      await RepAccount.signIn(origin, person);
      expect(await live()).toBe(limits.sessionsPerPerson);
      await ana.account.read(origin, '/api/rep/me');
      await db
        .updateTable('rep_sessions')
        .set({ seen_at: now - 100_000 })
        .where('created_at', '<', now)
        .execute();
      await used.read(origin, '/api/rep/me');

      await RepAccount.signIn(origin, person);
      expect(await closed).toBe(closeCodes.signedOut);
      const refused = await ana.account.ask(origin, 'GET', '/api/rep/me');
      expect(await refused.json()).toMatchObject({ error: { code: 'sign-in-needed' } });
      await windows.used.client.request('beat', {});

      await Promise.all(times(8, () => RepAccount.signIn(origin, person)));
      expect(await live()).toBe(limits.sessionsPerPerson);
      // Nobody else's.
      await ben.account.read(origin, '/api/rep/me');
    } finally {
      windows.used.client.close();
      await db.destroy();
    }
  });
});
