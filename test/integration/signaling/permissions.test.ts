/** Whoever asks may touch what is theirs, and nothing else. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { QueueId, RepId } from '../../../shared/ids.ts';
import { type Person, permissions, type Role, roles } from '../../../shared/permissions.ts';
import { type RequestInput, type RequestKind, type RequestType, requests } from '../../../shared/protocol.ts';
import type { RepView, ShopperView } from '../../../shared/views.ts';
import { protocolVersion } from '../../../shared/wire.ts';
import { figure } from '../../support/figures.ts';
import { Rep, Shopper } from '../../support/people.ts';
import type { RepAccount } from '../../support/rep-account.ts';
import { startTestServer, type TestServer } from '../../support/server.ts';
import { SignalingClient } from '../../support/signaling-client.ts';
import { chromeCapabilities, chromeDtls, chromeMicrophone } from '../../unit/shared/chrome.ts';
import { RawClient } from './raw-client.ts';

let server: TestServer;
let account: RepAccount;
const people: { close(): void }[] = [];
const here = <P extends { close(): void }>(person: P): P => {
  people.push(person);
  return person;
};
beforeAll(async () => {
  server = await startTestServer({ workers: 1 });
  account = await server.addRep('Ana');
});
afterEach(() => {
  for (const person of people.splice(0)) person.close();
});
afterAll(() => server.close());

/** One more rep, who is given that role. */
async function withRole(role: Role): Promise<RepAccount> {
  const made = await server.addRep(role);
  const { rep } = await made.read<{ rep: { id: string } }>(server.origin, '/api/rep/me');
  const changed = await account.ask(server.origin, 'PATCH', `/api/team/${rep.id}`, { role });
  expect(changed.status).toBe(200);
  return made;
}

/** Shaped as a browser's. */
const subscription = {
  endpoint: 'https://fcm.googleapis.com/fcm/send/x',
  keys: { p256dh: 'B'.repeat(87), auth: 'a'.repeat(22) },
};

/** Requests that name something that belongs to somebody. */
const withIds = Object.entries(requests)
  .filter(([, { data }]) =>
    /"(call|offer|transport)Id"/.test(JSON.stringify(z.toJSONSchema(data, { io: 'input' }))),
  )
  .map(([type]) => type);

const tried = new Set<string>();
const refused = <T extends RequestType>(
  client: SignalingClient<RepView> | SignalingClient<ShopperView>,
  type: T,
  data: RequestInput<T>,
  code: string,
) => {
  tried.add(type);
  return expect(client.request(type, data), type).rejects.toMatchObject({ code });
};

