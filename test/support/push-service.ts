/**
 * A push service as browsers' makers run them: takes messages for the browsers that subscribed with it (RFC 8030), and
 * hands them to those of Firefox, which hold a WebSocket open to it.
 */
import { createECDH, createPublicKey, type ECDH, randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import type { IncomingHttpHeaders } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { decrypt } from 'http_ece';
import jwt from 'jsonwebtoken';
import { WebSocket, WebSocketServer } from 'ws';
import { loadTls } from '../../server/http/tls.ts';
import type { PushSubscription } from '../../shared/protocol.ts';
import { trustAlso } from './trust.ts';

export type Received = {
  /** Decrypted with the browser's keys. */
  message: unknown;
  ttl: number;
  urgency: string | undefined;
  /** Of whoever sent it, proven by the signature. */
  sender: { publicKey: string; audience: string; contact: string };
};

/** Whoever subscribed; answers with an HTTP status. */
type Destination = { take(headers: IncomingHttpHeaders, body: Buffer): number };

/** A browser of the test itself, which reads what it gets. */
export class Subscriber implements Destination {
  readonly received: Received[] = [];
  readonly subscription: PushSubscription;
  /** Answers that it is unknown from now on. */
  unsubscribed = false;
  /** Nothing reaches it for the moment: the service answers that it is out of order. */
  outOfOrder = false;
  readonly #keys: ECDH = createECDH('prime256v1');
  readonly #auth = randomBytes(16);

  constructor(endpoint: string) {
    const p256dh = this.#keys.generateKeys('base64url');
    this.subscription = { endpoint, keys: { p256dh, auth: this.#auth.toString('base64url') } };
  }

  take(headers: IncomingHttpHeaders, body: Buffer): number {
    if (this.unsubscribed) return 410;
    if (this.outOfOrder) return 503;
    this.received.push({
      message: JSON.parse(
        decrypt(body, { version: 'aes128gcm', privateKey: this.#keys, authSecret: this.#auth }).toString(),
      ),
      ttl: Number(headers.ttl),
      urgency: String(headers.urgency),
      sender: senderOf(String(headers.authorization)),
    });
    return 201;
  }
}

export class PushService {
  readonly #server: Server;
  readonly #folder: string;
  readonly #trustNoMore: () => void;
  readonly #destinations = new Map<string, Destination>();
  readonly #browsers = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  /** The one Firefox of the test: its id, how it is connected, and what it has not got yet. */
  readonly #firefox = randomUUID();
  #connection: WebSocket | undefined;
  readonly #forFirefox: object[] = [];

  private constructor(server: Server, folder: string, trustNoMore: () => void) {
    this.#server = server;
    this.#folder = folder;
    this.#trustNoMore = trustNoMore;
    this.#browsers.on('connection', socket => {
      socket.on('message', data => this.#answerFirefox(socket, JSON.parse(data.toString()) as FromFirefox));
    });
  }

  /** On loopback, with a certificate that this process trusts until `close`. */
  static async start(): Promise<PushService> {
    const folder = await mkdtemp(path.join(tmpdir(), 'talk-to-us-push-'));
    const tls = await loadTls({ certsDir: folder, hosts: ['127.0.0.1'], now: Date.now });
    const service: PushService = new PushService(
      createServer(tls, async (request, response) => {
        const body = await buffer(request);
        const destination = service.#destinations.get(request.url ?? '');
        response.statusCode = destination?.take(request.headers, body) ?? 404;
        response.end();
      }),
      folder,
      trustAlso(tls.cert),
    );
    service.#server.listen(0, '127.0.0.1');
    await once(service.#server, 'listening');
    return service;
  }

  get origin(): string {
    return `https://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Where Firefox connects to. */
  get urlForFirefox(): string {
    return `ws://127.0.0.1:${(this.#browsers.address() as AddressInfo).port}/`;
  }

  subscribe(): Subscriber {
    const path = newPath();
    const subscriber = new Subscriber(this.origin + path);
    this.#destinations.set(path, subscriber);
    return subscriber;
  }

  async close(): Promise<void> {
    this.#trustNoMore();
    for (const browser of this.#browsers.clients) browser.terminate();
    this.#browsers.close();
    this.#server.close();
    this.#server.closeAllConnections();
    await rm(this.#folder, { recursive: true });
  }

  /** As much of its protocol as a subscription and a message need. */
  #answerFirefox(socket: WebSocket, message: FromFirefox): void {
    const say = (answer: object) => socket.send(JSON.stringify({ ...answer, status: 200 }));
    const { messageType, channelID } = message;
    if (messageType === 'hello') {
      say({ messageType, uaid: this.#firefox, use_webpush: true, broadcasts: {} });
      this.#connection = socket;
      this.#sendToFirefox();
    }
    if (messageType === 'unregister') say({ messageType, channelID });
    if (messageType !== 'register') return;
    const path = newPath();
    say({ messageType, channelID, pushEndpoint: this.origin + path });
    this.#destinations.set(path, {
      take: ({ ttl, 'content-encoding': encoding }, body) => {
        const data = body.toString('base64url');
        this.#forFirefox.push({
          messageType: 'notification',
          ...{ channelID, version: randomUUID(), ttl: Number(ttl), headers: { encoding }, data },
        });
        this.#sendToFirefox();
        return 201;
      },
    });
  }

  /** By the newest connection; while there is none, messages are kept for the next. */
  #sendToFirefox(): void {
    if (this.#connection?.readyState !== WebSocket.OPEN) return;
    for (const message of this.#forFirefox.splice(0)) this.#connection.send(JSON.stringify(message));
  }
}

type FromFirefox = { messageType?: string; channelID?: string };

const newPath = () => `/${randomBytes(8).toString('hex')}`;

/** VAPID (RFC 8292): a token signed by the key beside it. Throws when it is not. */
function senderOf(authorization: string): Received['sender'] {
  const [, token = '', publicKey = ''] = /^vapid t=([^,]+), ?k=(.+)$/.exec(authorization) ?? [];
  const point = Buffer.from(publicKey, 'base64url');
  const coordinate = (from: number) => point.subarray(from, from + 32).toString('base64url');
  const key = createPublicKey({
    format: 'jwk',
    key: { kty: 'EC', crv: 'P-256', x: coordinate(1), y: coordinate(33) },
  });
  const claims = jwt.verify(token, key, { algorithms: ['ES256'] }) as jwt.JwtPayload;
  return { publicKey, audience: String(claims.aud), contact: String(claims.sub) };
}
