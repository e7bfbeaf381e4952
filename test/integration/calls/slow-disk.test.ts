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
let kim: Shopper;

beforeEach(async () => {
  server = await startTestServer();
  await server.setQueue({ wrapUp: { kind: 'none', ms: 1_000 } });
  ana = await Rep.signIn(server.origin, await server.addRep('Ana'));
  await ana.goAvailable(880);
  sam = await Shopper.arrive(server.origin);
  kim = await Shopper.arrive(server.origin);
  disk = await SlowDisk.insert();
  disk.takesMs = 150;
});
afterEach(async () => {
  disk.remove();
  ana.close();
  sam.close();
  kim.close();
  await server.close();
});

const bothHear = (shopper: Shopper) => Promise.all([hears(shopper.voice, 880), hears(ana.voice, 440)]);

test('T137 on a disk that takes long for each commit a call is answered, and a callback too, and both hear each other', async () => {
  const callId = await sam.call(440);
  await ana.answer();
  await bothHear(sam);
  await sam.signaling.request('call.hang-up', { callId });
  await ana.untilWork('idle');

  const { callId: again } = await kim.signaling.request('call.start', {
    rtpCapabilities: kim.voice.capabilities,
  });
  await kim.signaling.request('callback.request', { kind: 'page' });
  const { work } = await ana.signaling.until(
    view => view.work.state === 'ringing' && view.work.call.callback === 'page',
  );
  if (work.state !== 'ringing') throw new Error('nothing rings');
  await ana.signaling.request('offer.accept', { offerId: work.offerId });
  await kim.untilState('calling-back');
  await kim.answerBack(again, 440);
  await ana.untilWork('talking');
  await bothHear(kim);
  expect(disk.syncs).toBeGreaterThan(5);
});