describe('permissions', () => {
  test("S27 another rep's offer, another's transport, another's call are as if they did not exist", async () => {
    const ana = here(await Rep.signIn(server.origin, account));
    await ana.goAvailable(880);
    const { client: ben } = await SignalingClient.rep(server.origin, await server.addRep('Ben'));
    here(ben);
    await account.serveAlone(server.origin);
    const sam = (await SignalingClient.shopper(server.origin)).client;
    here(sam);
    const { callId, media } = await sam.request('call.start', { rtpCapabilities: chromeCapabilities });
    const kim = (await SignalingClient.shopper(server.origin)).client;
    here(kim);
    await kim.request('call.start', { rtpCapabilities: chromeCapabilities });
    const { offerId } = await ana.untilWork('ringing');

    await refused(ben, 'offer.accept', { offerId }, 'offer-gone');
    await refused(ben, 'offer.decline', { offerId }, 'offer-gone');
    for (const thief of [ben, kim]) await refused(thief, 'call.hang-up', { callId }, 'not-found');
    await refused(ben, 'call.transfer', { callId, queueId: 'x' as QueueId }, 'not-found');
    await refused(ben, 'call.hold', { callId, hold: true }, 'not-found');
    await refused(ben, 'call.transfer-to-rep', { callId, repId: 'x' as RepId }, 'not-found');
    await refused(ben, 'call.take-back', { callId }, 'not-found');
    await refused(ben, 'call.colleagues', { callId }, 'not-found');
    await refused(ben, 'callback.outcome', { callId, outcome: 'reached' }, 'not-found');
    await refused(ben, 'queue.pick-up', { callId }, 'not-found');
    await refused(ben, 'queue.remove', { callId }, 'not-found');
    await refused(ben, 'caller.block', { callId, by: ['shopper'], forMs: 60_000 }, 'not-found');
    await refused(kim, 'callback.push', { callId, subscription }, 'not-found');
    await refused(kim, 'callback.answer', { callId, rtpCapabilities: chromeCapabilities }, 'not-found');
    await refused(kim, 'callback.put-off', { callId }, 'offer-gone');
    for (const { id: transportId } of [media.send, media.receive]) {
      await refused(kim, 'leg.connect', { transportId, dtlsParameters: chromeDtls }, 'not-found');
      await refused(kim, 'leg.restart-ice', { transportId }, 'not-found');
      await refused(ben, 'leg.connect', { transportId, dtlsParameters: chromeDtls }, 'not-found');
    }
    expect([...tried].sort()).toEqual(withIds.sort());
    // Nothing came of it.
    expect(ana.signaling.view?.work).toMatchObject({ state: 'ringing', offerId });
    expect(sam.view).toMatchObject({ state: 'waiting', callId, ringing: true });
    for (const shopper of [sam, kim])
      if (shopper.view?.state === 'waiting')
        await shopper.request('call.hang-up', { callId: shopper.view.callId });
    figure('17-ids', `each of ${withIds.length} requests`);
  });

  test.each<Person>(['shopper', ...roles])(
    'S28 a person who is %s may ask for what the table of permissions says, and for nothing else',
    async person => {
      const client =
        person === 'shopper'
          ? (await SignalingClient.shopper(server.origin)).client
          : (await SignalingClient.rep(server.origin, await withRole(person))).client;
      here(client);
      let allowed = 0;
      // Every request that there is; who may goes before what it says.
      for (const [type, { may }] of Object.entries<RequestKind>(requests)) {
        if (may === null) continue;
        const code = await client.request(type as RequestType, {} as never).then(
          () => 'done',
          (error: { code: string }) => error.code,
        );
        const has = (permissions[may] as readonly Person[]).includes(person);
        expect([type, code === 'not-allowed']).toEqual([type, !has]);
        if (has) allowed++;
      }
      expect(allowed).toBeGreaterThan(10);
      expect(allowed).toBeLessThan(Object.keys(requests).length - 1);
    },
  );

  test('S29 a shopper without a call has no leg to open, feed, mute or measure', async () => {
    const { client: sam } = await SignalingClient.shopper(server.origin);
    here(sam);
    await refused(sam, 'leg.open', { rtpCapabilities: chromeCapabilities }, 'not-in-call');
    await refused(sam, 'leg.connect', { transportId: 'x', dtlsParameters: chromeDtls }, 'not-in-call');
    await refused(sam, 'leg.produce', { rtpParameters: chromeMicrophone }, 'not-in-call');
    await refused(sam, 'leg.restart-ice', { transportId: 'x' }, 'not-in-call');
    await refused(sam, 'leg.mute', { muted: true }, 'not-in-call');
    await refused(sam, 'leg.microphone', { state: 'silent' }, 'not-in-call');
    await refused(sam, 'leg.quality', { rttMs: 1, jitterMs: 1, lossPercent: 0 }, 'not-in-call');
    await refused(sam, 'call.context', { context: {} }, 'not-in-call');
  });

  test('S30 a ticket lets one socket in and no second, and no other token passes for one', async () => {
    const ticket = await account.ticket(server.origin);
    const hello = (value: string) => ({
      id: 1,
      type: 'hello',
      data: { protocolVersion, role: 'rep', ticket: value },
    });
    const first = here(await RawClient.open(server.origin));
    expect(await first.say(hello(ticket))).toMatchObject({ ok: true });
    const second = here(await RawClient.open(server.origin));
    expect(await second.say(hello(ticket))).toMatchObject({ ok: false, error: { code: 'sign-in-needed' } });
    expect(first.closed).toBeUndefined();
    const { hello: shopper } = await SignalingClient.shopper(server.origin);
    const third = here(await RawClient.open(server.origin));
    expect(await third.say(hello(shopper.token!))).toMatchObject({
      ok: false,
      error: { code: 'sign-in-needed' },
    });
  });

  test("S31 a token that is not a shopper's is nobody's: a new shopper, who sees no call of others", async () => {
    const ana = here(await Rep.signIn(server.origin, account));
    await ana.goAvailable(880);
    const sam = here(await Shopper.arrive(server.origin));
    const callId = await sam.call(440);
    const [head, body, signature] = sam.token.split('.') as [string, string, string];
    const none = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url');
    const forged = [
      `${head}.${body}.${signature.slice(0, -4)}AAAA`,
      `${none}.${body}.`,
      `${none}.${body}.${signature}`,
      await account.ticket(server.origin),
      'x',
      '',
    ];
    for (const token of forged) {
      const { client } = await SignalingClient.shopper(server.origin, { token });
      here(client);
      expect(client.view, token).toMatchObject({ state: 'idle' });
    }
    expect(sam.signaling.view).toMatchObject({ state: 'waiting', callId });
    await sam.signaling.request('call.hang-up', { callId });
  });
});
