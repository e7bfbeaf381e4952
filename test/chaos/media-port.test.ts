/** What strangers may send to the media port: noise, broken STUN, handshakes of nobody. Twenty calls go on meanwhile. */
import { randomBytes } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Contender } from '../bench/contender.ts';
import { sendFrom } from '../bench/load.ts';
import type { LoadLeg } from '../bench/load-leg.ts';
import { nextAddress, Team } from '../bench/people.ts';
import { figure } from '../support/figures.ts';
import { until } from '../support/until.ts';

const calls = 20;
const senders = 10;
const packets = 30_000;
/** Packets that must have gone each way of each call before a share of them means anything: five seconds of sound. */
const watched = 250;

let server: Contender;
let legs: LoadLeg[];
const ends: (() => void)[] = [];
beforeAll(async () => {
  server = await Contender.start('ours', new URL('../bench/our-server.ts', import.meta.url));
  const team = new Team(server);
  legs = [];
  for (let n = 0; n < calls; n++) legs.push(...(await team.talk()));
  ends.push(sendFrom(legs));
});
afterAll(async () => {
  for (const end of ends) end();
  for (const leg of legs) leg.close();
  await server.stop();
});

const stunCookie = Buffer.from('2112a442', 'hex');

/** A STUN message, whose length and attributes say what they like. */
function stun(type: number, length: number, attributes: Buffer): Buffer {
  const header = Buffer.alloc(20);
  header.writeUInt16BE(type, 0);
  header.writeUInt16BE(length & 0xffff, 2);
  stunCookie.copy(header, 4);
  randomBytes(12).copy(header, 8);
  return Buffer.concat([header, attributes]);
}

function attribute(type: number, length: number, value: Buffer): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt16BE(type, 0);
  head.writeUInt16BE(length, 2);
  return Buffer.concat([head, value]);
}

/** A DTLS ClientHello of somebody who has no business here; `cut` bytes of it, saying that all is there. */
function clientHello(cut?: number): Buffer {
  const body = Buffer.concat([
    Buffer.from('fefd', 'hex'),
    randomBytes(32),
    Buffer.from('0000', 'hex'),
    Buffer.from('0004c02bc02f0100', 'hex'),
    Buffer.from('0000', 'hex'),
  ]);
  const handshake = Buffer.alloc(12);
  handshake.writeUInt8(1, 0);
  handshake.writeUIntBE(body.length, 1, 3);
  handshake.writeUIntBE(body.length, 9, 3);
  const record = Buffer.alloc(13);
  Buffer.from('16feff', 'hex').copy(record, 0);
  record.writeUInt16BE(handshake.length + body.length, 11);
  return Buffer.concat([record, handshake, body]).subarray(0, cut);
}

const userName = (name: string) => attribute(0x0006, name.length, Buffer.from(name));
const kinds: (() => Buffer)[] = [
  () => randomBytes(1 + Math.floor(Math.random() * 1_400)),
  () => Buffer.alloc(0),
  () => stun(0x0001, 0, Buffer.alloc(0)),
  () => stun(0x0001, 0xffff, randomBytes(40)),
  () => stun(0x0001, 8, attribute(0x0006, 0xffff, randomBytes(4))),
  () => stun(0x0001, 24, Buffer.concat([userName('nobody:nobody'), randomBytes(3)])),
  () => stun(0x0001, 32, Buffer.concat([userName('a:b '), attribute(0x0008, 20, randomBytes(20))])),
  () => stun(0x0101, 12, attribute(0x0020, 8, randomBytes(8))),
  () => clientHello(),
  () => clientHello(30),
  // RTP, and RTCP that says good-bye in the name of streams that might be somebody's.
  () => Buffer.concat([Buffer.from('8064', 'hex'), randomBytes(170)]),
  () =>
    Buffer.concat([
      Buffer.from('81cb0001', 'hex'),
      Buffer.from([0, 0, 3, 0xe8 + Math.floor(Math.random() * 64)]),
    ]),
];

const sending = (socket: Socket, port: number, packet: Buffer) =>
  new Promise<void>(resolve => socket.send(packet, port, '127.0.0.1', () => resolve()));

/** How much of what was sent while `meanwhile` ran, and for five seconds at least, arrived at the worst of all legs, 0..1. */
async function worstShare(meanwhile: () => Promise<void>): Promise<number> {
  const before = legs.map(({ sent, received }) => ({ sent, received }));
  await meanwhile();
  await until(() => legs.every(({ sent }, n) => sent - before[n]!.sent > watched));
  // Two by two they are the sides of one call.
  return Math.min(
    ...legs.map(
      ({ received }, n) => (received - before[n]!.received) / (legs[n ^ 1]!.sent - before[n ^ 1]!.sent),
    ),
  );
}

test('S90 noise, broken STUN and strangers’ handshakes at the media port end none of twenty calls', async () => {
  const { port } = legs[0]!.server;
  const workers = server.childPids();
  const quiet = await worstShare(async () => undefined);
  const sockets = await Promise.all(
    Array.from(
      { length: senders },
      () =>
        new Promise<Socket>(resolve => {
          const socket = createSocket('udp4');
          socket.bind(0, nextAddress(), () => resolve(socket));
          ends.push(() => socket.close());
        }),
    ),
  );
  const flood = (to: number) => async () => {
    for (let n = 0; n < packets; n++) {
      await sending(sockets[n % senders]!, to, kinds[n % kinds.length]!());
      if (n % 500 === 0) {
        const tcp = connect({ port: to, host: '127.0.0.1', localAddress: nextAddress() });
        tcp.on('error', () => undefined).end(Buffer.concat([Buffer.from([0xff, 0xff]), randomBytes(200)]));
      }
    }
  };
  // The same flood at a port that drops it: what sending it costs this machine, whoever it is sent to.
  const elsewhere = createSocket('udp4').on('message', () => undefined);
  await new Promise<void>(resolve => elsewhere.bind(0, '127.0.0.1', resolve));
  ends.push(() => elsewhere.close());
  const peer = await worstShare(flood(elsewhere.address().port));
  const flooded = await worstShare(flood(port));
  const after = await worstShare(async () => undefined);
  expect(server.childPids()).toEqual(workers);
  expect(after).toBeGreaterThan(quiet - 0.02);
  expect(flooded).toBeGreaterThan(peer - 0.1);
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  figure(
    '22-media-port',
    `none; of the worst call ${percent(quiet)} arrives before, ${percent(flooded)} during (${percent(peer)} were it sent elsewhere), ${percent(after)} after`,
  );
});
