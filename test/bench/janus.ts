/** Janus from Debian as a contender: a process of its own with a configuration made for it, and its WebSocket API. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { WebSocket } from 'ws';
import { freePort } from '../support/server-process.ts';
import { until } from '../support/until.ts';
import { cpuSeconds, onServersCore } from './contender.ts';

const library = '/usr/lib/x86_64-linux-gnu/janus';

/**
 * Only what is compared is loaded. Sessions are kept without a sign of life, so that none is sent while packets are counted.
 * As an ICE-lite server, which ours is, it takes longer to set up than as Debian configures it.
 */
const configuration = (iceLite: boolean) => `
general: {
  debug_level = 2
  session_timeout = 0
  plugins_folder = "${library}/plugins"
  transports_folder = "${library}/transports"
  events_folder = "${library}/events"
  loggers_folder = "${library}/loggers"
}
nat: { ice_lite = ${iceLite} }
plugins: {
  disable = "libjanus_audiobridge.so,libjanus_duktape.so,libjanus_echotest.so,libjanus_lua.so,libjanus_nosip.so,libjanus_recordplay.so,libjanus_sip.so,libjanus_streaming.so,libjanus_textroom.so,libjanus_voicemail.so"
}
transports: {
  disable = "libjanus_http.so,libjanus_mqtt.so,libjanus_nanomsg.so,libjanus_pfunix.so,libjanus_rabbitmq.so"
}
`;

export class Janus {
  readonly #child: ChildProcess;
  readonly #port: number;
  readonly #folder: string;
  readonly #sessions = new Set<JanusSession>();

  private constructor(child: ChildProcess, port: number, folder: string) {
    this.#child = child;
    this.#port = port;
    this.#folder = folder;
  }

  static async start({ iceLite = false } = {}): Promise<Janus> {
    const port = await freePort();
    const folder = await mkdtemp(path.join(tmpdir(), 'talk-to-us-janus-'));
    await writeFile(path.join(folder, 'janus.jcfg'), configuration(iceLite));
    await writeFile(
      path.join(folder, 'janus.transport.websockets.jcfg'),
      `general: { json = "compact", ws = true, ws_port = ${port}, wss = false }\n`,
    );
    const command = [...onServersCore, 'janus', `--configs-folder=${folder}`, '--disable-colors'];
    const child = spawn(command[0]!, command.slice(1), { stdio: ['ignore', 'ignore', 'inherit'] });
    const janus = new Janus(child, port, folder);
    await until(async () => {
      if (child.exitCode !== null) throw new Error(`Janus ended with ${child.exitCode} before it was ready`);
      return JanusSession.open(port).then(
        session => session.close() ?? true,
        () => false,
      );
    });
    return janus;
  }

  /** A person's connection. Ends with this server at the latest. */
  async session(): Promise<JanusSession> {
    const session = await JanusSession.open(this.#port);
    this.#sessions.add(session);
    return session;
  }

  cpuSeconds(): number {
    return cpuSeconds(this.#child.pid!);
  }

  async stop(): Promise<void> {
    for (const session of this.#sessions) session.close();
    if (this.#child.exitCode === null) {
      const exit = once(this.#child, 'exit');
      this.#child.kill('SIGTERM');
      await exit;
    }
    await rm(this.#folder, { recursive: true, force: true });
  }
}

export type Jsep = { type: 'offer' | 'answer'; sdp: string };
type Reply = {
  janus: string;
  transaction?: string;
  sender?: number;
  data?: { id: number };
  plugindata?: { data: Record<string, unknown> };
  jsep?: Jsep;
  error?: unknown;
};
/** What a plugin says, in an answer or by itself. */
export type PluginEvent = { data: Record<string, unknown>; jsep: Jsep | undefined };

/** One WebSocket with one Janus session on it. */
export class JanusSession {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<string, (reply: Reply) => void>();
  readonly #handles = new Map<number, JanusHandle>();
  #id = 0;
  #transactions = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', text => this.#receive(JSON.parse(String(text)) as Reply));
  }

  static async open(port: number): Promise<JanusSession> {
    const socket = new WebSocket(`ws://127.0.0.1:${port}`, 'janus-protocol');
    await once(socket, 'open');
    const session = new JanusSession(socket);
    session.#id = (await session.request({ janus: 'create' })).data!.id;
    return session;
  }

  async attach(plugin: 'videoroom' | 'videocall'): Promise<JanusHandle> {
    const { data } = await this.request({
      janus: 'attach',
      session_id: this.#id,
      plugin: `janus.plugin.${plugin}`,
    });
    const handle = new JanusHandle(message =>
      this.request({ ...message, session_id: this.#id, handle_id: data!.id }),
    );
    this.#handles.set(data!.id, handle);
    return handle;
  }

  /** Resolves with the answer proper, not with the acknowledgement before it. */
  request(message: Record<string, unknown>): Promise<Reply> {
    return new Promise((resolve, reject) => {
      const transaction = String(this.#transactions++);
      this.#waiting.set(transaction, reply => {
        if (reply.janus === 'error' || reply.plugindata?.data.error)
          reject(new Error(JSON.stringify(reply.error ?? reply.plugindata)));
        else resolve(reply);
      });
      this.#socket.send(JSON.stringify({ ...message, transaction }));
    });
  }

  /** The session ends with its connection. */
  close(): void {
    this.#socket.close();
  }

  #receive(reply: Reply): void {
    if (reply.janus === 'ack') return;
    const answer = reply.transaction && this.#waiting.get(reply.transaction);
    if (answer) {
      this.#waiting.delete(reply.transaction!);
      answer(reply);
    } else if (reply.janus === 'webrtcup') this.#handles.get(reply.sender!)?.markUp();
    else if (reply.janus === 'event') this.#handles.get(reply.sender!)?.happened(eventOf(reply));
  }
}

/** A person's connection to one plugin, which is one peer connection. */
export class JanusHandle {
  readonly #request: (message: Record<string, unknown>) => Promise<Reply>;
  readonly #listeners = new Set<(event: PluginEvent) => void>();
  /** Resolves when the connection is up on the side of Janus, too, which shows a feed only then. */
  readonly up: Promise<void>;
  markUp: () => void = () => {};

  constructor(request: (message: Record<string, unknown>) => Promise<Reply>) {
    this.#request = request;
    this.up = new Promise(resolve => {
      this.markUp = resolve;
    });
  }

  async message(body: Record<string, unknown>, jsep?: Jsep): Promise<PluginEvent> {
    return eventOf(await this.#request({ janus: 'message', body, ...(jsep ? { jsep } : {}) }));
  }

  /** Janus only acknowledges these, or not at all when the peer is gone. */
  trickle(candidate: RTCIceCandidateInit | { completed: true }): void {
    void this.#request({ janus: 'trickle', candidate });
  }

  /** The next event that `wanted` makes something of, and that. Ask before it can come. */
  next<T>(wanted: (event: PluginEvent) => T | undefined): Promise<T> {
    return new Promise(resolve => {
      const listener = (event: PluginEvent) => {
        const found = wanted(event);
        if (found === undefined) return;
        this.#listeners.delete(listener);
        resolve(found);
      };
      this.#listeners.add(listener);
    });
  }

  happened(event: PluginEvent): void {
    for (const listener of [...this.#listeners]) listener(event);
  }
}

const eventOf = ({ plugindata, jsep }: Reply): PluginEvent => ({ data: plugindata?.data ?? {}, jsep });
