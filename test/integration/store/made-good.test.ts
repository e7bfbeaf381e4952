/** What could not be written while the store was away is made good when it is back. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { engines } from '../../support/engines.ts';
import { Rep, Shopper } from '../../support/people.ts';
import { startTestServer, type TestServer } from '../../support/server.ts';
import { SignalingClient } from '../../support/signaling-client.ts';
import { until } from '../../support/until.ts';
import { type BreakableStore, breakableStore } from './breakable-store.ts';

describe.each(engines)('a store of %s that was away', engine => {
  let store: BreakableStore;
  let server: TestServer;
  const opened: { close(): Promise<void> | void }[] = [];

  beforeEach(async () => {
    store = await breakableStore(engine);
    server = await startTestServer({
      workers: 1,
      environment: {
        LOG_LEVEL: 'fatal',
        ...(store.databaseUrl ? { DATABASE_URL: store.databaseUrl } : {}),
      },
    });
  });
  afterEach(async () => {
    for (const one of opened.splice(0).reverse()) await one.close();
    await server.close();
    await store.remove();
  });
  const keep = <T extends { close(): Promise<void> | void }>(one: T): T => {
    opened.push(one);
    return one;
  };
  const ready = async () => (await fetch(`${server.origin}/readyz`)).status === 200;
  const away = async () => {
    store.takeAway(server.dataDir);
    await until(async () => !(await ready()), { withinMs: 10_000 });
  };
  const back = async () => {
    store.giveBack();
    await until(ready, { withinMs: 30_000 });
  };

  test('C60 a shopper who left meanwhile is parked, and one who waits has kept the place', async () => {
    const rep = keep(await Rep.signIn(server.origin, await server.addRep('Ana')));
    await rep.goAvailable(440);
    const leaves = keep(await Shopper.arrive(server.origin));
    await leaves.call(660);
    await rep.answer();
    const stays = keep(await Shopper.arrive(server.origin));
    await stays.call(880);
    await stays.untilState('waiting');
    await away();
    leaves.signaling.cut();
    await back();
    await rep.signaling.until(({ work }) => work.state === 'talking' && work.shopperLost, 30_000);
    const { state } = await stays.untilState('waiting');
    expect(state).toBe('waiting');
  });

  test('C61 a rep who left meanwhile is gone, and one who signed out stays signed out', async () => {
    const admin = await server.addRep('Ana');
    const watcher = keep((await SignalingClient.rep(server.origin, admin)).client);
    const left = await server.addRep('Ben');
    const leaving = keep((await SignalingClient.rep(server.origin, left)).client);
    const out = await server.addRep('Cleo');
    const leavingForGood = keep((await SignalingClient.rep(server.origin, out)).client);
    for (const rep of [leaving, leavingForGood]) {
      await rep.request('rep.status', { status: 'available' });
      await rep.until(view => view.status === 'available');
    }
    await away();
    leaving.cut();
    const closed = leavingForGood.closed();
    // Answered well, and at once, though nothing can be written down.
    await out.signOut(server.origin);
    await closed;
    await expect(out.ticket(server.origin)).rejects.toThrow(/401/);
    await back();
    await expect(out.ticket(server.origin)).rejects.toThrow(/401/);
    await until(
      async () =>
        (
          await admin.read<{ reps: { name: string; status: string }[] }>(server.origin, '/api/team')
        ).reps.every(({ name, status }) => name === 'Ana' || status === 'offline'),
      { withinMs: 30_000, everyMs: 100 },
    );
    watcher.close();
  });

  test('C70 after-call work that ran out meanwhile is over at the cure, and who waits rings', async () => {
    const account = await server.addRep('Ana');
    const wrapUpMs = 1_000;
    await account.patchQueue(server.origin, { wrapUp: { kind: 'fixed', ms: wrapUpMs } });
    const rep = keep(await Rep.signIn(server.origin, account));
    await rep.goAvailable(440);
    const first = keep(await Shopper.arrive(server.origin));
    const callId = await first.call(660);
    await rep.answer();
    const second = keep(await Shopper.arrive(server.origin));
    await second.call(880);
    await second.untilState('waiting');
    await first.signaling.request('call.hang-up', { callId });
    store.takeAway(server.dataDir);
    await until(async () => !(await ready()), { withinMs: 10_000 });
    await back();
    await rep.untilWork('ringing', 30_000);
    expect(second.signaling.view?.state).not.toBe('ended');
  });
});
