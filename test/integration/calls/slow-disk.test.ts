/** The whole path with Node clients, on a disk that takes long for each commit. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Rep, Shopper } from '../../support/people.ts';
import { startTestServer, type TestServer } from '../../support/server.ts';
import { SlowDisk } from '../../support/slow-disk.ts';
import { hears } from '../../support/stage.ts';

let server: TestServer;
let disk: SlowDisk;
let ana: Rep;
let sam: Shopper;

beforeEach(async () => {
  server = await startTestServer();
  await server.setQueue({ wrapUp: { kind: 'none', ms: 1_000 } });
  ana = await Rep.signIn(server.origin, await server.addRep('Ana'));
  await ana.goAvailable(880);
  sam = await Shopper.arrive(server.origin);
  disk = await SlowDisk.insert();
  disk.takesMs = 150;
});
afterEach(async () => {
  disk.remove();
  ana.close();
  sam.close();
  await server.close();
});

const bothHear = () => Promise.all([hears(sam.voice, 880), hears(ana.voice, 440)]);

test('T137 on a disk that takes long for each commit a call is answered, and a callback too, and both hear each other', async () => {
  const callId = await sam.call(440);
  await ana.answer();
  await bothHear();
  await sam.signaling.request('call.hang-up', { callId });
  await ana.untilWork('idle');

  const again = await sam.call(440);
  await sam.signaling.request('callback.request', { kind: 'page' });
  const { offerId } = await ana.untilWork('ringing');
  await ana.signaling.request('offer.accept', { offerId });
  await sam.untilState('calling-back');
  await sam.answerBack(again, 440);
  await ana.untilWork('talking');
  await bothHear();
  expect(disk.syncs).toBeGreaterThan(5);
});
