/** The native load (`native/load-generator.c`): a process that many connections send from, on the core of the load. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { cpuSeconds } from './contender.ts';
import { compile, type Program } from './native.ts';

/** What it sends: RTP with this much payload. An SSRC of 0 sends nothing. */
export type Voice = { ssrc: number; payloadType: number; payloadBytes: number };
export type Address = { ip: string; port: number };
/** The ICE credentials of a lite server, and those that the client gave itself in its description. */
export type Ice = {
  usernameFragment: string;
  password: string;
  clientFragment: string;
  clientPassword: string;
};

/** Ports of this machine that connections which name their candidates come from. */
const firstPort = 20_000;

/** Of all its connections, which need no secret between them. */
export const clientIce = { clientFragment: 'load', clientPassword: 'theSameForEachConnection' };

export type Counts = { sent: number; received: number };

export class LoadGenerator {
  /** Of the certificate of all its connections, SHA-256. It is the DTLS client. */
  readonly fingerprint: string;
  readonly #child: ChildProcess;
  readonly #program: Program;
  readonly #opening = new Map<number, { resolve: () => void; reject: (error: Error) => void }>();
  readonly #counting: ((counts: Counts) => void)[] = [];
  #nextId = 0;
  #reserved = 0;

  private constructor(
    child: ChildProcess,
    program: Program,
    fingerprint: string,
    lines: NodeJS.EventEmitter,
  ) {
    this.#child = child;
    this.#program = program;
    this.fingerprint = fingerprint;
    lines.on('line', (line: string) => this.#answered(line));
    child.once('exit', code => {
      for (const { reject } of this.#opening.values()) reject(new Error(`the load ended with ${code}`));
    });
  }

  static async start(): Promise<LoadGenerator> {
    const program = await compile('load-generator', ['ssl', 'crypto', 'srtp2']);
    const child = spawn(program.file, { stdio: ['pipe', 'pipe', 'inherit'] });
    const lines = createInterface({ input: child.stdout });
    const [first] = (await once(lines, 'line')) as [string];
    return new LoadGenerator(child, program, first.split(' ')[1]!, lines);
  }

  /** A port for a connection, to be named in a description before it is opened. */
  reservePort(): number {
    return firstPort + this.#reserved++;
  }

  /**
   * A WebRTC connection.
   * @param localPort one that was reserved, or 0
   * @throws Error when it does not come up
   */
  connect(group: number, server: Address, ice: Ice, voice: Voice, localPort = 0): Promise<void> {
    const { usernameFragment, password, clientFragment, clientPassword } = ice;
    const credentials = [usernameFragment, password, clientFragment, clientPassword];
    return this.#open('secure', group, server, localPort, credentials, voice);
  }

  /** A UDP socket that sends and receives RTP as it is. */
  connectPlain(group: number, server: Address, voice: Voice): Promise<void> {
    return this.#open('plain', group, server, 0, [], voice);
  }

  /** All that is open in the group sends, each 50 packets a second, until `stop`; one group at a time. */
  start(group: number): void {
    this.#say(`start ${group}`);
  }

  stop(): void {
    this.#say('stop');
  }

  count(group: number): Promise<Counts> {
    return new Promise(resolve => {
      this.#counting.push(resolve);
      this.#say(`count ${group}`);
    });
  }

  cpuSeconds(): number {
    return cpuSeconds(this.#child.pid!);
  }

  async close(): Promise<void> {
    if (this.#child.exitCode === null) {
      const exit = once(this.#child, 'exit');
      this.#child.stdin?.end();
      await exit;
    }
    await this.#program.remove();
  }

  #open(
    kind: 'secure' | 'plain',
    group: number,
    { ip, port }: Address,
    localPort: number,
    credentials: readonly string[],
    { ssrc, payloadType, payloadBytes }: Voice,
  ): Promise<void> {
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#opening.set(id, { resolve, reject });
      this.#say(
        [kind, id, group, ip, localPort, ip, port, ...credentials, ssrc, payloadType, payloadBytes].join(' '),
      );
    });
  }

  #say(line: string): void {
    this.#child.stdin?.write(`${line}\n`);
  }

  #answered(line: string): void {
    const [what, first, ...rest] = line.split(' ');
    if (what === 'count') {
      this.#counting.shift()?.({ sent: Number(first), received: Number(rest[0]) });
      return;
    }
    const opening = this.#opening.get(Number(first));
    this.#opening.delete(Number(first));
    if (what === 'connected') opening?.resolve();
    else opening?.reject(new Error(`the load could not connect: ${rest.join(' ')}`));
  }
}
