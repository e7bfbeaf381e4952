/** What becomes of open consoles when the session that they belong to ends. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { closeCodes, protocolVersion } from '../../shared/wire.ts';
import { RepAccount } from '../support/rep-account.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { SignalingClient } from '../support/signaling-client.ts';

let server: TestServer;
beforeEach(async () => {
  server = await startTestServer({ workers: 1 });
});
afterEach(() => server.close());

test('P96 the sockets of a session that ends are closed, those of others go on, and its tickets let nobody in', async () => {
  const here = await server.addRep('Ana');
  const { origin } = server;
  const elsewhere = await RepAccount.signIn(origin, here.person);
  const own = await SignalingClient.rep(origin, here);
  const other = await SignalingClient.rep(origin, elsewhere);
  const closed = other.client.closed();
  const ticket = await elsewhere.ticket(origin);

  const { current, password } = { current: here.person.password, password: 'a password of today' };
  expect((await here.ask(origin, 'PUT', '/api/rep/password', { current, password })).status).toBe(200);
  expect(await closed).toBe(closeCodes.signedOut);
  // What a page makes of it that does not know the code: it comes back, and needs a ticket first.
  expect((await elsewhere.ask(origin, 'POST', '/api/rep/ticket', {})).status).toBe(401);
  const late = await SignalingClient.open(origin);
  const hello = late.request('hello', { protocolVersion, role: 'rep', ticket, keepsLeg: false });
  await expect(hello).rejects.toMatchObject({ code: 'sign-in-needed' });

  const again = await RepAccount.signIn(origin, { ...here.person, password });
  const third = await SignalingClient.rep(origin, again);
  const thirdClosed = third.client.closed();
  type Sessions = { sessions: { id: string; here: boolean }[] };
  const { sessions } = await here.read<Sessions>(origin, '/api/rep/sessions');
  const id = sessions.find(session => !session.here)?.id;
  expect((await here.ask(origin, 'DELETE', `/api/rep/sessions/${id}`)).status).toBe(200);
  expect(await thirdClosed).toBe(closeCodes.signedOut);

  // Its own window was not disturbed by any of it.
  await own.client.request('beat', {});
  own.client.close();
});
