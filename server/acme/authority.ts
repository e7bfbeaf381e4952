/** One order at a certificate authority (RFC 8555): the domains are proved over HTTP on port 80, then a certificate is signed. */
import { setTimeout as delay } from 'node:timers/promises';
import type * as Library from 'acme-client';
import type { Account, Pair } from './folder.ts';
import { acmeLimits } from './limits.ts';
import { AcmeError, refusalOf } from './problems.ts';
import { adapter, asking, readProblem } from './requests.ts';

export type Order = {
  directory: string;
  account: Account;
  domains: readonly string[];
  /** Where the authority's questions are answered from while it checks: by token. */
  answers: Map<string, string>;
  /** Gives the order up. */
  signal: AbortSignal;
};

/**
 * Fetched only where a certificate is wanted, since it loads much. Its own HTTP client is replaced: that one waits and asks again
 * by itself, for hours where an authority says so, and loses why a connection failed.
 */
async function loadLibrary(): Promise<typeof Library> {
  const library = (await import('acme-client')).default as typeof Library;
  library.axios.defaults.adapter = adapter;
  return library;
}

/**
 * A new account, agreeing to the terms of the authority.
 * @throws AcmeError, or the signal's reason
 */
export async function openAccount({
  directory,
  email,
  signal,
}: {
  directory: string;
  email: string | null;
  signal: AbortSignal;
}): Promise<Account> {
  const { Client, crypto } = await loadLibrary();
  return asking({ directory, signal }, async () => {
    const key = (await crypto.createPrivateEcdsaKey('P-256')).toString();
    const client = new Client({ directoryUrl: directory, accountKey: key });
    const contact = email ? { contact: [`mailto:${email}`] } : {};
    await client.createAccount({ termsOfServiceAgreed: true, ...contact });
    return { key, url: client.getAccountUrl() };
  });
}

/**
 * A new key and the chain of certificates for it.
 * @throws AcmeError, or the signal's reason
 */
export async function orderCertificate(order: Order): Promise<Pair> {
  const { directory, account, domains, signal } = order;
  const { Client, crypto } = await loadLibrary();
  return asking({ directory, signal }, async () => {
    const client = new Client({
      directoryUrl: directory,
      accountKey: account.key,
      accountUrl: account.url,
    });
    const placed = await client.createOrder({
      identifiers: domains.map(value => ({ type: 'dns', value })),
    });
    await prove(client, placed, order);
    const key = (await crypto.createPrivateEcdsaKey('P-256')).toString();
    const [, request] = await crypto.createCsr({ altNames: [...domains] }, key);
    await client.finalizeOrder(placed, request);
    const signed = await settled(signal, async () => {
      const now = await client.getOrder(placed);
      if (now.status === 'invalid') throw refusalOf(readProblem(now.error));
      return now.status === 'valid' ? now : null;
    });
    return { key, cert: await client.getCertificate(signed) };
  });
}

/** Answers the authority's questions until it has seen that each domain leads here. */
async function prove(client: Library.Client, placed: Library.Order, { answers, signal }: Order) {
  const tokens: string[] = [];
  try {
    for (const authorization of await client.getAuthorizations(placed)) {
      if (authorization.status === 'valid') continue;
      const domain = authorization.identifier.value;
      const challenge = authorization.challenges.find(({ type }) => type === 'http-01');
      if (!challenge) throw new AcmeError('other', { domain, detail: 'it does not check by HTTP (http-01)' });
      tokens.push(challenge.token);
      answers.set(challenge.token, await client.getChallengeKeyAuthorization(challenge));
      await client.completeChallenge(challenge);
    }
    await settled(signal, async () => {
      const seen = await client.getAuthorizations(placed);
      for (const { status, identifier, challenges } of seen) {
        if (status === 'pending' || status === 'valid') continue;
        const failed = challenges.find(({ error }) => error);
        throw refusalOf(readProblem(failed?.error), { domain: identifier.value });
      }
      return seen.every(({ status }) => status === 'valid') || null;
    });
  } finally {
    for (const token of tokens) answers.delete(token);
  }
}

/** Looks again and again until there is something. */
async function settled<T>(signal: AbortSignal, look: () => Promise<T | null>): Promise<T> {
  const until = performance.now() + acmeLimits.checkedWithinMs;
  for (let wait: number = acmeLimits.firstLookMs; performance.now() < until; wait *= 1.5) {
    await delay(Math.min(wait, acmeLimits.lastLookMs), undefined, { signal });
    const found = await look();
    if (found !== null) return found;
  }
  throw new AcmeError('other', { detail: 'it took too long to decide' });
}
