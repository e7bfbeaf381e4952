import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadSecrets, SecretsError } from '../../../server/identity/secrets.ts';

let dir: string;
let file: string;
beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'secrets-'));
  file = path.join(dir, 'secrets.json');
});
afterEach(() => rm(dir, { recursive: true }));

const failure = () =>
  loadSecrets(dir).then(
    () => null,
    (error: unknown) => error as SecretsError,
  );

describe('secrets', () => {
  test('I20 secrets are made on the first run, for their owner only, and are the same on the next', async () => {
    const first = await loadSecrets(dir);
    expect(first.tokenKey.length).toBeGreaterThanOrEqual(32);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await loadSecrets(dir)).tokenKey).toEqual(first.tokenKey);
    expect(await readdir(dir)).toEqual(['secrets.json']);
  });

  test('I21 two first starts at once end up with the same secrets', async () => {
    const all = await Promise.all([loadSecrets(dir), loadSecrets(dir), loadSecrets(dir)]);
    for (const secrets of all) expect(secrets.tokenKey).toEqual(all[0]?.tokenKey);
  });

  test('I22 secrets that others can read are refused, with the command that mends it', async () => {
    await loadSecrets(dir);
    await chmod(file, 0o644);
    const error = await failure();
    expect(error).toBeInstanceOf(SecretsError);
    expect(error?.reason).toBe('readable-by-others');
    expect(error?.message).toContain(`chmod 600 ${file}`);
  });

  test.each([
    ['a short key', JSON.stringify({ tokenKey: 'c2hvcnQ' }), 'weak'],
    ['a key of one letter', JSON.stringify({ tokenKey: 'A'.repeat(43) }), 'weak'],
    ['no key', '{}', 'unreadable'],
    ['half a file', '{"tokenKey":"abcdefghijkl', 'unreadable'],
  ])('I23 %s is refused, and the message does not show it', async (_what, text, reason) => {
    await writeFile(file, text, { mode: 0o600 });
    const error = await failure();
    expect(error?.reason).toBe(reason);
    expect(error?.message).not.toMatch(/c2hvcnQ|AAAA|abcdefghijkl/);
    expect(await readFile(file, 'utf8')).toBe(text);
  });
});
