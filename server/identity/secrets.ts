/** The server's secrets: made on the first run, kept in `DATA_DIR/secrets.json` for its owner only. */
import { link, mkdir, open, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { type Random, secureRandom } from './clock-and-random.ts';

/** `tokenKey`: 32 bytes or more, from which the keys that sign tokens are derived. */
export type Secrets = { tokenKey: Uint8Array };

const keyBytes = 32;
const fileName = 'secrets.json';
const fileShape = z.object({ tokenKey: z.string() });

/** The secrets cannot be used as they are; the message says what to do. It never holds a secret. */
export class SecretsError extends Error {
  readonly reason: 'readable-by-others' | 'unreadable' | 'weak';
  constructor(reason: SecretsError['reason'], message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'SecretsError';
    this.reason = reason;
  }
}

/** Read the secrets, making them when the file does not exist. Throws `SecretsError`. */
export async function loadSecrets(dataDir: string, random: Random = secureRandom): Promise<Secrets> {
  const file = path.join(dataDir, fileName);
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const info = await stat(file).catch(missingIsNull);
  if (!info) await writeNew(file, random);
  else if (info.mode & 0o077) {
    throw new SecretsError(
      'readable-by-others',
      `Other users of this machine can read ${file}. Run: chmod 600 ${file}`,
    );
  }
  return read(file);
}

async function read(file: string): Promise<Secrets> {
  const advice = `Put back a copy of it, or delete it to have new secrets made; everybody then signs in again.`;
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    throw new SecretsError('unreadable', `${file} cannot be read. ${advice}`, { cause });
  }
  const parsed = fileShape.safeParse(parseJson(text));
  if (!parsed.success) throw new SecretsError('unreadable', `${file} is damaged. ${advice}`);
  const tokenKey = Buffer.from(parsed.data.tokenKey, 'base64url');
  if (tokenKey.length < keyBytes || new Set(tokenKey).size < keyBytes / 4) {
    throw new SecretsError('weak', `The key in ${file} is too weak to keep anybody safe. ${advice}`);
  }
  return { tokenKey };
}

/** `parsed` is `undefined` for text that is not JSON; the error is dropped since it could quote the secret. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Write under a name of its own and then link it into place: a reader sees the whole file or none, and when two
 * processes start at once the first one's secrets stand for both.
 */
async function writeNew(file: string, random: Random): Promise<void> {
  const text = `${JSON.stringify({ tokenKey: random(keyBytes).toString('base64url') })}\n`;
  const draft = `${file}.${random(8).toString('hex')}.new`;
  const handle = await open(draft, 'w', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  try {
    await link(draft, file);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

function missingIsNull(error: unknown): null {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
  throw error;
}
