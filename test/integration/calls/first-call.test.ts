/** The whole path with Node clients: real server, database, sockets, workers and sound. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Rep, Shopper } from '../../support/people.ts';
import { startTestServer, type TestServer } from '../../support/server.ts';
import { hears, silent } from '../../support/stage.ts';
import { until } from '../../support/until.ts';

let server: TestServer;
const people: { close(): void }[] = [];
const here = <P extends { close(): void }>(person: P): P => {
  people.push(person);
  return person;
};

beforeEach(async () => {
  server = await startTestServer();
});
afterEach(async () => {
  for (const person of people.splice(0)) person.close();
  await server.close();
});

describe('a call', () => {
  test('C1 goes from click over hold music to two people who hear each other', async () => {
    const ana = here(await Rep.signIn(server.origin, await server.addRep('Ana')));
    await ana.goAvailable(880);
    const shopper = here(await Shopper.arrive(server.origin));
    await shopper.call(440, { page: { url: 'https://shop.example/mug', title: 'Mug' }, name: 'Sam' });
    await until(() => shopper.voice.measure('music').levelDb > -45);

    const ringing = await ana.untilWork('ringing');
    expect(ringing.call.context).toMatchObject({ page: { title: 'Mug' }, name: 'Sam' });
    expect(ana.voice.measure().levelDb).toBeLessThan(silent);
    await ana.answer();
    const talking = await shopper.untilState('talking');
    expect(talking.repName).toBe('Ana');

    await hears(shopper.voice, 880);
    await hears(ana.voice, 440);
    await until(() => shopper.voice.measure('music').levelDb < silent);

    await shopper.signaling.request('call.hang-up', { callId: talking.callId });
    const ended = await shopper.untilState('ended');
    expect(ended).toMatchObject({ reason: 'shopper-hung-up', repName: 'Ana' });
    await ana.untilWork('wrap-up');
    await until(() => ana.voice.hearing.length === 0);
    await ana.signaling.request('wrap-up.finish', { note: 'Wanted a mug' });
    await ana.untilWork('idle');
  });
});
