/** A server under test: a child process with its worker, pinned to one core, and what they cost. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Core of the servers under test, and core of whoever puts load on them. */
export const cores = { servers: 0, load: 1 } as const;

export class Contender {
  /** Those that run. */
  static readonly #running = new Set<Contender>();
  readonly name: string;
  readonly origin: string;
  readonly setUpToken: string | null;
  readonly #child: ChildProcess;

  private constructor(
    name: string,
    child: ChildProcess,
    { port, setUpToken = null }: { port: number; setUpToken?: string | null },
  ) {
    this.name = name;
    this.origin = `http://127.0.0.1:${port}`;
    this.setUpToken = setUpToken;
    this.#child = child;
    Contender.#running.add(this);
  }

  /** What a benchmark that failed has left running would be measured with the next one. */
  static async stopAll(): Promise<void> {
    await Promise.all([...Contender.#running].map(contender => contender.stop()));
  }

  /** @param script sends `{port}` when it is ready and ends when the channel closes */
  static async start(name: string, script: URL): Promise<Contender> {
    const child = spawn('taskset', ['-c', String(cores.servers), process.execPath, fileURLToPath(script)], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    const ended = once(child, 'exit').then(([code]) => {
      throw new Error(`${name} ended with ${code} before it was ready`);
    });
    const [message] = await Promise.race([once(child, 'message'), ended]);
    ended.catch(() => {});
    return new Contender(name, child, message as { port: number; setUpToken?: string | null });
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

  /** Idempotent. */
  async stop(): Promise<void> {
    Contender.#running.delete(this);
    if (this.#child.exitCode !== null) return;
    const exit = once(this.#child, 'exit');
    this.#child.disconnect();
    await exit;
  }
}

function childrenOf(pid: number): number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
}

/** All threads' time on a processor; nanosecond figures, where /proc/<pid>/stat counts in hundredths of a second. */
function cpuSeconds(pid: number): number {
  let nanoseconds = 0;
  for (const thread of readdirSync(`/proc/${pid}/task`)) {
    nanoseconds += Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]);
  }
  return nanoseconds / 1e9;
}
