/** A page that was loaded before the server got a newer version. */
import type { WebSocketRoute } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Push } from '../../shared/protocol.ts';
import { openBrowser } from '../support/browser.ts';
import { openShopper } from '../support/pages.ts';
import { Rep } from '../support/people.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { until } from '../support/until.ts';

let server: TestServer;
let ana: Rep;

beforeAll(async () => {
  server = await startTestServer({ workers: 1 });
  ana = await Rep.signIn(server.origin, await server.addRep('Ana'));
  await ana.goAvailable(880);
});
afterAll(async () => {
  ana.close();
  await server.close();
});

test('D32 a push that the page does not know changes nothing, whatever it names', async () => {
  const person = await openBrowser(440);
  const asked: string[] = [];
  let legId: string | undefined;
  let socket: WebSocketRoute | undefined;
  await person.page.routeWebSocket(/\/signal$/, route => {
    socket = route;
    const real = route.connectToServer();
    route.onMessage(message => {
      asked.push((JSON.parse(String(message)) as { type: string }).type);
      real.send(message);
    });
    real.onMessage(message => {
      const push = JSON.parse(String(message)) as Partial<Push>;
      if (push.push === 'hearing') legId = push.legId;
      route.send(message);
    });
  });
  const sam = await openShopper(person, server.origin);
  await sam.call();
  await ana.answer();
  await sam.state('talking');
  await until(() => legId);
  const before = asked.length;
  for (const push of [{ push: 'captions', legId }, { push: 'captions' }, { push: 'leg-moved', legId, to: 1 }])
    socket?.send(JSON.stringify(push));
  // What the page does about those is asked for before this.
  await sam.press(/mute/i);
  await until(() => asked.includes('leg.mute'));
  expect(asked.slice(before)).not.toContain('leg.open');
  expect(await sam.page.locator('talk-to-us').getAttribute('data-state')).toBe('talking');
  // One that it knows does what it should.
  socket?.send(JSON.stringify({ push: 'leg-lost', legId }));
  await until(() => asked.includes('leg.open'));
  await sam.press(/hang up/i);
  await ana.untilWork('wrap-up');
  await person.close();
});
