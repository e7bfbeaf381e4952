/** One address tries every way to fill a shop's line; somebody from elsewhere gets in all the same. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Reachability } from '../../../shared/views.ts';
import { Rep } from '../../support/people.ts';
import { startTestServer, type TestServer } from '../../support/server.ts';
import { SignalingClient } from '../../support/signaling-client.ts';
import { until } from '../../support/until.ts';
import { chromeCapabilities } from '../../unit/shared/chrome.ts';

let server: TestServer;
let ana: Rep;
const clients: { close(): void }[] = [];
const elsewhere = '198.51.100.4';

beforeEach(async () => {
  server = await startTestServer({ workers: 1, environment: { TRUST_PROXY: 'on' } });
  const account = await server.addRep('Ana');
  const numbers = { countries: 'any' as const, premium: false, own: null };
  const callback = { page: true, phone: true, numbers, tries: 2, retryMs: 60_000, expireMs: 3_600_000 };
  await server.setQueue({ offerMs: 60_000, callback });
  ana = await Rep.signIn(server.origin, account);
  await ana.goAvailable(880);
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.close();
  ana.close();
  await server.close();
});

const visit = async (address: string) => {
  const { client } = await SignalingClient.shopper(server.origin, { address });
  clients.push(client);
  return client;
};
type Visitor = Awaited<ReturnType<typeof visit>>;
const click = (client: Visitor) => client.request('call.start', { rtpCapabilities: chromeCapabilities });
let left = 0;
const leaveNumber = (client: Visitor) =>
  client.request('callback.request', { kind: 'phone', phone: `+47 400 ${10_000 + left++}` });
const succeed = async (all: Promise<unknown>[]) =>
  (await Promise.allSettled(all)).filter(one => one.status === 'fulfilled').length;

/** Each with a token of its own, from every spelling of its address. */
async function attack(spelling: (n: number) => string): Promise<void> {
  const crowd = await Promise.all(Array.from({ length: 30 }, (_, n) => visit(spelling(n))));
  await succeed(crowd.map(click));
  const inLine = crowd.filter(client => client.view?.state === 'waiting');
  // Some stay, some wait for a callback to a page that they close, some are only cut off.
  await succeed(inLine.slice(0, 8).map(client => client.request('callback.request', { kind: 'page' })));
  for (const client of inLine.slice(0, 12)) client.cut();
  const second = await Promise.all(Array.from({ length: 30 }, (_, n) => visit(spelling(100 + n))));
  await succeed(second.map(click));
  await succeed(second.slice(0, 20).map(leaveNumber));
  const third = await Promise.all(Array.from({ length: 30 }, (_, n) => visit(spelling(200 + n))));
  await succeed(third.map(leaveNumber));
}

async function staysOpen(): Promise<void> {
  const answer = await fetch(`${server.origin}/api/sites/demo/availability`);
  const { availability, line } = (await answer.json()) as Reachability;
  expect(availability).toBe('busy');
  // Others see how many really wait, theirs included.
  expect(line?.waiting).toBeGreaterThanOrEqual(25);
  const guest = await visit(elsewhere);
  const { callId } = await click(guest);
  await until(() => guest.view?.state === 'waiting');
  await guest.request('call.hang-up', { callId });
  await guest.until(view => view.state === 'ended');
  await leaveNumber(await visit(elsewhere));
}

test('S62 one address fills no line by clicks, callbacks to pages that it closes, numbers, lost connections and many tokens; nor do the spellings of an IPv4 address', async () => {
  const spellings = ['203.0.113.9', '::ffff:203.0.113.9', '::ffff:cb00:7109', '[::ffff:203.0.113.9]:4711'];
  await attack(n => spellings[n % spellings.length]!);
  await staysOpen();
});

test('S63 nor do the addresses of one IPv6 /64', async () => {
  await attack(n => `2001:db8:7:9:${n.toString(16)}::${(n * 7).toString(16)}`);
  await staysOpen();
});
