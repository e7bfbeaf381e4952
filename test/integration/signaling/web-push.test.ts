/** Being called back with the page closed: the server, and a push service as a browser's maker runs one. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createPushServices } from '../../../server/web-push/push-services.ts';
import type { CallId } from '../../../shared/ids.ts';
import { limits } from '../../../shared/limits.ts';
import { plainText } from '../../../shared/text.ts';
import { hostileUrls } from '../../support/hostile-urls.ts';
import { Rep, Shopper } from '../../support/people.ts';
import { PushService } from '../../support/push-service.ts';
import type { RepAccount } from '../../support/rep-account.ts';
import { startTestServer, type TestServer } from '../../support/server.ts';
import { until } from '../../support/until.ts';

let pushService: PushService;
let server: TestServer;
let account: RepAccount;
let ana: Rep;
const page = { url: 'https://shop.example/mug', title: 'Mug' };
const opened: { close(): void }[] = [];

beforeAll(async () => {
  pushService = await PushService.start();
  server = await startTestServer({ workers: 1, environment: { PUSH_SERVICES: pushService.origin } });
  await server.setQueue({ wrapUp: { kind: 'none', ms: 1_000 } });
  account = await server.addRep('Ana');
  ana = await Rep.signIn(server.origin, account);
  await ana.goAvailable(880);
});
afterEach(() => {
  for (const one of opened.splice(0)) one.close();
});
afterAll(async () => {
  ana.close();
  await server.close();
  await pushService.close();
});

/** Asks to be called back on the page while it rings for Ana. */
async function asks() {
  const sam = await Shopper.arrive(server.origin);
  opened.push(sam);
  const callId = await sam.call(440, { page });
  const { pushKey } = await sam.signaling.request('callback.request', { kind: 'page' });
  return { sam, callId, pushKey };
}

