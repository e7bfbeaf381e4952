/**
 * Thousands of mutated messages, as a stranger, a shopper and a rep. Each is answered, by a typed error where it is wrong,
 * or the socket is closed with a name. `FUZZ_SEED` and `FUZZ_RUNS` repeat or lengthen it.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LegMedia, RequestType } from '../../../shared/protocol.ts';
import type { RepView } from '../../../shared/views.ts';
import { closeCodes, errorCodes, protocolVersion } from '../../../shared/wire.ts';
import { figure } from '../../support/figures.ts';
import { mediaWorkers } from '../../support/media-workers.ts';
import { Rep, Shopper } from '../../support/people.ts';
import type { RepAccount } from '../../support/rep-account.ts';
import { startTestServer, type TestServer } from '../../support/server.ts';
import { SignalingClient } from '../../support/signaling-client.ts';
import { chromeCapabilities, chromeDtls, chromeMicrophone } from '../../unit/shared/chrome.ts';
import { RawClient, shopperHello } from './raw-client.ts';

const batches = Number(process.env.FUZZ_RUNS ?? 25);
const seed = process.env.FUZZ_SEED ? Number(process.env.FUZZ_SEED) : undefined;
/** Per socket: within the burst that the rate allows. */
const perSocket = 40;
/** Batches to one shop, whose line grows with them: callbacks wait for hours, and each view lists who waits. */
const perShop = 125;

/** What each layer says to a shopper's message, with a message that it says this to. */
const layers: Record<string, string> = {
  ok: JSON.stringify({ id: 1, type: 'beat', data: {} }),
  'bad-request': JSON.stringify({ id: 1, type: 'leg.mute', data: { muted: 'yes' } }),
  'not-allowed': JSON.stringify({ id: 1, type: 'rep.status', data: { status: 'available' } }),
  'media-refused': JSON.stringify({
    id: 1,
    type: 'leg.produce',
    data: {
      rtpParameters: {
        ...chromeMicrophone,
        codecs: chromeMicrophone.codecs.map(codec => ({ ...codec, mimeType: 'audio/nobody-knows' })),
      },
    },
  }),
  'not-found': JSON.stringify({ id: 1, type: 'call.hang-up', data: { callId: 'x' } }),
  [closeCodes.badMessage]: '{',
};

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type Role = 'stranger' | 'shopper' | 'rep';

const context = {
  page: { url: 'https://shop.example/mug', title: 'Mug' },
  cart: { items: [{ name: 'Mug', quantity: 2, price: '€ 12' }], total: '€ 24' },
  name: 'Sam',
  fields: [{ label: 'a', value: 'b' }],
};
const helloOfRep = { protocolVersion, role: 'rep', ticket: 'a.b.c', keepsLeg: true };
/** Every request that there is. */
const oneOfEach = {
  hello: shopperHello,
  'call.start': { context, rtpCapabilities: chromeCapabilities },
  'call.context': { context },
  'call.hang-up': { callId: 'x' },
  'leg.open': { rtpCapabilities: chromeCapabilities },
  'leg.connect': { transportId: 'x', dtlsParameters: chromeDtls },
  'leg.produce': { rtpParameters: chromeMicrophone },
  'leg.restart-ice': { transportId: 'x' },
  'leg.mute': { muted: true },
  'leg.microphone': { state: 'silent' },
  'session.take-over': { onlyIfFree: true },
  'leg.quality': { rttMs: 20, jitterMs: 3, lossPercent: 0.5 },
  beat: {},
  'rep.status': { status: 'available' },
  'missed.seen': { at: 1 },
  'offer.accept': { offerId: 'x' },
  'offer.decline': { offerId: 'x' },
  'wrap-up.finish': { note: 'x' },
  'call.transfer': { callId: 'x', queueId: 'y' },
  'callback.request': { kind: 'phone', phone: '+49 30 123456', queueId: 'y', context },
  'callback.push': {
    callId: 'x',
    subscription: {
      endpoint: 'https://fcm.googleapis.com/fcm/send/x',
      keys: { p256dh: 'B'.repeat(87), auth: 'a'.repeat(22) },
    },
  },
  'callback.answer': { callId: 'x', rtpCapabilities: chromeCapabilities },
  'callback.put-off': { callId: 'x' },
  'callback.outcome': { callId: 'x', outcome: 'reached' },
  'call.hold': { callId: 'x', hold: true },
  'call.transfer-to-rep': { callId: 'x', repId: 'y', note: 'twice in line' },
  'call.take-back': { callId: 'x' },
  'call.colleagues': { callId: 'x' },
  'queue.pick-up': { callId: 'x' },
  'queue.remove': { callId: 'x', reason: 'twice in line' },
  'board.watch': { name: 'Ana', callPage: 1 },
  'caller.block': { callId: 'x', by: ['shopper'], forMs: 3_600_000, reason: 'rude' },
} satisfies Record<RequestType, unknown>;
const good: [type: string, data: unknown][] = [
  ...Object.entries(oneOfEach),
  ['hello', helloOfRep],
  ['callback.request', { kind: 'page' }],
];

