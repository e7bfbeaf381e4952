import { X509Certificate } from 'node:crypto';
import { readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { connect } from 'node:tls';
import { describe, expect, test } from 'vitest';
import { loadTls, TlsError } from '../../../server/http/tls.ts';
import { explainFailure } from '../../../server/process-life.ts';
import { startServer } from './http-server.ts';
import { temporaryFolder } from './temporary-folder.ts';

const hosts = ['localhost', '127.0.0.1', '::1', 'shopbox', 'shopbox.local', '192.168.1.5'];
const day = 24 * 60 * 60 * 1000;
const today = Date.UTC(2026, 5, 1);

describe('the certificate', () => {
  test('H100 it is made on the first run for every name and address, and used again on the next', async () => {
    await using folder = await temporaryFolder();
    const options = { certsDir: path.join(folder.path, 'certs'), hosts, now: () => today };
    const first = await loadTls(options);
    expect(first.made).toBe('first-run');
    const certificate = new X509Certificate(first.cert);
    expect(certificate.checkHost('shopbox.local')).toBe('shopbox.local');
    expect(certificate.checkIP('192.168.1.5')).toBe('192.168.1.5');
    expect(certificate.checkIP('::1')).toBeDefined();
    expect((await stat(path.join(options.certsDir, 'key.pem'))).mode & 0o777).toBe(0o600);
    expect(await loadTls(options)).toEqual({ key: first.key, cert: first.cert, made: null });
  });

  test.each([
    ['has ended', { now: () => today + 400 * day }, 'expiring'],
    ['ends in less than fourteen days', { now: () => today + 383 * day }, 'expiring'],
    ['is not valid yet', { now: () => today - 2 * day }, 'expiring'],
    ['lacks an address', { hosts: [...hosts, '192.168.1.77'] }, 'new-address'],
    ['lacks a name', { hosts: [...hosts, 'other.local'] }, 'new-address'],
  ])('H101 one that %s is made anew', async (_what, change, made) => {
    await using folder = await temporaryFolder();
    const options = { certsDir: folder.path, hosts, now: () => today };
    const first = await loadTls(options);
    const second = await loadTls({ ...options, ...change });
    expect(second.made).toBe(made);
    expect(second.cert).not.toBe(first.cert);
    expect((await loadTls({ ...options, ...change })).made).toBeNull();
  });

  test('H102 one that lasts fourteen days more, and covers more than is needed, is kept', async () => {
    await using folder = await temporaryFolder();
    await loadTls({ certsDir: folder.path, hosts, now: () => today });
    const later = await loadTls({
      certsDir: folder.path,
      hosts: ['localhost'],
      now: () => today + 381 * day,
    });
    expect(later.made).toBeNull();
  });

  test('H103 damaged files and a pair that does not match are replaced', async () => {
    await using folder = await temporaryFolder();
    await using other = await temporaryFolder();
    const options = { certsDir: folder.path, hosts, now: () => today };
    await loadTls(options);
    await writeFile(path.join(folder.path, 'cert.pem'), 'half a cert');
    expect((await loadTls(options)).made).toBe('unreadable');
    const { cert } = await loadTls({ ...options, certsDir: other.path });
    await writeFile(path.join(folder.path, 'cert.pem'), cert);
    expect((await loadTls(options)).made).toBe('unreadable');
  });

  test('H104 a certificate that the operator put there is used as it is and never overwritten', async () => {
    await using folder = await temporaryFolder();
    const theirs = await loadForeign();
    await writeFile(path.join(folder.path, 'key.pem'), theirs.key);
    await writeFile(path.join(folder.path, 'cert.pem'), theirs.cert);
    const options = { certsDir: folder.path, hosts, now: Date.now };
    expect(await loadTls(options)).toEqual({ ...theirs, made: null });

    const { key } = await loadForeign();
    await writeFile(path.join(folder.path, 'key.pem'), key);
    await expect(loadTls(options)).rejects.toThrow(TlsError);
    expect(await readFile(path.join(folder.path, 'cert.pem'), 'utf8')).toBe(theirs.cert);
  });

  test('P62 one of the operator that browsers refuse for its time is used, with a warning', async () => {
    await using folder = await temporaryFolder();
    const theirs = await loadForeign();
    await writeFile(path.join(folder.path, 'key.pem'), theirs.key);
    await writeFile(path.join(folder.path, 'cert.pem'), theirs.cert);
    const at = async (ms: number) => (await loadTls({ certsDir: folder.path, hosts, now: () => ms })).warning;
    expect(await at(Date.now() + 4_000 * day)).toMatch(/cert\.pem ended on \d{4}-\d\d-\d\d.*Renew it/);
    expect(await at(Date.now() - 30 * day)).toMatch(/is good from \d{4}-\d\d-\d\d only.*clock/);
    expect(await at(Date.now())).toBeUndefined();
  });

  test.each<[string, { key?: string; cert?: string }, RegExp]>([
    ['no PEM certificate', { cert: '\u0030\u0082\u0003DER' }, /cert\.pem is not a certificate in PEM format/],
    ['no PEM key', { key: 'ssh-ed25519 AAAA' }, /key\.pem is not a private key in PEM format\. Convert/],
    [
      'a key with a passphrase',
      { key: '-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n' },
      /without a passphrase/,
    ],
    ['a certificate alone', { key: '' }, /key\.pem is missing/],
    ['a key alone', { cert: '' }, /cert\.pem is missing/],
  ])('P63 %s of the operator is told, and left where it is', async (_what, change, words) => {
    await using folder = await temporaryFolder();
    const put = { ...(await loadForeign()), ...change };
    for (const [name, text] of Object.entries(put))
      if (text !== '') await writeFile(path.join(folder.path, `${name}.pem`), text);
    await expect(loadTls({ certsDir: folder.path, hosts, now: Date.now })).rejects.toThrow(words);
    for (const [name, text] of Object.entries(put))
      if (text !== '') expect(await readFile(path.join(folder.path, `${name}.pem`), 'utf8')).toBe(text);
  });

  test('P63 a folder that cannot be used is told with what to do', async () => {
    await using folder = await temporaryFolder();
    const certsDir = path.join(folder.path, 'a-file');
    await writeFile(certsDir, '');
    const error = await loadTls({ certsDir, hosts, now: Date.now }).catch((reason: unknown) => reason);
    expect(explainFailure(error)).toMatch(
      /a-file\/key\.pem cannot be used: a file stands where a folder.*CERTS_DIR/,
    );
    expect(explainFailure(error)).not.toContain('    at ');
  });

  test('H105 the server speaks TLS with it, to whoever trusts it', async () => {
    const server = await startServer();
    try {
      const socket = connect({
        port: server.servers.ports().https,
        host: '127.0.0.1',
        rejectUnauthorized: false,
      });
      await new Promise(resolve => socket.once('secureConnect', resolve));
      const { subjectaltname } = socket.getPeerCertificate();
      expect(subjectaltname).toContain('DNS:localhost');
      expect(subjectaltname).toContain('IP Address:127.0.0.1');
      socket.destroy();
    } finally {
      await server.close();
    }
  });
});

async function loadForeign(): Promise<{ key: string; cert: string }> {
  const { generate } = await import('selfsigned');
  const made = await generate([{ name: 'commonName', value: 'talk.shop.example' }], {
    keyType: 'ec',
    algorithm: 'sha256',
  });
  return { key: made.private, cert: made.cert };
}
