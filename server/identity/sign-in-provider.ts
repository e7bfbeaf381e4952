/**
 * Signing in by a provider that speaks OpenID Connect: the authorization code flow with PKCE, state and nonce. Whoever runs
 * this server chose the provider, so it may be on this machine or in a private network.
 */
import { hkdfSync } from 'node:crypto';
import type { Kysely } from 'kysely';
import * as client from 'openid-client';
import type { Logger } from 'pino';
import { limits } from '../../shared/limits.ts';
import type { Database } from '../store/schema.ts';
import { spend } from '../store/users.ts';
import { type Clock, type Random, secureRandom } from './clock-and-random.ts';
import type { Secrets } from './secrets.ts';
import { createTokens } from './tokens.ts';

export type ProviderSettings = {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** As people know it. */
  name: string;
};

/** Who came back, as the provider knows them. */
export type ProviderPerson = {
  issuer: string;
  subject: string;
  /** In small letters; null where the provider tells none. */
  email: string | null;
  emailVerified: boolean;
};

/** Why nobody came back: no answer, an answer to a question that nobody has asked (any more), or a no. */
export class ProviderError extends Error {
  readonly reason: 'provider-away' | 'expired' | 'refused';
  constructor(reason: ProviderError['reason'], options?: { cause?: unknown }) {
    super(`sign-in provider: ${reason}`, options);
    this.name = 'ProviderError';
    this.reason = reason;
  }
}

export type SignInProvider = {
  readonly name: string;
  /** Where to send the browser, and what it is to bring back along. Throws `ProviderError`. */
  begin(redirectUri: string): Promise<{ address: URL; flow: string }>;
  /**
   * Who came back. `flow` is good once, within `limits.providerSignInMs`. Throws `ProviderError`.
   *
   * @param returned the redirect URI with what the provider added
   */
  finish(flow: string, returned: URL): Promise<ProviderPerson>;
};

export function createSignInProvider(options: {
  settings: ProviderSettings;
  db: Kysely<Database>;
  secrets: Secrets;
  now: Clock;
  random?: Random;
  log: Logger;
}): SignInProvider {
  const { settings, db, secrets, now, random = secureRandom, log } = options;
  const tokens = createTokens({ secret: secrets.tokenKey, now, random });
  const discovered = rediscovered(() => discover(settings));

  /** All secrets of a flow follow from its id and our key, so that the cookie holds none of them. */
  const derived = (flowId: string, what: 'state' | 'nonce' | 'verifier') =>
    Buffer.from(hkdfSync('sha256', secrets.tokenKey, flowId, `talk-to-us sign-in ${what}`, 32)).toString(
      'base64url',
    );
  /** Only the kind of an error is logged: the rest may hold what the provider sent. */
  const fail = (reason: ProviderError['reason'], cause: unknown): never => {
    log.warn({ reason, kind: kindOf(cause) }, 'signing in by the provider failed');
    throw new ProviderError(reason);
  };
  const configuration = () => discovered().catch(cause => fail('provider-away', cause));

  return {
    name: settings.name,

    async begin(redirectUri) {
      const config = await configuration();
      const flow = tokens.issue('provider-sign-in', 'anybody', limits.providerSignInMs);
      const flowId = tokens.read('provider-sign-in', flow)?.tokenId ?? '';
      const address = client.buildAuthorizationUrl(config, {
        redirect_uri: redirectUri,
        scope: 'openid email',
        state: derived(flowId, 'state'),
        nonce: derived(flowId, 'nonce'),
        code_challenge: await client.calculatePKCECodeChallenge(derived(flowId, 'verifier')),
        code_challenge_method: 'S256',
      });
      return { address, flow };
    },

    async finish(flow, returned) {
      const claims = tokens.read('provider-sign-in', flow);
      if (!claims) throw new ProviderError('expired');
      const state = derived(claims.tokenId, 'state');
      if (returned.searchParams.get('state') !== state) throw new ProviderError('expired');
      if (!(await spend(db, claims.tokenId, claims.usableUntil, now()))) throw new ProviderError('expired');
      const config = await configuration();
      return ask(config, returned, {
        expectedState: state,
        expectedNonce: derived(claims.tokenId, 'nonce'),
        pkceCodeVerifier: derived(claims.tokenId, 'verifier'),
        idTokenExpected: true,
      }).catch(cause => fail(isAway(cause) ? 'provider-away' : 'refused', cause));
    },
  };
}

async function ask(
  config: client.Configuration,
  returned: URL,
  checks: client.AuthorizationCodeGrantChecks,
): Promise<ProviderPerson> {
  const granted = await client.authorizationCodeGrant(config, returned, checks);
  const told = granted.claims();
  if (!told) throw new ProviderError('refused');
  // Many providers keep it out of the token.
  const { email, email_verified: verified } =
    typeof told.email === 'string'
      ? told
      : await client.fetchUserInfo(config, granted.access_token, told.sub);
  return {
    ...{ issuer: told.iss, subject: told.sub },
    email: typeof email === 'string' ? email.trim().toLowerCase() : null,
    emailVerified: verified === true,
  };
}

function discover({ issuer, clientId, clientSecret }: ProviderSettings): Promise<client.Configuration> {
  const basic = client.ClientSecretBasic(clientSecret);
  const post = client.ClientSecretPost(clientSecret);
  return client.discovery(
    new URL(issuer),
    clientId,
    { [client.clockTolerance]: clockToleranceS },
    // `client_secret_basic` is what a provider has that says nothing.
    (as, ...rest) =>
      (as.token_endpoint_auth_methods_supported?.includes('client_secret_basic') ?? true)
        ? basic(as, ...rest)
        : post(as, ...rest),
    {
      timeout: limits.providerAnswerMs / 1_000,
      execute: issuer.startsWith('http:') ? [client.allowInsecureRequests] : [],
    },
  );
}

/** How far the provider's clock may be apart from ours. */
const clockToleranceS = 30;

/**
 * Asked for when it is needed first, by one request however many wait for it, and again once it is old; when that fails the
 * old one is good enough. A failure is not kept.
 */
function rediscovered(find: () => Promise<client.Configuration>): () => Promise<client.Configuration> {
  let known: { config: client.Configuration; at: number } | undefined;
  let finding: Promise<client.Configuration> | undefined;
  const findOnce = () => {
    finding ??= find()
      .then(config => {
        known = { config, at: performance.now() };
        return config;
      })
      .finally(() => {
        finding = undefined;
      });
    return finding;
  };
  return async () => {
    if (!known) return findOnce();
    if (performance.now() - known.at > limits.providerKnownMs) void findOnce().catch(() => undefined);
    return known.config;
  };
}

const kindOf = (error: unknown): string => {
  const { code, error: told } = Object(error) as { code?: unknown; error?: unknown };
  const name = error instanceof Error ? error.name : 'other';
  return [name, code, told]
    .filter(part => typeof part === 'string')
    .join(' ')
    .slice(0, limits.maxTextLength);
};

/** No answer, or none that a provider gives. `fetch` throws a `TypeError` where it reaches nobody. */
const isAway = (error: unknown): boolean =>
  (error instanceof TypeError && !('code' in error)) ||
  (error instanceof client.ClientError && awayCodes.has(error.code ?? ''));
const awayCodes: ReadonlySet<string> = new Set([
  'OAUTH_TIMEOUT',
  'OAUTH_ABORT',
  'OAUTH_PARSE_ERROR',
  'OAUTH_RESPONSE_IS_NOT_JSON',
  'OAUTH_RESPONSE_IS_NOT_CONFORM',
]);
