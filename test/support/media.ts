/** A media plane for tests, and people on it. */
import { pino } from 'pino';
import { createMediaPlane, type MediaPlaneOptions } from '../../server/media/mediasoup-plane.ts';
import type { Edge, MediaPlane, SourceId } from '../../server/media/plane.ts';
import type { LegId } from '../../shared/ids.ts';
import { WrtcClient } from './wrtc-client.ts';

/** Warnings and worse are shown; a test that expects them passes a `log` of its own. */
export const quiet = pino({ level: process.env.LOG_LEVEL ?? 'error' });

/** Ports by themselves, so that test files can run at the same time. */
export function testPlane(options: Partial<MediaPlaneOptions> = {}): Promise<MediaPlane> {
  return createMediaPlane({
    workers: 2,
    rtcPortBase: 0,
    listenAddress: '0.0.0.0',
    announcedAddresses: ['127.0.0.1'],
    iceServers: [],
    loadPiece: async () => null,
    log: quiet,
    ...options,
  });
}

/** Somebody with a client on the plane; keeps up with what the plane says is to be heard. */
export async function join(plane: MediaPlane, legId: LegId, near?: LegId): Promise<WrtcClient> {
  const client = await WrtcClient.create(plane.routerRtpCapabilities);
  plane.on('hearing', (leg, hearing) => {
    if (leg === legId) void client.hear(hearing);
  });
  await openOn(plane, client, legId, near);
  return client;
}

/** Opens the leg, or opens it again. */
export async function openOn(
  plane: MediaPlane,
  client: WrtcClient,
  legId: LegId,
  near?: LegId,
): Promise<void> {
  const media = await plane.openLeg(legId, client.capabilities, near);
  await client.open(media, {
    connect: (transportId, dtls) => plane.connect(legId, transportId, dtls),
    produce: rtp => plane.produce(legId, rtp),
  });
}

export const heardBy = (listener: LegId, source: SourceId, active = true): Edge => ({
  source,
  listener,
  active,
  party: null,
});

export const bothWays = (a: LegId, b: LegId, active = true): Edge[] => [
  heardBy(a, b, active),
  heardBy(b, a, active),
];
