import { afterEach, beforeEach, expect, test } from 'vitest';
import type { MediaPlane } from '../../../server/media/plane.ts';
import { bothWays, heardBy, join, testPlane } from '../../support/media.ts';
import { until } from '../../support/until.ts';
import type { WrtcClient } from '../../support/wrtc-client.ts';

let plane: MediaPlane;
const clients: WrtcClient[] = [];
beforeEach(async () => {
  plane = await testPlane();
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.close();
  await plane.close();
});

const joined = async (...args: Parameters<typeof join>) => {
  const client = await join(...args);
  clients.push(client);
  return client;
};
const playing = (client: WrtcClient) => {
  const { levelDb } = client.measure('music');
  return levelDb > -32 && levelDb < -10;
};

test('M9 hold music wanted before the leg opens is in the answer that opens it, and is heard', async () => {
  plane.want('call', [heardBy('shopper:1', 'music:default')]);
  const shopper = await joined(plane, 'shopper:1');
  expect(shopper.hearing).toMatchObject([{ source: 'music', active: true }]);
  await until(() => playing(shopper));
});

test('M10 many listen to one stream of hold music on each worker, whenever they come', async () => {
  const listeners = ['shopper:1', 'shopper:2', 'shopper:3', 'shopper:4'] as const;
  for (const listener of listeners) {
    plane.want(listener, [heardBy(listener, 'music:default')]);
    await until(() => joined(plane, listener).then(client => until(() => playing(client))));
  }
  const producers = clients.flatMap(client => client.hearing.map(heard => heard.producerId));
  expect(new Set(producers).size).toBe(2);
  for (const client of clients) {
    const before = await client.packets();
    const after = await until(async () => {
      const now = await client.packets();
      return now.received >= before.received + 25 && now;
    });
    expect(after.lost).toBe(0);
  }
});

test('M11 hold music gives way to the voice when the call is answered', async () => {
  plane.want('call', [heardBy('shopper:1', 'music:default')]);
  const shopper = await joined(plane, 'shopper:1');
  const rep = await joined(plane, 'rep:1');
  await Promise.all([shopper.tone(440), rep.tone(880)]);
  await until(() => playing(shopper));
  plane.want('call', bothWays('shopper:1', 'rep:1'));
  await until(() => shopper.measure('voice').at(880) > -16);
  await until(() => shopper.hearing.length === 1);
  expect(shopper.hearing).toMatchObject([{ source: 'voice', active: true }]);
});

test('M12 hold music starts again after a while in which nobody listened', async () => {
  plane.want('call', [heardBy('shopper:1', 'music:default')]);
  const shopper = await joined(plane, 'shopper:1');
  await until(() => playing(shopper));
  plane.want('call', [heardBy('shopper:1', 'music:default', false)]);
  await until(() => shopper.measure('music', 50).levelDb < -60);
  plane.want('call', [heardBy('shopper:1', 'music:default', true)]);
  await until(() => playing(shopper));
});
