/** How much one network can take up, and that an office of fifty people behind one address fits into it. */
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { CallId } from '../../../shared/ids.ts';
import { caps } from '../../../shared/limits.ts';
import type { ShopperView } from '../../../shared/views.ts';
import { signalingPath } from '../../../shared/wire.ts';
import { figure } from '../../support/figures.ts';
import { Rep } from '../../support/people.ts';
import type { RepAccount } from '../../support/rep-account.ts';
import { startTestServer, type TestServer } from '../../support/server.ts';
import { SignalingClient } from '../../support/signaling-client.ts';
import { until } from '../../support/until.ts';
import { chromeCapabilities } from '../../unit/shared/chrome.ts';

type Visitor = SignalingClient<ShopperView>;

let server: TestServer;
let account: RepAccount;
let ana: Rep;
const visitors: Visitor[] = [];
const office = '203.0.113.9';
const elsewhere = '198.51.100.4';

const visit = async (address: string, token?: string) => {
  const { client, hello } = await SignalingClient.shopper(server.origin, {
    address,
    ...(token ? { token } : {}),
  });
  visitors.push(client);
  return { client, token: hello.token ?? '' };
};
const visitBy = (address: string, count: number) =>
  Promise.all(Array.from({ length: count }, async () => (await visit(address)).client));

const call = (client: Visitor) => client.request('call.start', { rtpCapabilities: chromeCapabilities });
/** The same number is not called twice. */
let left = 0;
const leaveNumber = (client: Visitor) =>
  client.request('callback.request', { kind: 'phone', phone: `+47 400 ${10_000 + left++}` });
const hangUp = (client: Visitor, callId: CallId) => client.request('call.hang-up', { callId });

/** How each came out: `ok`, or the code of the refusal, counted. */
async function outcomes(all: Promise<unknown>[]): Promise<Record<string, number>> {
  const counted: Record<string, number> = {};
  for (const one of await Promise.allSettled(all)) {
    const outcome = one.status === 'fulfilled' ? 'ok' : (one.reason as { code: string }).code;
    counted[outcome] = (counted[outcome] ?? 0) + 1;
  }
  return counted;
}

beforeEach(async () => {
  server = await startTestServer({ workers: 1, environment: { TRUST_PROXY: 'on' } });
  account = await server.addRep('Ana');
  const numbers = { countries: 'any' as const, premium: false, own: null };
  const callback = { page: true, phone: true, numbers, tries: 2, retryMs: 60_000, expireMs: 3_600_000 };
  await server.setQueue({ maxLength: 1_000, offerMs: 60_000, callback });
});
afterEach(async () => {
  for (const client of visitors.splice(0)) client.close();
  ana?.close();
  await server.close();
});

/** On duty, so that the line takes calls. Lets everything ring. */
const onDuty = async () => {
  ana = await Rep.signIn(server.origin, account);
  await ana.goAvailable(880);
};

