import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { type WebSocket as Socket, WebSocketServer } from 'ws';
import {
  type ConnectionOptions,
  type ConnectionState,
  SignalingConnection,
  SignalingError,
} from '../../../client/voice/connection.ts';
import { limits } from '../../../shared/limits.ts';
import type { Push } from '../../../shared/protocol.ts';
import { afterClose, closeCodes, protocolVersion } from '../../../shared/wire.ts';

type Request = { id: number; type: string; data: unknown };

let server: WebSocketServer;
let url: string;
let connection: SignalingConnection | undefined;
/** What each socket asked, in order. */
let asked: { socket: Socket; request: Request }[];
/** How the server answers; a test replaces it. `undefined` leaves the request open. */
let answer: (request: Request, socket: Socket) => object | undefined;

const helloAnswer = { heartbeatMs: 10_000, heartbeatMisses: 2, view: {}, token: 't' };
const good = (request: Request) => ({ ok: true, data: request.type === 'hello' ? helloAnswer : {} });
const refused = (code: string) => ({ ok: false, error: { code, message: 'No.' } });

beforeEach(async () => {
  asked = [];
  answer = good;
  server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
  server.on('connection', socket => {
    socket.on('message', text => {
      const request = JSON.parse(String(text)) as Request;
      asked.push({ socket, request });
      const reply = answer(request, socket);
      if (reply) socket.send(JSON.stringify({ id: request.id, ...reply }));
    });
  });
});

afterEach(async () => {
  connection?.close();
  for (const socket of server.clients) socket.terminate();
  server.close();
  await once(server, 'close');
});

function connect(options: Partial<ConnectionOptions> = {}) {
  const states: ConnectionState[] = [];
  const pushes: Push[] = [];
  const refusals: SignalingError[] = [];
  connection = new SignalingConnection({
    url,
    hello: async () => ({ protocolVersion, role: 'shopper', siteKey: 'demo' }),
    random: () => 0,
    onState: state => states.push(state),
    onPush: push => pushes.push(push),
    onRefused: error => refusals.push(error),
    ...options,
  });
  connection.connect();
  return { connection, states, pushes, refusals };
}

const until = (condition: () => boolean) => vi.waitUntil(condition, { timeout: 5_000, interval: 5 });
const types = () => asked.map(({ request }) => request.type);

test('V5 hello is the first message, and what was asked before it waits for its answer', async () => {
  const { connection, states } = connect();
  await connection.request('leg.mute', { muted: true });
  expect(types()).toEqual(['hello', 'leg.mute']);
  expect(states).toEqual(['connecting', 'open']);
});

test('V25 a socket that was opened ahead of time is used, open or about to be, and another one where it is gone', async () => {
  let sockets = 0;
  server.on('connection', () => sockets++);
  const early = async (readyState: number) => {
    const socket = new WebSocket(url);
    if (readyState === WebSocket.CLOSED) socket.onopen = () => socket.close();
    await until(() => socket.readyState === readyState);
    return socket;
  };
  for (const [readyState, opened] of [
    [WebSocket.CONNECTING, 1],
    [WebSocket.OPEN, 1],
    [WebSocket.CLOSED, 2],
  ] as const) {
    sockets = 0;
    asked = [];
    const { connection } = connect({ socket: await early(readyState) });
    await connection.request('leg.mute', { muted: true });
    expect(types()).toEqual(['hello', 'leg.mute']);
    expect(sockets).toBe(opened);
    connection.close();
  }
});

test('V25 what was opened ahead of time is used once', async () => {
  const { connection, states } = connect({ socket: new WebSocket(url) });
  await until(() => connection.state === 'open');
  asked[0]!.socket.terminate();
  await until(() => types().length === 2 && connection.state === 'open');
  expect(states).toEqual(['connecting', 'open', 'reconnecting', 'open']);
});