const odd: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>(
    null,
    true,
    '',
    0,
    -1,
    1.5,
    1e308,
    -0,
    2 ** 53,
    [],
    {},
    'NaN',
    '\u0000',
    '\ud800',
    '__proto__',
  ),
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.integer(),
  fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json>,
  fc.nat({ max: 3_000 }).map(length => Array<Json>(length).fill(0)),
  fc.nat({ max: 60 }).map(depth => JSON.parse('['.repeat(depth) + ']'.repeat(depth) || 'null') as Json),
);

type Mutation = { at: number; how: 'replace' | 'delete' | 'add' | 'repeat'; key: string; value: Json };
const mutation: fc.Arbitrary<Mutation> = fc.record({
  at: fc.nat(),
  how: fc.constantFrom(
    'replace' as const,
    'replace' as const,
    'delete' as const,
    'add' as const,
    'repeat' as const,
  ),
  key: fc.constantFrom('__proto__', 'constructor', 'prototype', 'toString', 'then', 'length', 'x'),
  value: odd,
});
const seldom = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 30, arbitrary: fc.constant(null) }, { weight: 1, arbitrary });
/** A message, mutated as JSON and then perhaps as text. */
const message = fc
  .record({
    base: fc.constantFrom(...good),
    mutations: fc.array(mutation, { maxLength: 3 }),
    cut: seldom(fc.nat()),
    garbage: seldom(fc.string({ unit: 'binary', minLength: 1, maxLength: 20 })),
  })
  .map(({ base: [type, data], mutations, cut, garbage }) => {
    const root = structuredClone({ id: 1, type, data }) as unknown as Json;
    for (const one of mutations) mutate(root, one);
    let text = JSON.stringify(root);
    if (cut !== null) text = text.slice(0, cut % text.length);
    if (garbage !== null) text = text.slice(0, text.length / 2) + garbage + text.slice(text.length / 2);
    return text;
  });

/** Every place in a message: the container and the key. */
function places(value: Json): [container: Json[] | { [key: string]: Json }, key: string | number][] {
  if (typeof value !== 'object' || value === null) return [];
  const keys = Array.isArray(value) ? [...value.keys()].slice(0, 20) : Object.keys(value);
  return keys.flatMap(key => [
    [value, key] as [typeof value, string | number],
    ...places((value as { [key: string | number]: Json })[key]!),
  ]);
}

function mutate(root: Json, { at, how, key, value }: Mutation): void {
  const all = places(root);
  if (all.length === 0) return;
  const [container, where] = all[at % all.length]!;
  const target = container as { [key: string | number]: Json };
  if (how === 'replace') target[where] = value;
  else if (how === 'delete') delete target[where];
  else if (Array.isArray(container)) container.push(...(how === 'repeat' ? container.slice(0, 20) : [value]));
  // As an own property, which is what JSON.parse makes of it at the other end.
  else Object.defineProperty(container, key, { value, enumerable: true, configurable: true, writable: true });
}

let server: TestServer;
let account: RepAccount;
let onDuty: SignalingClient<RepView>;
let visitors = 0;
const unhandled: unknown[] = [];
const note = (error: unknown) => unhandled.push(error);

beforeAll(() => {
  process.on('unhandledRejection', note);
  process.on('uncaughtExceptionMonitor', note);
});
afterAll(() => {
  process.off('unhandledRejection', note);
  process.off('uncaughtExceptionMonitor', note);
});

async function openShop(): Promise<void> {
  server = await startTestServer({ environment: { TRUST_PROXY: 'on' } });
  account = await server.addRep('Ana');
  // Each socket that closes leaves a parked call behind; and somebody is on duty, so that calls are let in.
  await server.setQueue({ maxLength: 10_000, offerMs: 120_000 });
  onDuty = (await SignalingClient.rep(server.origin, await server.addRep('Ben'))).client;
  await onDuty.request('leg.open', { rtpCapabilities: chromeCapabilities });
  await onDuty.request('leg.produce', { rtpParameters: chromeMicrophone });
  await onDuty.request('rep.status', { status: 'available' });
}

