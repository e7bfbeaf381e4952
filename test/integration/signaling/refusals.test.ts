/** Who was not let in, and who could not be served, on a whole server. */
import { expect, test } from 'vitest';
import type { UnmetHour } from '../../../shared/api/calls.ts';
import type { RefusedOrigin, SiteSheet } from '../../../shared/api/sites.ts';
import { protocolVersion } from '../../../shared/wire.ts';
import { Shopper } from '../../support/people.ts';
import { SignalingClient } from '../../support/signaling-client.ts';
import { Stage } from '../../support/stage.ts';

test('H251 an owner reads which page was refused at the socket and at the button, and clicks that led to no call', async () => {
  const stage = await Stage.open();
  const { origin } = stage;
  const ana = await stage.server.addRep('Ana');
  const { sites } = await ana.read<{ sites: SiteSheet[] }>(origin, '/api/sites');
  const site = `/api/sites/${sites[0]!.id}`;

  const page = await SignalingClient.open(origin, { fromOrigin: 'https://shop.example' });
  const hello = { protocolVersion, role: 'shopper', siteKey: 'demo', keepsLeg: false } as const;
  await expect(page.request('hello', hello)).rejects.toThrow('origin-not-allowed');
  const asked = await fetch(`${origin}/api/sites/demo/availability`, {
    headers: { origin: 'https://www.shop.example' },
  });
  expect(asked.status).toBe(403);
  for (const garbage of [
    'null',
    'https://a b',
    'https://x.example/path',
    `https://${'x'.repeat(400)}.example`,
  ])
    await fetch(`${origin}/api/sites/demo/availability`, { headers: { origin: garbage } });
  const { refused } = await ana.read<{ refused: RefusedOrigin[] }>(origin, `${site}/refused-origins`);
  expect(refused.map(one => [one.origin, one.count]).sort()).toEqual([
    ['https://shop.example', 1],
    ['https://www.shop.example', 1],
  ]);

  // Nobody is on duty: five tabs of one network, which click twice each, are one.
  for (let i = 0; i < 5; i++) {
    const shopper = stage.here(await Shopper.arrive(origin));
    const click = () =>
      shopper.signaling.request('call.start', { rtpCapabilities: shopper.voice.capabilities });
    await expect(click()).rejects.toThrow('no-rep');
    await expect(click()).rejects.toThrow('no-rep');
  }
  const { hours } = await ana.read<{ hours: UnmetHour[] }>(
    origin,
    `/api/unmet-demand?siteId=${sites[0]!.id}`,
  );
  expect(hours).toMatchObject([{ queueName: 'Sales', reason: 'no-rep', count: 1 }]);
  expect(hours[0]!.hour % 3_600_000).toBe(0);
});
