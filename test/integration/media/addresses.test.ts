import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { MediaPlaneOptions } from '../../../server/media/mediasoup-plane.ts';
import { MediaSetupError } from '../../../server/media/setup-error.ts';
import { heardBy, join, testPlane } from '../../support/media.ts';
import { until } from '../../support/until.ts';

const failure = async (options: Partial<MediaPlaneOptions>) => {
  const error = await testPlane(options).then(
    plane => plane.close(),
    (error: unknown) => error,
  );
  expect(error).toBeInstanceOf(MediaSetupError);
  return error as MediaSetupError;
};

const announced: [string, string][] = [
  ['http://voice.example.com', 'without http://'],
  ['203.0.113.7:44400', 'without http://, port'],
  ['203.0.113', 'neither an IP address nor a host name'],
  ['0.0.0.0', 'no browser can send to'],
];
test.each(announced)(
  'M28 an announced address of %s stops the start with a word on why',
  async (address, word) => {
    const error = await failure({ announcedAddresses: [address] });
    expect(error.reason).toBe('announced-address');
    expect(error.message).toContain('ANNOUNCED_ADDRESS');
    expect(error.message).toContain(word);
  },
);

test('M29 a media port that is taken stops the start and is named, with the variable to change', async () => {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  const error = await failure({ rtcPortBase: port, announcedAddresses: [] }).finally(() => socket.close());
  expect(error.reason).toBe('port');
  expect(error.message).toContain(String(port));
  expect(error.message).toContain('RTC_PORT');
});

test('M30 a missing native worker stops the start with a word on how to get it', async () => {
  const error = await failure({ workerBin: '/nowhere/mediasoup-worker' });
  expect(error.reason).toBe('worker-missing');
  expect(error.message).toContain('npm start');
});

test.each<[string, (file: string) => Promise<unknown>, string]>([
  ['that may not be executed', file => writeFile(file, '\x7fELF', { mode: 0o600 }), 'may not execute it'],
  ['that is a folder', file => mkdir(file), 'it is a folder'],
  ['that is no program', file => writeFile(file, 'nothing of the kind', { mode: 0o700 }), 'it is no program'],
  [
    'of another processor',
    // A header of 32-bit MIPS.
    file =>
      writeFile(file, Buffer.from('7f454c46010101000000000000000000020008000100', 'hex'), { mode: 0o700 }),
    'another kind of processor',
  ],
  ['that ends at once', file => writeFile(file, '#!/bin/sh\nexit 3\n', { mode: 0o700 }), 'it ended at once'],
  [
    'that is killed for want of memory',
    file => writeFile(file, '#!/bin/sh\nkill -9 $$\n', { mode: 0o700 }),
    'not enough memory for the media workers',
  ],
])('P64 a native worker %s stops the start, in words', async (_what, make, words) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'talk-to-us-worker-'));
  const workerBin = path.join(folder, 'mediasoup-worker');
  await make(workerBin);
  const error = await failure({ workerBin }).finally(() => rm(folder, { recursive: true }));
  expect(error.reason).toBe('worker-broken');
  expect(error.message).toContain(words);
});

test('M31 with no address announced, every address of this machine and 127.0.0.1 is offered by UDP and TCP', async () => {
  const plane = await testPlane({ announcedAddresses: [] });
  const { send } = await plane.openLeg('rep:1', plane.routerRtpCapabilities as never);
  const candidates = send.iceCandidates as { address: string; protocol: string }[];
  const local = candidates.filter(({ address }) => address === '127.0.0.1');
  expect(local.map(({ protocol }) => protocol).sort()).toEqual(['tcp', 'udp']);
  plane.want('call', [heardBy('shopper:1', 'music:default')]);
  const client = await join(plane, 'shopper:1');
  await until(() => client.measure('music').levelDb > -35);
  client.close();
  await plane.close();
});
