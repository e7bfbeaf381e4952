/** TLS for local and LAN use: a certificate of our own, made on the first run and again when it no longer fits. */
import { createPrivateKey, randomUUID, X509Certificate } from 'node:crypto';
import { chmod, mkdir, open, readFile, rename } from 'node:fs/promises';
import { isIP } from 'node:net';
import path from 'node:path';
import { generate } from 'selfsigned';

export type TlsMaterial = { key: string; cert: string };
/** Why the certificate was made, for the log; `null` when the one on disk is good. */
export type MadeBecause = 'first-run' | 'unreadable' | 'expiring' | 'new-address' | null;

const dayMs = 24 * 60 * 60 * 1000;
/** Browsers on Apple devices refuse a server certificate that lives longer than 825 days. */
const lifeMs = 397 * dayMs;
/** Made anew when it would end within this time. */
const renewBeforeMs = 14 * dayMs;

/** The subject of what we make, by which we know it again. */
const ourName = 'Talk to Us';

/** The files in `CERTS_DIR` cannot be used, and they are not ours to replace; the message says what to do. */
export class TlsError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'TlsError';
  }
}

/**
 * The key and certificate in `certsDir` (`key.pem`, `cert.pem`), good for every one of `hosts` (names and IP
 * addresses). Of ours, those that do not fit any more are replaced. A certificate that the operator put there
 * is used as it is, and never overwritten. Throws `TlsError` when such a one has no matching key.
 */
export async function loadTls(options: {
  certsDir: string;
  hosts: readonly string[];
  now: () => number;
}): Promise<TlsMaterial & { made: MadeBecause }> {
  const { certsDir, hosts, now } = options;
  const keyFile = path.join(certsDir, 'key.pem');
  const certFile = path.join(certsDir, 'cert.pem');
  const [key, cert] = await Promise.all([keyFile, certFile].map(readIfThere));

  if (key && cert) {
    const theirs = !isOurs(cert);
    const unfit = whyUnfit({ key, cert }, hosts, now());
    if (theirs && unfit === 'unreadable') {
      throw new TlsError(
        `${certFile} and ${keyFile} do not belong together. Put the right pair there, or delete both.`,
      );
    }
    if (theirs || unfit === null) {
      await chmod(keyFile, 0o600);
      return { key, cert, made: null };
    }
    return { ...(await make()), made: unfit };
  }
  return { ...(await make()), made: 'first-run' };

  async function make(): Promise<TlsMaterial> {
    const fresh = await selfSigned(hosts, now());
    await mkdir(certsDir, { recursive: true, mode: 0o755 });
    await replace(keyFile, fresh.key, 0o600);
    await replace(certFile, fresh.cert, 0o644);
    return fresh;
  }
}

/** Why the pair cannot be used, or `null` when it can. A kill between two writes leaves a pair that does not match. */
function whyUnfit({ key, cert }: TlsMaterial, hosts: readonly string[], now: number): MadeBecause {
  let certificate: X509Certificate;
  try {
    certificate = new X509Certificate(cert);
    if (!certificate.checkPrivateKey(createPrivateKey(key))) return 'unreadable';
  } catch {
    return 'unreadable';
  }
  const from = certificate.validFromDate.getTime();
  const to = certificate.validToDate.getTime();
  if (now < from || now > to - renewBeforeMs) return 'expiring';
  const covers = (host: string) =>
    isIP(host) ? certificate.checkIP(host) !== undefined : certificate.checkHost(host) !== undefined;
  return hosts.every(covers) ? null : 'new-address';
}

/** A damaged file counts as ours: nothing in it is worth keeping. */
function isOurs(cert: string): boolean {
  try {
    return new X509Certificate(cert).subject === `CN=${ourName}`;
  } catch {
    return true;
  }
}

async function selfSigned(hosts: readonly string[], now: number): Promise<TlsMaterial> {
  const made = await generate([{ name: 'commonName', value: ourName }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    // A little in the past, for devices whose clock is behind.
    notBeforeDate: new Date(now - dayMs),
    notAfterDate: new Date(now + lifeMs - dayMs),
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: hosts.map(host => (isIP(host) ? { type: 7, ip: host } : { type: 2, value: host })),
      },
    ],
  });
  return { key: made.private, cert: made.cert };
}

/** Under another name first, so that nobody reads half a file; the mode is set before the content is there. */
async function replace(file: string, text: string, mode: number): Promise<void> {
  const draft = `${file}.${randomUUID()}.new`;
  const handle = await open(draft, 'w', mode);
  try {
    await handle.chmod(mode);
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(draft, file);
}

async function readIfThere(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
