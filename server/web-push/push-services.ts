/** Sends notifications to browsers whose page is closed, through the push services of their makers. */
import { createECDH, hkdfSync } from 'node:crypto';
import webPush from 'web-push';
import { limits } from '../../shared/limits.ts';
import type { PushSubscription } from '../../shared/protocol.ts';
import { createGuardedClient } from '../net/guarded-client.ts';

/** `gone`: that browser takes no more of them. */
export type PushOutcome = 'sent' | 'gone';

export type PushServices = {
  /** What browsers subscribe with (`applicationServerKey`): base64url of an uncompressed P-256 point. */
  readonly publicKey: string;
  /** Only known services are ever asked: an address from a page must not lead this server to just anybody. */
  knows(endpoint: string): boolean;
  /** Encrypted for that browser alone (RFC 8291). Rejects when the service cannot be reached or refuses. */
  send(subscription: PushSubscription, message: unknown): Promise<PushOutcome>;
};

/** Chrome and its kin, Firefox, Edge on Windows, Safari: a host, or with a leading dot all those below it. */
const hosts = [
  'fcm.googleapis.com',
  'updates.push.services.mozilla.com',
  '.notify.windows.com',
  '.push.apple.com',
];

type PushOptions = {
  /** From which the key pair is derived, so that a restart keeps subscriptions valid; 32 bytes or more. */
  secret: Uint8Array;
  /** Whom a push service may write to about these messages: an `https:` address. */
  contact: string;
  /** Origins of further push services. The operator named them, so they may be anywhere, in private networks too. */
  services: readonly string[];
};

export function createPushServices({ secret, contact, services }: PushOptions): PushServices {
  const keys = keyPair(secret);
  const client = createGuardedClient({
    names: hosts,
    trustedOrigins: services,
    timeoutMs: limits.pushTimeoutMs,
    maxBytes: limits.maxPushAnswerBytes,
  });
  return {
    publicKey: keys.publicKey,
    knows: client.accepts,
    async send(subscription, message) {
      if (!client.accepts(subscription.endpoint)) return 'gone';
      const { headers, body } = webPush.generateRequestDetails(subscription, JSON.stringify(message), {
        vapidDetails: { subject: contact, ...keys },
        // Who is found later than this finds nobody who waits.
        TTL: limits.pushRingMs / 1000,
        urgency: 'high',
        topic: 'call',
      });
      const { status } = await client.send(subscription.endpoint, { method: 'POST', headers, body });
      // Not found, or gone: unsubscribed (RFC 8030, 7.3).
      if (status === 404 || status === 410) return 'gone';
      if (status < 200 || status > 299) throw new Error(`the push service answered ${status}`);
      return 'sent';
    },
  };
}

/** A P-256 key pair from the secret. Not every 32 bytes are a private key, but nearly all are: the first that is. */
function keyPair(secret: Uint8Array): { publicKey: string; privateKey: string } {
  for (let attempt = 0; ; attempt++) {
    const ecdh = createECDH('prime256v1');
    try {
      ecdh.setPrivateKey(Buffer.from(hkdfSync('sha256', secret, '', `talk-to-us web-push ${attempt}`, 32)));
    } catch (error) {
      if (attempt === 100) throw error;
      continue;
    }
    return { publicKey: ecdh.getPublicKey('base64url'), privateKey: ecdh.getPrivateKey('base64url') };
  }
}