describe('a push', () => {
  test('S40 calls a shopper whose page is closed: encrypted, signed and only as long as it rings', async () => {
    const { sam, callId, pushKey } = await asks();
    const browser = pushService.subscribe();
    await sam.signaling.request('callback.push', { callId, subscription: browser.subscription });
    await sam.untilState('callback');
    sam.close();
    const { offerId } = await ana.untilWork('ringing');
    await ana.signaling.request('offer.accept', { offerId });
    const [push] = await until(() => browser.received.length > 0 && browser.received);
    expect(push).toEqual({
      message: { talkToUs: 'calling-back', repName: 'Ana', page: page.url },
      ttl: limits.pushRingMs / 1000,
      urgency: 'high',
      sender: {
        publicKey: pushKey,
        audience: pushService.origin,
        contact: expect.stringMatching(/^mailto:/),
      },
    });
    // The page that the notification opens has the token of the one that was closed.
    const back = await Shopper.arrive(server.origin, sam.token);
    opened.push(back);
    await back.untilState('calling-back');
    await back.answerBack(callId, 440);
    await ana.untilWork('talking');
    await back.signaling.request('call.hang-up', { callId });
    await ana.untilWork('idle');
    expect(browser.received).toHaveLength(1);
  });

  test('S41 is not sent to an open page, which rings by itself, but as soon as it closes', async () => {
    const { sam, callId } = await asks();
    const browser = pushService.subscribe();
    await sam.signaling.request('callback.push', { callId, subscription: browser.subscription });
    const { offerId } = await ana.untilWork('ringing');
    await ana.signaling.request('offer.accept', { offerId });
    await sam.untilState('calling-back');
    expect(browser.received).toEqual([]);
    sam.close();
    await until(() => browser.received.length === 1);
    await ana.signaling.request('call.hang-up', { callId });
    await ana.untilWork('idle');
  });

  test('S42 that a browser takes no more is not tried again: the call waits for the page', async () => {
    const { sam, callId } = await asks();
    const browser = pushService.subscribe();
    browser.unsubscribed = true;
    await sam.signaling.request('callback.push', { callId, subscription: browser.subscription });
    sam.close();
    const { offerId } = await ana.untilWork('ringing');
    await ana.signaling.request('offer.accept', { offerId });
    await ana.untilWork('calling-back');
    await ana.untilWork('idle');
    const back = await Shopper.arrive(server.origin, sam.token);
    opened.push(back);
    expect(await back.untilState('callback')).toMatchObject({ push: false, tries: 1 });
    await back.signaling.request('call.hang-up', { callId });
  });

  test('S64 that could not be sent holds up nobody: the shopper counts as not reached at once, and is tried again later', async () => {
    const { sam, callId } = await asks();
    const browser = pushService.subscribe();
    browser.outOfOrder = true;
    await sam.signaling.request('callback.push', { callId, subscription: browser.subscription });
    sam.close();
    const { offerId } = await ana.untilWork('ringing');
    await ana.signaling.request('offer.accept', { offerId });
    await ana.untilWork('calling-back');
    // Long before the ringing would end by itself, as its own time in the view tells.
    const { work } = await ana.signaling.until(
      view => view.work.state !== 'calling-back',
      limits.pushRingMs / 2,
    );
    expect(work.state).toBe('idle');
    const isIt = (call: { callId: CallId }) => call.callId === callId;
    const absent = (await ana.signaling.until(view => view.absent.some(isIt))).absent.find(isIt);
    expect(absent).toMatchObject({ heldUntil: expect.any(Number) });
    const back = await Shopper.arrive(server.origin, sam.token);
    opened.push(back);
    // The subscription is good still: the next try goes out by it.
    expect(await back.untilState('callback')).toMatchObject({
      push: true,
      tries: 1,
      nextTryAt: absent!.heldUntil,
    });
    await back.signaling.request('call.hang-up', { callId });
  });

  test('S43 goes to services of browsers and of the operator only, never to an address that a page made up', async () => {
    const { sam, callId } = await asks();
    const { subscription } = pushService.subscribe();
    const at = (endpoint: string) =>
      sam.signaling.request('callback.push', { callId, subscription: { ...subscription, endpoint } });
    await expect(at('https://127.0.0.1:1/x')).rejects.toMatchObject({ code: 'bad-request' });
    await expect(at('http://fcm.googleapis.com/x')).rejects.toMatchObject({ code: 'bad-request' });
    await sam.signaling.request('call.hang-up', { callId });
    // Each by a socket with room in its burst.
    // What no text may hold is dropped from every request, so that what is left is judged, here as anywhere.
    const urls = hostileUrls(Number(new URL(server.origin).port)).filter(url => plainText(url) === url);
    for (let from = 0; from < urls.length; from += 40) {
      const stranger = await Shopper.arrive(server.origin);
      opened.push(stranger);
      for (const endpoint of urls.slice(from, from + 40)) {
        const asked = { callId, subscription: { ...subscription, endpoint } };
        await expect(stranger.signaling.request('callback.push', asked), endpoint).rejects.toMatchObject({
          code: 'bad-request',
        });
      }
    }

    const services = createPushServices({
      secret: Buffer.alloc(32, 7),
      contact: 'https://talk.example',
      services: ['https://push.example:8443'],
    });
    for (const good of [
      'https://fcm.googleapis.com/fcm/send/abc',
      'https://updates.push.services.mozilla.com/wpush/v2/abc',
      'https://wns2-par02p.notify.windows.com/w/?token=abc',
      'https://web.push.apple.com/abc',
      'https://push.example:8443/abc',
    ])
      expect(services.knows(good), good).toBe(true);
    for (const bad of [
      'https://fcm.googleapis.com:444/x',
      'https://fcm.googleapis.com.evil.example/x',
      'https://evilpush.apple.com.example/x',
      'https://x@fcm.googleapis.com/x',
      'http://fcm.googleapis.com/x',
      'https://push.example/abc',
      'https://169.254.169.254/latest',
      'https://notify.windows.com.evil.example/',
      'not an address',
    ])
      expect(services.knows(bad), bad).toBe(false);
  });

  test('S44 is signed with the same key after a restart, or subscriptions would be worth nothing', async () => {
    const before = (await asks()).pushKey;
    await server.restart();
    ana.close();
    ana = await Rep.signIn(server.origin, account);
    await ana.goAvailable(880);
    expect((await asks()).pushKey).toBe(before);
  });
});
