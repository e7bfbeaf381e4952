/** A caller's set-up on a server that speaks our protocol or the bare one's, with a client like those of our tests (@roamhq/wrtc). */
import { WrtcClient } from '../support/wrtc-client.ts';
import type { Caller } from './people.ts';

/** Milliseconds from the request of somebody who has said hello to both transports connected. */
export async function setUp(caller: Caller): Promise<number> {
  const client = await WrtcClient.create(caller.routerRtpCapabilities);
  try {
    const started = performance.now();
    const media = await caller.call(client.capabilities);
    await Promise.all([client.open(media, caller.io), client.tone(440)]);
    await client.connected('send', 'receive');
    return performance.now() - started;
  } finally {
    await caller.leave();
    client.close();
  }
}
