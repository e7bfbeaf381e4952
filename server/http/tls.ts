/** TLS for local and LAN use: a certificate of our own, made on the first run and again when it no longer fits. */
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { chmod, mkdir } from 'node:fs/promises';
import { isIP } from 'node:net';
import path from 'node:path';
import { generate } from 'selfsigned';
import { readIfThere, replaceFile } from '../files.ts';

export type TlsMaterial = { key: string; cert: string };
/** `warning`: of an operator's certificate that browsers will refuse, for whoever runs the server. */
export type LoadedTls = TlsMaterial & { made: MadeBecause; warning?: string };
/** Why the certificate was made, for the log; `null` when the one on disk is good. */
export type MadeBecause = 'first-run' | 'unreadable' | 'expiring' | 'new-address' | null;

const dayMs = 24 * 60 * 60 * 1000;
/** Browsers on Apple devices refuse a server certificate that lives longer than 825 days. */
const lifeMs = 397 * dayMs;
/** Made anew when it would end within this time. */
const renewBeforeMs = 14 * dayMs;

/** The subject of the certificates that we make, and the first line of the keys, by which we know them again. */
const ourName = 'Talk to Us';
const ourKeyMark = '# Made by Talk to Us\n';

/** The files in `CERTS_DIR` cannot be used, and they are not ours to replace; the message says what to do. */
export class TlsError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'TlsError';
  }
}

/**
 * The key and certificate in `certsDir` (`key.pem`, `cert.pem`), good for every one of `hosts` (names and IP
 * addresses). Of ours, those that do not fit any more are replaced. What the operator put there is used as it is, and
 * never overwritten. Throws `TlsError` when that is no certificate with its key.
 */
export async function loadTls(options: {
  certsDir: string;
  hosts: readonly string[];
  now: () => number;
}): Promise<LoadedTls> {
  const { certsDir, hosts, now } = options;
  const keyFile = path.join(certsDir, 'key.pem');
  const certFile = path.join(certsDir, 'cert.pem');
  // In this order, so that what is wrong with both is told of the same one each time.
  const key = await readIfThere(keyFile);
  const cert = await readIfThere(certFile);

  if (key === null && cert === null) return { ...(await make()), made: 'first-run' };
  const unfit = key && cert ? whyUnfit({ key, cert }, hosts, now()) : 'unreadable';
  if (isOurs(key, cert)) {
    if (unfit !== null || key === null || cert === null) return { ...(await make()), made: unfit };
    await chmod(keyFile, 0o600);
    return { key, cert, made: null };
  }
  if (key === null || cert === null)
    throw new TlsError(
      `${key === null ? keyFile : certFile} is missing. Put it there beside ${key === null ? certFile : keyFile}, or delete that one too to have a pair made.`,
    );
  if (unfit === 'unreadable') throw new TlsError(whyUnreadable({ key, cert }, { keyFile, certFile }));
  await chmod(keyFile, 0o600);
  const warning = whyRefused(cert, certFile, now());
  return { key, cert, made: null, ...(warning ? { warning } : {}) };

  async function make(): Promise<TlsMaterial> {
    const fresh = await selfSigned(hosts, now());
    await mkdir(certsDir, { recursive: true, mode: 0o755 });
    await replaceFile(keyFile, fresh.key, 0o600);
    await replaceFile(certFile, fresh.cert, 0o644);
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

/** Of the operator's files, the one that is wrong, with what to do. */
function whyUnreadable(
  { key, cert }: TlsMaterial,
  { keyFile, certFile }: { keyFile: string; certFile: string },
): string {
  const advice = 'delete both files to have a pair made';
  try {
    new X509Certificate(cert);
  } catch {
    return `${certFile} is not a certificate in PEM format (which begins with -----BEGIN CERTIFICATE-----). Convert it, or ${advice}.`;
  }
  try {
    createPrivateKey(key);
  } catch {
    const locked = /ENCRYPTED/.test(key) ? ' without a passphrase' : '';
    return `${keyFile} is not a private key in PEM format${locked}. Convert it, or ${advice}.`;
  }
  return `${certFile} and ${keyFile} do not belong together. Put the right pair there, or ${advice}.`;
}

/** A certificate that is there and fits its key, but that browsers refuse. */
function whyRefused(cert: string, certFile: string, now: number): string | null {
  const { validFromDate, validToDate } = new X509Certificate(cert);
  const day = (date: Date) => date.toISOString().slice(0, 10);
  if (now > validToDate.getTime())
    return `The certificate ${certFile} ended on ${day(validToDate)}: browsers refuse it. Renew it, then start again.`;
  if (now < validFromDate.getTime())
    return `The certificate ${certFile} is good from ${day(validFromDate)} only: browsers refuse it until then. Is the clock of this machine right?`;
  return null;
}

/** Either tells, since a kill or a damaged disk may have left only one of them as we made it. */
function isOurs(key: string | null, cert: string | null): boolean {
  if (key?.startsWith(ourKeyMark)) return true;
  try {
    return cert !== null && new X509Certificate(cert).subject === `CN=${ourName}`;
  } catch {
    return false;
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
  return { key: ourKeyMark + made.private, cert: made.cert };
}
