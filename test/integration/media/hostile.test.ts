import { afterAll, beforeAll, expect, test } from 'vitest';
import { MediaError, type MediaPlane } from '../../../server/media/plane.ts';
import type { DtlsParameters, LegMedia, RtpParameters } from '../../../shared/protocol.ts';
import { fakeMicrophone } from '../../support/fake-microphone.ts';
import { figure } from '../../support/figures.ts';
import { testPlane } from '../../support/media.ts';

let plane: MediaPlane;
let media: LegMedia;
let pids: number[];
beforeAll(async () => {
  plane = await testPlane();
  media = await plane.openLeg('shopper:1', plane.routerRtpCapabilities as never);
  pids = (await plane.stats()).workers.map(worker => worker.pid);
});
afterAll(() => plane.close());

const refused = async (attempt: Promise<unknown>, reason: MediaError['reason'] = 'refused') => {
  const error = await attempt.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(error).toBeInstanceOf(MediaError);
  expect((error as MediaError).reason).toBe(reason);
  expect((await plane.stats()).workers.map(worker => worker.pid)).toEqual(pids);
};

const sha256 = Array.from({ length: 32 }, () => 'AB').join(':');
const dtls: [string, DtlsParameters][] = [
  ['no fingerprint', { fingerprints: [] }],
  ['a digest too short', { fingerprints: [{ algorithm: 'sha-256', value: 'AB:CD' }] }],
  ['a digest of another algorithm', { fingerprints: [{ algorithm: 'sha-512', value: sha256 }] }],
  ['an unknown algorithm', { fingerprints: [{ algorithm: 'md5' as never, value: sha256 }] }],
  ['an unknown role', { role: 'boss' as never, fingerprints: [{ algorithm: 'sha-256', value: sha256 }] }],
];
test.each(dtls)('M15 DTLS parameters with %s are refused and no worker dies', async (_, parameters) => {
  await refused(plane.connect('shopper:1', media.receive.id, parameters));
  figure('16-dtls', `each of ${dtls.length} kinds refused`);
});

const good = fakeMicrophone(1111);
const opus = good.codecs[0]!;
const rtp: [string, RtpParameters][] = [
  ['no codec', { ...good, codecs: [] }],
  ['another codec', { ...good, codecs: [{ ...opus, mimeType: 'audio/PCMU', clockRate: 8000, channels: 1 }] }],
  ['mono Opus', { ...good, codecs: [{ ...opus, channels: 1 }] }],
  ['two codecs of one payload type', { ...good, codecs: [opus, opus] }],
  ['no encoding', { ...good, encodings: [] }],
  ['two encodings', { ...good, encodings: [{ ssrc: 1 }, { ssrc: 2 }] }],
  ['neither SSRC nor MID', { ...good, mid: undefined, encodings: [{}] }],
  [
    'two header extensions of one id',
    {
      ...good,
      headerExtensions: [
        { uri: 'urn:ietf:params:rtp-hdrext:sdes:mid', id: 1 },
        { uri: 'urn:ietf:params:rtp-hdrext:ssrc-audio-level', id: 1 },
      ],
    },
  ],
  ['an unknown header extension', { ...good, headerExtensions: [{ uri: 'urn:x:what-is-this', id: 3 }] }],
];
test.each(rtp)('M16 a microphone with %s is refused and no worker dies', async (_, parameters) => {
  await refused(plane.produce('shopper:1', parameters));
  figure('16-rtp', `each of ${rtp.length} kinds refused`);
});

test('M17 capabilities that cannot hear Opus leave the edge unmade and harm nobody', async () => {
  plane.want('call', [{ source: 'music:default', listener: 'shopper:2', active: true, party: null }]);
  const { hearing } = await plane.openLeg('shopper:2', { codecs: [] });
  expect(hearing).toEqual([]);
  plane.want('call', []);
  await refused(
    plane
      .openLeg('shopper:3', { codecs: 'all' } as never)
      .then(() => plane.connect('shopper:3', 'x', dtls[0]![1])),
    'no-transport',
  );
});

test('M18 legs and transports that do not exist are named as such', async () => {
  await refused(plane.produce('rep:none', good), 'no-leg');
  await refused(plane.connect('rep:none', media.send.id, dtls[0]![1]), 'no-leg');
  await refused(plane.restartIce('shopper:1', 'no-such-transport'), 'no-transport');
});
