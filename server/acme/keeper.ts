/** Keeps a certificate for the operator's domains: the first one, each renewal, and patience after failures. */
import { X509Certificate } from 'node:crypto';
import type { Logger } from 'pino';
import type { AcmeReport } from '../../shared/api/server.ts';
import { inEnglish } from '../../shared/refusals-in-english.ts';
import { openAccount, orderCertificate } from './authority.ts';
import { type Account, type Failure, openAcmeFolder, type Pair } from './folder.ts';
import { acmeLimits } from './limits.ts';
import { AcmeError, toldOf } from './problems.ts';

export type CertificateKeeper = {
  /** The newest certificate, once there is one; it may have ended. */
  pair(): Pair | null;
  /** What the authority must read under `/.well-known/acme-challenge/`; null for a token it did not give. */
  answerTo(token: string): string | null;
  report(): AcmeReport;
  /** Begin to ask, now that port 80 is answered. */
  start(): void;
  /** Look whether something is due, and do it; the clock does so by itself. */
  look(): Promise<void>;
  /** Idempotent; gives up an order that is under way. */
  close(): Promise<void>;
};

type Options = {
  /** At least one. */
  domains: readonly string[];
  email: string | null;
  directory: string;
  folder: string;
  httpPort: () => number;
  /** ms UTC. */
  now: () => number;
  /** From 0 to 1. */
  random?: () => number;
  /** A new certificate is to be used from now on. */
  onCertificate: (pair: Pair) => void;
  log: Logger;
};

export async function createCertificateKeeper(options: Options): Promise<CertificateKeeper> {
  const { domains, email, directory, httpPort, now, random = Math.random, onCertificate, log } = options;
  const folder = openAcmeFolder(options.folder, { directory, email, domains });
  const answers = new Map<string, string>();
  const closed = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let working: Promise<void> | undefined;
  let current = await folder.pair();
  let renewAt = current ? renewalOf(current, random()) : 0;
  let failure: Failure | null = await folder.failure();

  /** When to ask next. What was noted by a clock that is hours ahead of today's counts for nothing. */
  const dueAt = () =>
    Math.max(renewAt, failure && failure.at < now() + acmeLimits.lookEveryMs ? failure.nextTryAt : 0);

  async function ask(): Promise<void> {
    const before = failure;
    const failures = (before?.count ?? 0) + 1;
    // Noted before anything is asked: a server that is killed and started again and again must not ask each time.
    failure = failed(new AcmeError('other', { detail: 'the server was stopped while it asked' }), failures);
    await folder.keepFailure(failure);
    try {
      const account = await ownAccount();
      current = await orderCertificate({ directory, account, domains, answers, signal: closed.signal });
    } catch (error) {
      if (closed.signal.aborted) return;
      failure = failed(error, failures);
      log.warn(
        { domains, failures, nextTryAt: new Date(failure.nextTryAt) },
        failure.told.map(inEnglish).join(' '),
      );
      await folder.keepFailure(failure);
      // Perhaps it has forgotten this one, as authorities for tests do.
      if (error instanceof AcmeError && error.code === 'refused-account') await folder.keepAccount(null);
      return;
    }
    failure = null;
    renewAt = renewalOf(current, random());
    onCertificate(current);
    await folder.keepPair(current);
    log.info({ domains, until: endOf(current), renewAt: new Date(renewAt) }, 'a certificate was obtained');
  }

  async function ownAccount(): Promise<Account> {
    const kept = await folder.account();
    if (kept) return kept;
    const fresh = await openAccount({ directory, email, signal: closed.signal });
    await folder.keepAccount(fresh);
    return fresh;
  }

  function failed(error: unknown, count: number): Failure {
    const known =
      error instanceof AcmeError
        ? error
        : new AcmeError('other', { detail: error instanceof Error ? error.message : String(error) });
    const doubled = Math.min(acmeLimits.firstRetryMs * 2 ** (count - 1), acmeLimits.lastRetryMs);
    const patience = Math.max(doubled * (1 + random() / 4), known.retryAfterMs ?? 0);
    const nextTryAt = now() + Math.min(patience, acmeLimits.askedRetryMs);
    const told = toldOf(known, { domains, directory, httpPort: httpPort() });
    return { count, at: now(), nextTryAt, told };
  }

  function look(): Promise<void> {
    working ??= (async () => {
      if (now() >= dueAt()) await ask();
    })().finally(() => {
      working = undefined;
    });
    return working;
  }

  function watch(): void {
    if (closed.signal.aborted) return;
    const wait = Math.min(Math.max(0, dueAt() - now()), acmeLimits.lookEveryMs);
    timer = setTimeout(() => {
      look()
        // Of the disk: what could not be kept is tried again with the patience of a failure.
        .catch(err => log.error({ err }, 'what was learnt of the certificate could not be kept'))
        .finally(watch);
    }, wait);
  }

  return {
    pair: () => current,
    answerTo: token => answers.get(token) ?? null,
    report: () => ({
      domains: [...domains],
      until: current && endOf(current).getTime() > now() ? endOf(current).getTime() : null,
      failure: working || !failure ? null : { told: failure.told, nextTryAt: failure.nextTryAt },
    }),
    start: watch,
    look,
    async close() {
      closed.abort();
      clearTimeout(timer);
      await working?.catch(() => {});
    },
  };
}

const endOf = ({ cert }: Pair) => new X509Certificate(cert).validToDate;

/** By chance a little earlier than it must be, so that the servers of this world do not all ask in one hour. */
function renewalOf({ cert }: Pair, chance: number): number {
  const { validFromDate, validToDate } = new X509Certificate(cert);
  const life = validToDate.getTime() - validFromDate.getTime();
  const left = acmeLimits.renewedWithLeft + acmeLimits.renewalSpread * chance;
  return validToDate.getTime() - life * left;
}