async function callsWorkAsOnTheFirstDay(): Promise<void> {
  await onDuty.request('rep.status', { status: 'offline' });
  onDuty.close();
  const ana = await Rep.signIn(server.origin, account);
  await ana.goAvailable(880);
  const shopper = await Shopper.arrive(server.origin);
  await shopper.call(440);
  await ana.answer();
  ana.close();
  shopper.close();
}

/** A client with a leg, unless a stranger, and the id of one of its transports. */
async function arrive(role: Role): Promise<{ client: RawClient; transportId: string }> {
  // Each from an address of its own: what one address may have at once is tried elsewhere.
  visitors++;
  const client = await RawClient.open(
    server.origin,
    server.origin,
    `10.${visitors >> 8}.0.${visitors & 255}`,
  );
  if (role === 'stranger') return { client, transportId: 'x' };
  const data =
    role === 'shopper'
      ? shopperHello
      : { protocolVersion, role: 'rep', ticket: await account.ticket(server.origin) };
  expect(await client.say({ id: 0, type: 'hello', data })).toMatchObject({ ok: true });
  const type = role === 'shopper' ? 'call.start' : 'leg.open';
  const answer = await client.say({ id: 0, type, data: oneOfEach[type] });
  expect(answer).toMatchObject({ ok: true });
  const { media } = (answer as { data: { media: LegMedia } }).data;
  return { client, transportId: media.send.id };
}

const named = new Set<number>([...Object.values(closeCodes), 1002, 1007, 1009]);

describe('garbage on the socket', () => {
  test(
    `S35 ${batches * perSocket} mutated messages: each is answered or closed by name, nothing dies`,
    async () => {
      const seen = new Map<string, number>();
      const count = (what: string) => seen.set(what, (seen.get(what) ?? 0) + 1);

      const batch = async (role: Role, messages: string[]) => {
        let { client, transportId } = await arrive(role);
        for (const text of messages) {
          const answer = await client.say(
            text.replace('"transportId":"x"', `"transportId":"${transportId}"`),
          );
          if (typeof answer === 'number') {
            expect(named, `closed with ${answer} for ${text.slice(0, 300)}`).toContain(answer);
            count(String(answer));
          } else if (!answer.ok) {
            expect(Object.keys(errorCodes)).toContain(answer.error.code);
            expect(answer.error.code, text.slice(0, 1_000)).not.toBe('internal');
            count(answer.error.code);
          } else count('ok');
          if (client.socket.readyState !== client.socket.OPEN || role === 'stranger') {
            client.close();
            ({ client, transportId } = await arrive(role));
          }
        }
        client.close();
      };
      const role = fc.constantFrom<Role>('stranger', 'shopper', 'shopper', 'rep', 'rep');
      const messages = fc.array(message, { minLength: perSocket, maxLength: perSocket });
      for (let done = 0; done < batches; done += perShop) {
        await openShop();
        try {
          const workers = mediaWorkers();
          await fc.assert(fc.asyncProperty(role, messages, batch), {
            numRuns: Math.min(perShop, batches - done) + 1,
            endOnFailure: true,
            // First one that reaches every layer, which chance might not in a short run.
            examples: [['shopper', Object.values(layers)]],
            ...(seed === undefined ? {} : { seed: seed + done }),
          });
          expect(mediaWorkers()).toEqual(workers);
          expect((await fetch(`${server.origin}/healthz`)).ok).toBe(true);
          await callsWorkAsOnTheFirstDay();
        } finally {
          await server.close();
        }
      }

      for (const what of Object.keys(layers))
        expect(seen.get(what) ?? 0, `${what} of ${JSON.stringify([...seen])}`).toBeGreaterThan(0);
      expect(unhandled).toEqual([]);
      expect('polluted' in {} || Object.keys(Object.prototype).length > 0).toBe(false);

      const sent = [...seen.values()].reduce((sum, of) => sum + of, 0);
      if (sent >= 100_000)
        figure(
          '15-messages',
          `${sent} messages: ${[...seen].map(([what, count]) => `${count} ${what}`).join(', ')}`,
        );
    },
    // As long as a busy machine needs; what is bounded is what each message gets.
    Math.max(600_000, batches * 5_000),
  );
});