test('V6 a lost socket is replaced, with a new hello, and waiting requests go out then', async () => {
  const onHello = vi.fn();
  const { connection, states } = connect({ onHello });
  await until(() => connection.state === 'open');
  asked[0]!.socket.terminate();
  await until(() => connection.state === 'reconnecting');
  await connection.request('leg.mute', { muted: false });
  expect(types()).toEqual(['hello', 'hello', 'leg.mute']);
  expect(states).toEqual(['connecting', 'open', 'reconnecting', 'open']);
  expect(onHello).toHaveBeenCalledTimes(2);
});

test('V7 a request under way when the socket dies fails as connection-lost and is not repeated', async () => {
  answer = (request, socket) => {
    if (request.type !== 'call.hang-up') return good(request);
    socket.terminate();
    return undefined;
  };
  const { connection } = connect();
  await expect(connection.request('call.hang-up', { callId: 'c' as never })).rejects.toMatchObject({
    code: 'connection-lost',
  });
  await until(() => connection.state === 'open');
  expect(types()).toEqual(['hello', 'call.hang-up', 'hello']);
});

test('V8 a refused hello that asks to tell the person ends the connection and every waiting request', async () => {
  answer = () => refused('unknown-site');
  const { connection, refusals } = connect();
  const waiting = connection.request('leg.mute', { muted: true });
  await expect(waiting).rejects.toMatchObject({ code: 'unknown-site' });
  expect(connection.state).toBe('closed');
  expect(refusals.map(error => error.code)).toEqual(['unknown-site']);
});

test('V8 a hello that is refused for now is tried again', async () => {
  answer = request => (asked.length === 1 ? refused('store-down') : good(request));
  const { connection, refusals } = connect();
  await until(() => connection.state === 'open');
  expect(types()).toEqual(['hello', 'hello']);
  expect(refusals).toEqual([]);
});

test('V9 a connection that another tab took over is not taken back', async () => {
  const { connection, refusals } = connect();
  await until(() => connection.state === 'open');
  asked[0]!.socket.close(closeCodes.replaced);
  await until(() => connection.state === 'closed');
  expect(refusals.map(error => error.code)).toEqual(['replaced']);
});

const ofWebSocket = [
  ['not UTF-8', 1007],
  ['too long', 1009],
  ['none of ours', 1011],
] as const;
test.each([...Object.entries(closeCodes), ...ofWebSocket])(
  'D26 a client does what the table says about a socket that is closed (%s)',
  async (_, code) => {
    const { connection, states, refusals } = connect();
    await until(() => connection.state === 'open');
    const timers = vi.spyOn(globalThis, 'setTimeout');
    onTestFinished(() => timers.mockRestore());
    asked[0]!.socket.close(code);
    await until(() => connection.state !== 'open');
    const delays = timers.mock.calls.map(([, delay]) => delay);
    if (afterClose(code) === 'stop') {
      expect(states).toEqual(['connecting', 'open', 'closed']);
      expect(refusals).toHaveLength(1);
      return;
    }
    const [soon, late] = [limits.reconnectFirstMs, limits.reconnectMostMs];
    expect(delays).toContain(afterClose(code) === 'reconnect' ? soon : late);
    expect(delays).not.toContain(afterClose(code) === 'reconnect' ? late : soon);
    connection.hurry({ type: 'asked' });
    await until(() => connection.state === 'open');
    expect(refusals).toEqual([]);
  },
);

test('D26 the table: what would happen again is not tried again', () => {
  const { goingAway, badMessage, helloRefused, signedOut, helloTimeout, replaced, tooMany } = closeCodes;
  expect([badMessage, helloRefused, signedOut, replaced].map(afterClose)).toEqual(Array(4).fill('stop'));
  expect([goingAway, helloTimeout, 1006, 1011].map(afterClose)).toEqual(Array(4).fill('reconnect'));
  expect([tooMany, 1002, 1007, 1009].map(afterClose)).toEqual(Array(4).fill('reconnect-late'));
});

