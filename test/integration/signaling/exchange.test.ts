/** The guide to the protocol and the document beside it, held against a real server. */
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { frameChecker } from '../../support/asyncapi.ts';
import { Rep, Shopper } from '../../support/people.ts';
import { startTestServer, type TestServer } from '../../support/server.ts';
import { RawClient } from './raw-client.ts';

let server: TestServer;
const people: { close(): void }[] = [];
const here = <P extends { close(): void }>(person: P): P => {
  people.push(person);
  return person;
};

beforeEach(async () => {
  server = await startTestServer({ workers: 1 });
});
afterEach(async () => {
  for (const person of people.splice(0)) person.close();
  await server.close();
});

/** Lines of the guide's exchange: what is sent, and what comes back. */
function exchange(): { sent: string; comes: string }[] {
  const [, block] = /## An exchange[^`]*(?:`[^`]+`[^`]*)*?```\n([\s\S]*?)```/.exec(
    readFileSync('docs/protocol.md', 'utf8'),
  ) ?? ['', ''];
  const steps = [...block!.matchAll(/^(?:→ |(?=GET ))(.*)\n← (.*)$/gm)];
  return steps.map(([, sent, comes]) => ({ sent: sent!, comes: comes! }));
}

/** What came, with `…` wherever the guide has it. */
function asWritten(came: unknown, written: unknown): unknown {
  if (written === '…') return came === undefined ? undefined : '…';
  if (typeof came !== 'object' || came === null || typeof written !== 'object' || written === null)
    return came;
  if (Array.isArray(came)) return came.map((item, at) => asWritten(item, (written as unknown[])[at]));
  return Object.fromEntries(
    Object.entries(came).map(([key, value]) => [
      key,
      asWritten(value, (written as Record<string, unknown>)[key]),
    ]),
  );
}

test('D24 the exchange in docs/protocol.md is what a real server says, frame by frame', async () => {
  const client = here(await RawClient.open(server.origin));
  const check = frameChecker();
  const steps = exchange();
  expect(steps).toHaveLength(7);
  for (const { sent, comes } of steps) {
    const [, path] = /^GET (.*)/.exec(sent) ?? [];
    const came = path ? await (await fetch(server.origin + path)).json() : await client.say(sent);
    if (typeof came === 'number') expect(`close ${came}`).toBe(comes);
    else {
      const written: unknown = JSON.parse(comes);
      expect(asWritten(came, written), sent).toEqual(written);
      if (path) continue;
      const { type } = JSON.parse(sent) as { type: string };
      expect(check(came.ok ? `${type}.answer` : 'error', came)).toEqual([]);
    }
  }
});

test('D25 whatever comes in a call from click to end is as docs/asyncapi.json says', async () => {
  const check = frameChecker();
  const seen = new Set<string>();
  /** Looks at every frame, whichever way it goes. */
  const watch = ({ signaling: { socket } }: Rep | Shopper) => {
    const types = new Map<number, string>();
    const look = (message: string, frame: unknown) => {
      seen.add(message);
      expect(check(message, frame), JSON.stringify(frame)).toEqual([]);
    };
    const send = socket.send.bind(socket);
    socket.send = (text: string) => {
      const request = JSON.parse(text) as { id: number; type: string };
      types.set(request.id, request.type);
      look(`${request.type}.request`, request);
      send(text);
    };
    socket.prependListener('message', text => {
      const frame = JSON.parse(String(text));
      if ('push' in frame) look(`push.${frame.push}`, frame);
      else look(frame.ok ? `${types.get(frame.id)}.answer` : 'error', frame);
    });
  };

  const ana = here(await Rep.signIn(server.origin, await server.addRep('Ana')));
  watch(ana);
  await ana.goAvailable(880);
  const sam = here(await Shopper.arrive(server.origin));
  watch(sam);
  const cart = { items: [{ name: 'Mug', quantity: 2, price: '€ 18' }], total: '€ 36' };
  await sam.call(440, { page: { url: 'https://shop.example/mug', title: 'Mug' }, name: 'Sam', cart });
  await ana.answer();
  const { callId } = await sam.untilState('talking');
  await sam.signaling.request('leg.mute', { muted: true });
  await sam.signaling.request('call.hang-up', { callId });
  await sam.untilState('ended');
  await ana.untilWork('wrap-up');
  await ana.signaling.request('wrap-up.finish', {});
  await ana.untilWork('idle');

  const done = [
    'leg.open',
    'leg.connect',
    'leg.produce',
    'rep.status',
    'call.start',
    'offer.accept',
    'leg.mute',
  ];
  for (const type of [...done, 'call.hang-up', 'wrap-up.finish'])
    expect([...seen]).toEqual(expect.arrayContaining([`${type}.request`, `${type}.answer`]));
  expect([...seen]).toEqual(expect.arrayContaining(['push.view', 'push.hearing']));
});
