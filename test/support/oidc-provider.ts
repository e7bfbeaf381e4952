/** A real OpenID Connect provider, `oidc-provider` from npm, in this process. Whoever comes is `person`, without being asked. */
import { generateKeyPairSync } from 'node:crypto';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';

const signingKey = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' });

type Claims = { email?: string; email_verified?: boolean };

export type TestProvider = {
  /** What our server is to be set up with. */
  settings: { issuer: string; clientId: string; clientSecret: string; name: string };
  /** Who signs in there next. */
  person: { subject: string; claims: Claims };
  /** What it was asked, as method and path. */
  asked: string[];
  /** From now on answers; before, whoever asks waits in vain. `redirectUri`: where our server wants people back. */
  open(redirectUri: string): void;
  /** From now on answers nobody, though it takes connections. */
  hang(): void;
  close(): Promise<void>;
};

export async function startProvider(): Promise<TestProvider> {
  let answer: RequestListener = () => undefined;
  const server = createServer((req, res) => {
    asked.push(`${req.method} ${req.url?.split('?')[0]}`);
    answer(req, res);
  });
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  const asked: string[] = [];
  const settings = {
    issuer: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ...{ clientId: 'talk-to-us', clientSecret: 'kept between the two of us', name: 'Tideline ID' },
  };
  const person: TestProvider['person'] = { subject: 'ada-1', claims: {} };

  return {
    ...{ settings, person, asked },
    open(redirectUri) {
      answer = providerFor(settings, redirectUri, person);
    },
    hang() {
      answer = () => undefined;
    },
    async close() {
      const closed = new Promise(done => server.close(done));
      server.closeAllConnections();
      await closed;
    },
  };
}

function providerFor(
  { issuer, clientId, clientSecret }: TestProvider['settings'],
  redirectUri: string,
  person: TestProvider['person'],
): RequestListener {
  const provider = new Provider(issuer, {
    clients: [{ client_id: clientId, client_secret: clientSecret, redirect_uris: [redirectUri] }],
    claims: { openid: ['sub'], email: ['email', 'email_verified'] },
    findAccount: (_ctx, id) => ({ accountId: id, claims: async () => ({ sub: id, ...person.claims }) }),
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_ctx, { uid }) => `/interaction/${uid}` },
    cookies: { keys: ['only for tests'] },
    jwks: { keys: [{ ...signingKey, use: 'sig', alg: 'RS256' }] },
    pkce: { required: () => true },
  });
  const callback = provider.callback();
  return (req, res) => {
    if (req.url?.startsWith('/interaction/')) void letIn(provider, person.subject, req, res);
    else callback(req, res);
  };
}

/** Signs the person in and agrees to everything, in one step. */
async function letIn(
  provider: Provider,
  accountId: string,
  ...[req, res]: Parameters<RequestListener>
): Promise<void> {
  const { params } = await provider.interactionDetails(req, res);
  const grant = new provider.Grant({ accountId, clientId: String(params.client_id) });
  grant.addOIDCScope(String(params.scope));
  const grantId = await grant.save();
  await provider.interactionFinished(req, res, { login: { accountId }, consent: { grantId } });
}
