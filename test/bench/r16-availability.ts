/**
 * R16: what every visitor of a shop asks once, before anybody clicks: how many such answers one second of processor time
 * gives, ours over Node's own HTTP server sending the same bytes. One rep is on duty, so that calls are taken.
 */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { type Benchmark, judge, loadFault, median, type Round, turns } from './benchmark.ts';
import { Contender } from './contender.ts';
import { Crowd } from './crowd.ts';
import { nextAddress } from './people.ts';

const connections = 40;
const rounds = 11;
const warmUpMs = 300;
const measureMs = 1_500;
const path = '/api/sites/demo/availability';

/** One keep-alive connection that asks again as soon as it is answered. It reads nothing but the length. */
class Asker {
  answers = 0;
  readonly #socket: Socket;
  readonly #request: string;
  #going = false;
  #missing = 0;

  private constructor(socket: Socket, request: string, answerBytes: number) {
    this.#socket = socket;
    this.#request = request;
    socket.on('data', chunk => {
      this.#missing -= chunk.length;
      if (this.#missing > 0) return;
      this.answers++;
      this.#missing = answerBytes;
      if (this.#going) this.#ask();
    });
    this.#missing = answerBytes;
  }

  static async open(origin: string, answerBytes: number): Promise<Asker> {
    const { hostname, port } = new URL(origin);
    const socket = connect({
      host: hostname,
      port: Number(port),
      localAddress: nextAddress(),
      noDelay: true,
    });
    await once(socket, 'connect');
    return new Asker(socket, requestFor(origin), answerBytes);
  }

  start(): void {
    this.#going = true;
    this.#ask();
  }

  stop(): void {
    this.#going = false;
  }

  close(): void {
    this.#socket.destroy();
  }

  #ask(): void {
    this.#socket.write(this.#request);
  }
}

/** As a current browser sends it from the shop's page. */
const requestFor = (origin: string) =>
  [
    `GET ${path} HTTP/1.1`,
    `Host: ${new URL(origin).host}`,
    'Connection: keep-alive',
    'Accept: */*',
    'Accept-Encoding: gzip, deflate, br, zstd',
    'Accept-Language: en-GB,en;q=0.9',
    `Origin: ${origin}`,
    `Referer: ${origin}/`,
    'Sec-Fetch-Dest: empty',
    'Sec-Fetch-Mode: cors',
    'Sec-Fetch-Site: same-origin',
    'User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
    '\r\n',
  ].join('\r\n');

type Measured = { perCpuSecond: number; load: number };

async function measure(contender: Contender, askers: readonly Asker[]): Promise<Measured> {
  for (const asker of askers) asker.start();
  await delay(warmUpMs);
  const answers = () => askers.reduce((sum, asker) => sum + asker.answers, 0);
  const before = {
    ...{ answers: answers(), cpu: contender.nodeCpuSeconds() },
    ...{ own: process.cpuUsage(), at: performance.now() },
  };
  await delay(measureMs);
  const own = process.cpuUsage(before.own);
  const seconds = (performance.now() - before.at) / 1_000;
  const perCpuSecond = (answers() - before.answers) / (contender.nodeCpuSeconds() - before.cpu);
  for (const asker of askers) asker.stop();
  await delay(warmUpMs);
  return { perCpuSecond, load: (own.user + own.system) / 1e6 / seconds };
}

/** All the bytes of one answer, and the parts that another server needs to send the same. */
async function answerOf(origin: string) {
  const socket = connect({ host: new URL(origin).hostname, port: Number(new URL(origin).port) });
  await once(socket, 'connect');
  socket.write(requestFor(origin));
  const [chunk] = (await once(socket, 'data')) as [Buffer];
  socket.destroy();
  const text = chunk.toString();
  const [head = '', body = ''] = text.split('\r\n\r\n');
  const [status = '', ...lines] = head.split('\r\n');
  if (!status.includes(' 200 ')) throw new Error(`not an answer: ${text}`);
  const headers = Object.fromEntries(
    lines.map(line => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
  );
  return { bytes: chunk.length, headers, body };
}

export const r16: Benchmark = {
  id: 'R16',
  title: 'availability: answers per CPU-second, ours / bare Node http with the same bytes',
  goal: { atLeast: 0.5 },
  async run(say) {
    const crowd = await Crowd.open();
    const ours = crowd.server;
    await crowd.addReps(1);
    const answer = await answerOf(ours.origin);
    // Node adds these by itself.
    const { Date: _, Connection: __, 'Keep-Alive': ___, ...headers } = answer.headers;
    const bare = await Contender.start('bare', new URL('./bare-http.ts', import.meta.url), {
      headers,
      body: answer.body,
    });
    const askers = new Map<Contender, Asker[]>();
    try {
      for (const server of [ours, bare]) {
        const { bytes } = await answerOf(server.origin);
        askers.set(
          server,
          await Promise.all(Array.from({ length: connections }, () => Asker.open(server.origin, bytes))),
        );
        say(`${server.name}: ${bytes} bytes an answer`);
      }
      const all: Round[] = [];
      for (let round = 0; round < rounds; round++) {
        const now = new Map<Contender, Measured>();
        for (const server of turns([ours, bare], round))
          now.set(server, await measure(server, askers.get(server)!));
        const [a, b] = [now.get(ours)!, now.get(bare)!];
        const load = Math.max(a.load, b.load);
        all.push({
          value: a.perCpuSecond / b.perCpuSecond,
          figures: { ours: a.perCpuSecond, bare: b.perCpuSecond, load },
          discounted: loadFault({ load, lost: 0 }),
        });
        say(
          `round ${round + 1} of ${rounds}: ours ${Math.round(a.perCpuSecond)}, bare ${Math.round(b.perCpuSecond)} answers per CPU-second; load ${Math.round(100 * load)} % of its core`,
        );
      }
      const of = (name: string) => Math.round(median(all.map(({ figures }) => figures[name] as number)));
      return judge(
        all,
        `ours ${of('ours')}, bare ${of('bare')} answers per CPU-second, ${answer.bytes} bytes each, ${connections} connections`,
      );
    } finally {
      for (const asker of [...askers.values()].flat()) asker.close();
      await Promise.all([crowd.close(), bare.stop()]);
    }
  },
};
