/**
 * The yardstick of the browser side: two pages with one `RTCPeerConnection` each and nothing in between but a WebSocket
 * that hands descriptions and candidates on, opened beside the microphone on the click.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { WebSocketServer } from 'ws';

export class DirectPeer {
  readonly origin: string;
  readonly #close: () => void;

  /** Serves both pages: `/caller` and `/callee`. */
  static async start(): Promise<DirectPeer> {
    const server = createServer((request, response) => {
      response.setHeader('content-type', 'text/html; charset=utf-8');
      response.end(request.url === '/callee' ? page(callee) : page(caller));
    });
    const relay = new WebSocketServer({ server, perMessageDeflate: false });
    relay.on('connection', socket => {
      socket.on('message', (message, isBinary) => {
        for (const other of relay.clients) if (other !== socket) other.send(message, { binary: isBinary });
      });
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    return new DirectPeer(`http://127.0.0.1:${port}`, () => {
      for (const socket of relay.clients) socket.terminate();
      server.closeAllConnections();
      server.close();
    });
  }

  private constructor(origin: string, close: () => void) {
    this.origin = origin;
    this.#close = close;
  }

  /** The callee has the microphone open and, `speaking` or not, answers every caller at once. */
  async openCallee(page: Page, { speaking }: { speaking: boolean }): Promise<void> {
    await page.goto(`${this.origin}/callee`);
    await page.evaluate(speaks => (globalThis as Callee).ready(speaks), speaking);
  }

  async openCaller(page: Page): Promise<void> {
    await page.goto(`${this.origin}/caller`);
  }

  /** Idempotent. */
  close(): void {
    this.#close();
  }
}

/** Runs in the callee's page: begins to speak in the connection that there is; when, ms of the system's clock. */
export const speak = (page: Page): Promise<number> => page.evaluate(() => (globalThis as Callee).speak());

type Callee = typeof globalThis & {
  ready(speaking: boolean): Promise<void>;
  speak(): number;
};

const page = (
  script: string,
) => `<!doctype html><html><head><title>Direct</title><link rel="icon" href="data:,"></head>
  <body style="margin: 0; padding: 40px"><button style="font-size: 24px">Talk</button><script>${shared}${script}</script></body></html>`;

/** As our own microphone is opened. */
const shared = `
  let socket;
  const send = message => socket.send(JSON.stringify(message));
  const openSocket = () => new Promise(resolve => {
    socket = new WebSocket(location.origin.replace('http', 'ws'));
    socket.onmessage = ({ data }) => received(JSON.parse(data));
    socket.onopen = resolve;
  });
  const microphone = async () => {
    const stream = await navigator.mediaDevices.getUserMedia({ audio:
      { channelCount: 1, echoCancellation: true, noiseSuppression: true, autoGainControl: true } });
    return stream.getAudioTracks()[0];
  };
  globalThis.peer = undefined;
  const connect = () => {
    peer?.close();
    peer = new RTCPeerConnection();
    peer.onicecandidate = ({ candidate }) => candidate && send({ candidate });
  };`;

const caller = `
  globalThis.hangUp = () => { peer?.close(); peer = undefined; };
  const button = document.querySelector('button');
  const received = async ({ description, candidate }) => {
    if (description) await peer.setRemoteDescription(description);
    else await peer.addIceCandidate(candidate);
  };
  button.onclick = async () => {
    socket?.close();
    const [track] = await Promise.all([microphone(), openSocket()]);
    connect();
    peer.ontrack = ({ track }) => {
      const audio = new Audio();
      audio.srcObject = new MediaStream([track]);
      audio.play();
    };
    peer.addTrack(track);
    await peer.setLocalDescription();
    send({ description: peer.localDescription });
  };`;

const callee = `
  let track, speaks;
  globalThis.ready = async speaking => {
    [track] = await Promise.all([microphone(), openSocket()]);
    speaks = speaking;
  };
  globalThis.speak = () => { void peer.getSenders()[0].replaceTrack(track); return Date.now(); };
  const received = async ({ description, candidate }) => {
    if (candidate) return peer.addIceCandidate(candidate);
    connect();
    await peer.setRemoteDescription(description);
    const [transceiver] = peer.getTransceivers();
    transceiver.direction = 'sendrecv';
    if (speaks) await transceiver.sender.replaceTrack(track);
    await peer.setLocalDescription();
    send({ description: peer.localDescription });
  };`;
