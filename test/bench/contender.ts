/** A server under test: a child process with its worker, pinned to one core, and what they cost. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import packageJson from '../../package.json' with { type: 'json' };

/** Core of the servers under test, and core of whoever puts load on them. */
export const cores = { servers: 0, load: 1 } as const;

/** Runs what stands after it where the servers run. */
export const onServersCore = ['taskset', '-c', String(cores.servers)];

type Ready = { port: number; setUpToken?: string | null };
/** What may be asked of a server while it runs; see `answerQuestions`. */
export type Question = { ask: number; question: string; data?: unknown };
type Reply = { answer: number; value: unknown };

/** What `npm start` gives to Node, so that our server is measured as it ships. */
const shippedFlags = (/node((?: --\S+)*) server\/main\.ts/.exec(packageJson.scripts.start)?.[1] ?? '')
  .split(' ')
  .filter(Boolean);

export class Contender {
  /** Those that run. */
  static readonly #running = new Set<Contender>();
  static #questions = 0;
  readonly name: string;
  readonly origin: string;
  readonly setUpToken: string | null;
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, (value: never) => void>();

  private constructor(name: string, child: ChildProcess, { port, setUpToken = null }: Ready) {
    this.name = name;
    this.origin = `http://127.0.0.1:${port}`;
    this.setUpToken = setUpToken;
    this.#child = child;
    child.on('message', message => {
      const { answer, value } = message as Reply;
      this.#waiting.get(answer)?.(value as never);
      this.#waiting.delete(answer);
    });
    Contender.#running.add(this);
  }

  /** What a benchmark that failed has left running would be measured with the next one. */
  static async stopAll(): Promise<void> {
    await Promise.all([...Contender.#running].map(contender => contender.stop()));
  }

  /**
   * @param script sends `{port}` when it is ready and ends when the channel closes
   * @param given what the script reads as JSON from its first argument
   */
  static async start(name: string, script: URL, given: object = {}): Promise<Contender> {
    const flags = script.pathname.endsWith('/our-server.ts') ? shippedFlags : [];
    const command = [
      ...onServersCore,
      process.execPath,
      ...flags,
      fileURLToPath(script),
      JSON.stringify(given),
    ];
    const child = spawn(command[0]!, command.slice(1), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    const ended = once(child, 'exit').then(([code]) => {
      throw new Error(`${name} ended with ${code} before it was ready`);
    });
    const [message] = await Promise.race([once(child, 'message'), ended]);
    ended.catch(() => {});
    return new Contender(name, child, message as Ready);
  }

  get pid(): number {
    return this.#child.pid!;
  }

  /** The media workers, and whatever else it started. */
  childPids(): number[] {
    return childrenOf(this.pid);
  }

  /** CPU seconds used so far by the process and its children, by the system's scheduler. */
  cpuSeconds(): number {
    return [this.pid, ...this.childPids()].reduce((sum, one) => sum + cpuSeconds(one), 0);
  }

  /** Without the media workers: what signaling, routing and the store take. */
  nodeCpuSeconds(): number {
    return cpuSeconds(this.pid);
  }

  /** What the server says of itself. */
  ask<T>(question: string, data?: unknown): Promise<T> {
    const ask = ++Contender.#questions;
    return new Promise((resolve, reject) => {
      this.#waiting.set(ask, resolve);
      this.#child.send({ ask, question, data } satisfies Question, error => error && reject(error));
    });
  }

  /** Idempotent. */
  async stop(): Promise<void> {
    Contender.#running.delete(this);
    if (this.#child.exitCode !== null) return;
    const exit = once(this.#child, 'exit');
    this.#child.disconnect();
    await exit;
  }
}

/** In the child: answers what `Contender.ask` asks. */
export function answerQuestions(answers: Record<string, (data: never) => unknown>): void {
  process.on('message', async message => {
    const { ask, question, data } = message as Question;
    const answer = answers[question];
    if (!answer) throw new Error(`nobody answers "${question}" here`);
    process.send?.({ answer: ask, value: await answer(data as never) } satisfies Reply);
  });
}

function childrenOf(pid: number): number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
}

/** All threads' time on a processor; nanosecond figures, where /proc/<pid>/stat counts in hundredths of a second. */
export function cpuSeconds(pid: number): number {
  let nanoseconds = 0;
  for (const thread of readdirSync(`/proc/${pid}/task`)) {
    nanoseconds += Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]);
  }
  return nanoseconds / 1e9;
}