test('D31 whoever is signed out is asked to sign in, by a code of its own; a page from before that code is refused a ticket', async () => {
  const { connection, refusals } = connect();
  await until(() => connection.state === 'open');
  asked[0]!.socket.close(closeCodes.signedOut);
  await until(() => connection.state === 'closed');
  expect(refusals.map(error => error.code)).toEqual(['sign-in-needed']);
  // To such a page it is a code like any other that it does not know.
  let signedIn = true;
  const hello = async () => {
    if (signedIn) return { protocolVersion, role: 'rep', ticket: 'x' } as const;
    throw new SignalingError('sign-in-needed', 'Please sign in.');
  };
  const before = connect({ hello });
  await until(() => before.connection.state === 'open');
  signedIn = false;
  asked.at(-1)!.socket.close(4499);
  await until(() => before.connection.state === 'closed');
  expect(before.states).toEqual(['connecting', 'open', 'reconnecting', 'closed']);
  expect(before.refusals.map(error => error.code)).toEqual(['sign-in-needed']);
});

test('V10 a server that stops answering beats is left for a new connection', async () => {
  const first = { heartbeatMs: 20, heartbeatMisses: 2, view: {} };
  answer = request => {
    if (request.type === 'hello' && asked.length === 1) return { ok: true, data: first };
    return asked.some(({ request }, index) => index > 0 && request.type === 'hello')
      ? good(request)
      : undefined;
  };
  const { connection, states } = connect();
  await until(() => states.includes('reconnecting'));
  expect(types().filter(type => type === 'beat')).toHaveLength(2);
  await until(() => connection.state === 'open');
});

test('V10 while beats are answered the connection stays', async () => {
  answer = request =>
    request.type === 'hello' ? { ok: true, data: { ...helloAnswer, heartbeatMs: 10 } } : good(request);
  const { states } = connect();
  await until(() => types().filter(type => type === 'beat').length >= 10);
  expect(states).toEqual(['connecting', 'open']);
});

test('V11 a hello that cannot be made now (no ticket) is tried again', async () => {
  const hello = vi
    .fn()
    .mockRejectedValueOnce(new TypeError('offline'))
    .mockResolvedValue({ protocolVersion, role: 'rep', ticket: 'x' });
  const { connection } = connect({ hello });
  await until(() => connection.state === 'open');
  expect(hello).toHaveBeenCalledTimes(2);
});

test('V11 a hello that says sign in again ends the connection', async () => {
  const { connection, refusals } = connect({
    hello: async () => {
      throw new SignalingError('sign-in-needed', 'Please sign in.');
    },
  });
  await until(() => connection.state === 'closed');
  expect(refusals.map(error => error.code)).toEqual(['sign-in-needed']);
});

test('V12 after close nothing is sent, nothing reconnects, and requests fail', async () => {
  const { connection, states } = connect();
  await until(() => connection.state === 'open');
  connection.close();
  connection.close();
  await expect(connection.request('beat', {})).rejects.toMatchObject({ code: 'connection-lost' });
  expect(states).toEqual(['connecting', 'open', 'closed']);
});

test('V13 pushes reach their owner in order', async () => {
  const { connection, pushes } = connect();
  await until(() => connection.state === 'open');
  for (const push of ['view', 'hearing', 'leg-lost']) asked[0]!.socket.send(JSON.stringify({ push }));
  await until(() => pushes.length === 3);
  expect(pushes.map(({ push }) => push)).toEqual(['view', 'hearing', 'leg-lost']);
});

test('V24 a page that slept asks at once whether its connection is alive, and replaces one that does not answer', async () => {
  let silent = false;
  answer = request =>
    silent
      ? undefined
      : request.type === 'hello'
        ? { ok: true, data: { ...helloAnswer, heartbeatMs: 200, heartbeatMisses: 1_000 } }
        : good(request);
  const { connection, states } = connect();
  await until(() => connection.state === 'open');
  // Nothing runs, as in a machine that is asleep. So few beats in vain would never end the connection.
  silent = true;
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_000);
  await vi.waitUntil(() => states.includes('reconnecting'), { timeout: 20_000 });
  silent = false;
  await until(() => connection.state === 'open');
}, 30_000);
