/** A shopper with Firefox: the whole way of a push, from the subscription to the click on the notification. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Firefox, firefoxToneHz } from '../support/firefox.ts';
import { Rep, Shopper } from '../support/people.ts';
import { PushService } from '../support/push-service.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { until } from '../support/until.ts';

let pushService: PushService;
let server: TestServer;
let firefox: Firefox;
let ana: Rep;

beforeAll(async () => {
  pushService = await PushService.start();
  server = await startTestServer({
    workers: 1,
    // Firefox sends nothing to 127.0.0.1: the server is to name all the addresses of the machine.
    environment: { PUSH_SERVICES: pushService.origin, ANNOUNCED_ADDRESS: '' },
  });
  await server.setQueue({ wrapUp: { kind: 'none', ms: 1_000 } });
  ana = await Rep.signIn(server.origin, await server.addRep('Ana'));
  await ana.goAvailable(880);
  firefox = await Firefox.open(pushService.urlForFirefox);
});
afterAll(async () => {
  await firefox.close();
  ana.close();
  await server.close();
  await pushService.close();
});

const anaHearsFirefox = () =>
  until(async () => Math.abs((await ana.voice.measure()).frequencyHz - firefoxToneHz) < 4);

describe('with Firefox', () => {
  test('B26 a shopper talks, is called back with the page closed, and a click on the notification leads into the talk', async () => {
    const shop = server.origin;
    await firefox.goTo(shop);
    await firefox.state('idle');
    await firefox.press('Talk to us');
    await firefox.state('waiting');
    await ana.answer();
    await firefox.state('talking');
    await anaHearsFirefox();
    await firefox.press('Hang up');
    await ana.untilWork('idle');

    const kim = await Shopper.arrive(server.origin);
    const callId = await kim.call(587);
    await ana.answer();
    await firefox.goTo(shop);
    await firefox.press('Talk to us');
    await firefox.press('Call me back instead');
    await firefox.press('Ring this page');
    await firefox.state('callback', 'You can close this page.');
    await firefox.closePage();
    await kim.signaling.request('call.hang-up', { callId });
    kim.close();
    const { offerId } = await ana.untilWork('ringing');
    await ana.signaling.request('offer.accept', { offerId });
    expect((await ana.untilWork('calling-back')).phone).toBeNull();
    await firefox.clickNotification('Ana is calling you');
    await firefox.switchTo(shop);
    await firefox.state('calling-back');
    await firefox.press('Answer');
    await firefox.state('talking');
    await ana.untilWork('talking');
    await anaHearsFirefox();
    await firefox.press('Hang up');
    await ana.untilWork('idle');
  });
});
