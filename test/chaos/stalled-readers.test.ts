/** Clients that ask and never read what they are answered, and what that costs those who do read. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { protocolVersion, signalingPath } from '../../shared/wire.ts';
import { median, quantile, spread, turns } from '../bench/benchmark.ts';
import { Contender } from '../bench/contender.ts';
import { nextAddress } from '../bench/people.ts';
import { BenchSocket } from '../bench/signaling.ts';
import { figure } from '../support/figures.ts';
import { until } from '../support/until.ts';

const hello = { protocolVersion, role: 'shopper', siteKey: 'demo', keepsLeg: false };
/** Honest clients: enough that none comes near its own bound of requests per second. */
const honest = 1_000;
const others = 40;
const requestsPerRound = 1_000;
const rounds = 15;

let server: Contender;
beforeAll(async () => {
  server = await Contender.start('ours', new URL('../bench/our-server.ts', import.meta.url));
});
afterAll(() => server.stop());

/** Asks as often as it may, and reads its answers or does not. */
class Asker {
  readonly #socket: WebSocket;
  readonly #timer: NodeJS.Timeout;
  #nextId = 2;
  read = 0;

  constructor(reads: boolean) {
    this.#socket = new WebSocket(server.origin.replace('http', 'ws') + signalingPath, {
      origin: server.origin,
      localAddress: nextAddress(),
    });
    this.#socket.on('error', () => undefined);
    this.#socket.on('message', () => this.read++);
    this.#socket.on('open', () => {
      this.#socket.send(JSON.stringify({ id: 1, type: 'hello', data: hello }));
      if (!reads) this.#socket.pause();
    });
    this.#timer = setInterval(() => {
      if (this.open) this.#socket.send(JSON.stringify({ id: this.#nextId++, type: 'beat', data: {} }));
    }, 60);
  }

  get open(): boolean {
    return this.#socket.readyState === WebSocket.OPEN;
  }

  close(): void {
    clearInterval(this.#timer);
    this.#socket.terminate();
  }
}

test('S88 forty clients that read nothing cost the others no more than forty that read', async () => {
  const sockets = await Promise.all(
    Array.from({ length: honest }, async () => {
      const socket = await BenchSocket.open(server.origin, signalingPath, nextAddress());
      await socket.request('hello', hello);
      return socket;
    }),
  );
  /** The 99th percentile of the time that an answer takes, ms. */
  const p99 = async (): Promise<number> => {
    const times: number[] = [];
    for (let n = 0; n < requestsPerRound; n++) {
      const since = performance.now();
      await sockets[n % honest]!.request('beat', {});
      times.push(performance.now() - since);
    }
    return quantile(times, 0.99);
  };
  await p99();
  const ratios: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const measured = { reading: 0, stalled: 0 };
    for (const kind of turns(['reading', 'stalled'] as const, round)) {
      const askers = Array.from({ length: others }, () => new Asker(kind === 'reading'));
      await until(() => askers.every(({ open }) => open));
      measured[kind] = await p99();
      for (const asker of askers) asker.close();
    }
    ratios.push(measured.stalled / measured.reading);
  }
  for (const socket of sockets) socket.close();
  expect(median(ratios)).toBeLessThanOrEqual(1.2);
  figure('9-others', `${median(ratios).toFixed(2)} x, spread ${spread(ratios).toFixed(2)}`);
});
