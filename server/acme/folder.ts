/** What is kept of a certificate by ACME between starts: `DATA_DIR/acme`, each file for its owner only. */
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { refusal } from '../../shared/api/route.ts';
import type { Refusal } from '../../shared/refusals.ts';
import { readIfThere, replaceFile } from '../files.ts';

/** PEM; `cert` begins with the certificate itself, then comes its chain. */
export type Pair = { key: string; cert: string };

/** At an authority: its private key, PEM, and its address there. */
export type Account = { key: string; url: string };

export type Failure = {
  /** How many in a row. */
  count: number;
  /** When it was, and before when nothing is asked, ms UTC. */
  at: number;
  nextTryAt: number;
  /** Why, for a person. */
  told: Refusal[];
};

/** For which setting the files are: with another one they count for nothing. */
export type Setting = { directory: string; email: string | null; domains: readonly string[] };

export type AcmeFolder = {
  account(): Promise<Account | null>;
  /** `null` for one that the authority does not know any more. */
  keepAccount(account: Account | null): Promise<void>;
  /** The pair that was kept for this setting, if it is whole. */
  pair(): Promise<Pair | null>;
  keepPair(pair: Pair): Promise<void>;
  failure(): Promise<Failure | null>;
  /** `null` once a certificate was given. */
  keepFailure(failure: Failure | null): Promise<void>;
};

const accountShape = z.object({
  directory: z.string(),
  email: z.string().nullable(),
  key: z.string(),
  url: z.string(),
});
const stateShape = z.object({
  directory: z.string(),
  domains: z.array(z.string()),
  failure: z
    .object({ count: z.number(), at: z.number(), nextTryAt: z.number(), told: z.array(refusal).default([]) })
    .nullable(),
});

export function openAcmeFolder(folder: string, { directory, email, domains }: Setting): AcmeFolder {
  const accountFile = path.join(folder, 'account.json');
  const pairFile = path.join(folder, 'certificate.pem');
  const stateFile = path.join(folder, 'state.json');

  async function write(file: string, text: string): Promise<void> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await replaceFile(file, text, 0o600);
  }
  const read = async <T>(file: string, shape: z.ZodType<T>): Promise<T | null> =>
    shape.safeParse(parsed(await readIfThere(file))).data ?? null;

  async function state() {
    const kept = await read(stateFile, stateShape);
    const isSame = kept?.directory === directory && kept.domains.join() === domains.join();
    return isSame ? kept : null;
  }
  const keepState = (failure: Failure | null) =>
    write(stateFile, `${JSON.stringify({ directory, domains, failure }, null, 2)}\n`);

  return {
    async account() {
      const kept = await read(accountFile, accountShape);
      return kept?.directory === directory && kept.email === email ? { key: kept.key, url: kept.url } : null;
    },
    async keepAccount(account) {
      if (account === null) await rm(accountFile, { force: true });
      else await write(accountFile, `${JSON.stringify({ directory, email, ...account }, null, 2)}\n`);
    },
    async pair() {
      const text = (await state()) ? await readIfThere(pairFile) : null;
      return text === null ? null : wholePair(text, domains);
    },
    async keepPair({ key, cert }) {
      // In one file, so that a power cut leaves no key without its certificate.
      await write(pairFile, `${key.trim()}\n${cert.trim()}\n`);
      await keepState(null);
    },
    failure: async () => (await state())?.failure ?? null,
    keepFailure: keepState,
  };
}

function wholePair(text: string, domains: readonly string[]): Pair | null {
  const start = text.indexOf('-----BEGIN CERTIFICATE-----');
  if (start < 0) return null;
  const pair = { key: text.slice(0, start), cert: text.slice(start) };
  try {
    const certificate = new X509Certificate(pair.cert);
    if (!certificate.checkPrivateKey(createPrivateKey(pair.key))) return null;
    return domains.every(domain => certificate.checkHost(domain)) ? pair : null;
  } catch {
    return null;
  }
}

/** The error is dropped, since it could quote a key. */
function parsed(text: string | null): unknown {
  try {
    return text === null ? null : JSON.parse(text);
  } catch {
    return null;
  }
}