describe('one network', { timeout: 120_000 }, () => {
  test('S32 gets exactly as many calls at once as its cap, however many it asks for in one moment', async () => {
    await onDuty();
    const { perNetwork } = caps.calls;
    const many = await visitBy(office, perNetwork + 40);
    expect(await outcomes(many.map(call))).toEqual({ ok: perNetwork, 'too-many': 40 });
    // Nobody else is concerned.
    const other = (await visit(elsewhere)).client;
    const { callId } = await call(other);
    await hangUp(other, callId);

    // A place that is given back is there for one, and for one only.
    const inLine = () => many.filter(client => client.view?.state === 'waiting');
    await until(() => inLine().length === perNetwork);
    const first = inLine()[0] as Visitor;
    const idle = many.filter(client => client.view?.state === 'idle');
    await hangUp(first, (first.view as { callId: CallId }).callId);
    await first.until(view => view.state === 'ended');
    expect(await outcomes(idle.slice(0, 10).map(call))).toEqual({ ok: 1, 'too-many': 9 });
    figure('19-calls', `${perNetwork} of ${perNetwork + 40} at once`);
  });

  test('S65 one session has the transports of one leg, two of them, however often it asks for others', async () => {
    await onDuty();
    const { client } = await visit(office);
    await call(client);
    const asked = await Promise.allSettled(
      Array.from({ length: 9 }, () => client.request('leg.open', { rtpCapabilities: chromeCapabilities })),
    );
    const made = asked.flatMap(one => (one.status === 'fulfilled' ? [one.value.media] : []));
    const ids = made.flatMap(({ send, receive }) => [send.id, receive.id]);
    const { client: again } = await visit(office);
    await call(again);
    // What is left of them takes new credentials; all others are as if they had never been.
    let left = 0;
    for (const transportId of ids) {
      const answer = client.request('leg.restart-ice', { transportId });
      await answer.then(
        () => left++,
        (error: { code: string }) => expect(error.code).toBe('not-found'),
      );
    }
    expect(left).toBe(2);
    const metrics = await (await fetch(`${server.origin}/metrics`)).text();
    // The rep's leg, and one for each of the two calls.
    expect(/media_legs (\d+)$/m.exec(metrics)?.[1]).toBe('3');
    figure('19-transports', `2 of ${2 * asked.length} that were asked for`);
  });

  test('S54 keeps its calls counted when their sockets go, when they come back from elsewhere, and over a restart', async () => {
    await onDuty();
    const { perNetwork } = caps.calls;
    const callers = await Promise.all(Array.from({ length: perNetwork }, () => visit(office)));
    expect(await outcomes(callers.map(({ client }) => call(client)))).toEqual({ ok: perNetwork });
    // The shoppers' pages close; the calls wait for them.
    for (const { client } of callers) client.cut();
    const late = (await visit(office)).client;
    expect(await outcomes([call(late)])).toEqual({ 'too-many': 1 });
    const moved = await visit(elsewhere, callers[0]!.token);
    await moved.client.until(view => view.state === 'waiting' || view.state === 'idle');
    expect(moved.client.view?.state).toBe('waiting');
    expect(await outcomes([call(late)])).toEqual({ 'too-many': 1 });

    ana.close();
    late.cut();
    await server.restart();
    await onDuty();
    const back = await visit(office);
    expect(await outcomes([call(back.client)])).toEqual({ 'too-many': 1 });
    const own = await visit(elsewhere, callers[0]!.token);
    await own.client.until(view => view.state === 'waiting');
    await hangUp(own.client, (own.client.view as { callId: CallId }).callId);
    await own.client.until(view => view.state === 'ended');
    expect(await outcomes([call(back.client)])).toEqual({ ok: 1 });
  });

  test('S55 leaves exactly as many numbers as its cap, and asks for as many callbacks to pages', async () => {
    await onDuty();
    const { perNetwork } = caps.phoneCallbacks;
    const many = await visitBy(office, perNetwork + 20);
    expect(await outcomes(many.map(leaveNumber))).toEqual({ ok: perNetwork, 'too-many': 20 });
    // Calls have a cap of their own, and other networks theirs.
    await until(() => many.filter(client => client.view?.state === 'idle').length === 20);
    const caller = many.find(client => client.view?.state === 'idle') as Visitor;
    await call(caller);
    await caller.request('callback.request', { kind: 'page' });
    const other = (await visit(elsewhere)).client;
    expect(await outcomes([leaveNumber(other)])).toEqual({ ok: 1 });
  });

  test('S56 an office of fifty behind one address connects, calls, and waits to be called back, all at once', async () => {
    await onDuty();
    const people = await visitBy(office, 50);
    expect(await outcomes(people.map(call))).toEqual({ ok: 50 });
    await Promise.all(people.map(person => person.until(view => view.state === 'waiting')));
    expect(await outcomes(people.map(one => one.request('callback.request', { kind: 'page' })))).toEqual({
      ok: 50,
    });
    // They count as callbacks now, and no longer as calls.
    const again = await visitBy(office, 50);
    expect(await outcomes(again.map(call))).toEqual({ ok: 50 });
  });

  test('S57 has so many sockets and no more, with two tabs for each of fifty people among them', async () => {
    const { perNetwork } = caps.sockets;
    for (let open = 0; open < perNetwork; open += 50) await visitBy(office, 50);
    const knock = async (address: string) => {
      const socket = new WebSocket(server.origin.replace('http', 'ws') + signalingPath, {
        origin: server.origin,
        headers: { 'x-forwarded-for': address },
      });
      const status = await Promise.race([
        once(socket, 'open').then(() => 101),
        once(socket, 'unexpected-response').then(
          ([, answer]) => (answer as { statusCode: number }).statusCode,
        ),
      ]);
      socket.on('error', () => undefined).terminate();
      return status;
    };
    expect(perNetwork).toBeGreaterThanOrEqual(100);
    expect(await knock(office)).toBe(429);
    expect(await knock(elsewhere)).toBe(101);
    visitors[0]!.close();
    await until(async () => (await knock(office)) === 101);
  });
});
