/**
 * What keeps the real process from starting ends it with one message that says what to do, and never with a stack trace.
 * What needs no process of its own is with its part: `store/opening`, `http/tls`, `media/addresses`.
 */
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { generate } from 'selfsigned';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ServerProcess } from '../../support/server-process.ts';
import { onOwnNetwork, onReadOnlyDisk, withoutPowers } from '../../support/surroundings.ts';

/** `prepare`: in a fresh data folder, before the start. */
type Fault = {
  what: string;
  says: RegExp;
  environment?: Record<string, string>;
  within?: (folder: string) => string[];
  prepare?: (folder: string) => Promise<unknown>;
};

let root: string;
const taken = createServer();
let takenPort: number;
beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'talk-to-us-start-'));
  taken.listen(0, '127.0.0.1');
  await once(taken, 'listening');
  takenPort = (taken.address() as { port: number }).port;
});
afterAll(async () => {
  taken.close();
  await rm(root, { recursive: true });
});

const certs = (folder: string) => path.join(folder, 'certs');
async function putCerts(folder: string, key: string, cert: string): Promise<void> {
  await mkdir(certs(folder), { recursive: true });
  await writeFile(path.join(certs(folder), 'key.pem'), key);
  await writeFile(path.join(certs(folder), 'cert.pem'), cert);
}
const foreign = async () => {
  const made = await generate([{ name: 'commonName', value: 'talk.shop.example' }], {
    keyType: 'ec',
    algorithm: 'sha256',
  });
  return { key: made.private, cert: made.cert };
};

const faults: Fault[] = [
  {
    what: 'several options that cannot be used, all told at once',
    environment: {
      PORT: '70000',
      HTTPS_PORT: '-1',
      RTC_PORT: 'none',
      PUBLIC_URL: 'talk.shop.example/path',
      DATABASE_URL: 'postgres://user:hunter2@[host/talk',
      HOST: '1.2.3',
    },
    says: /HOST is "1\.2\.3"[\s\S]*DATABASE_URL cannot be used[\s\S]*PUBLIC_URL is "talk\.shop\.example\/path"/,
  },
  {
    what: 'a port that another program has',
    get environment() {
      return { PORT: String(takenPort) };
    },
    says: /Port \d+ is in use\. Stop the other program or start with PORT=\d+/,
  },
  {
    what: 'a port that only root may open',
    environment: { PORT: '81' },
    within: () => [...onOwnNetwork(), ...withoutPowers('net_bind_service')],
    says: /may not open port 81\. Start with a port above 1023, such as PORT=8081/,
  },
  {
    what: 'a data folder on a disk that is mounted read-only',
    within: onReadOnlyDisk,
    says: /Nothing can be written in .*Mount it writable/,
  },
  {
    what: 'a data folder that belongs to somebody else',
    prepare: folder => chmod(folder, 0o500),
    within: () => withoutPowers('dac_override', 'dac_read_search'),
    says: /must be a folder that the user who runs this server may write to/,
  },
  {
    what: 'a key that does not fit the certificate',
    prepare: async folder => putCerts(folder, (await foreign()).key, (await foreign()).cert),
    says: /cert\.pem and .*key\.pem do not belong together/,
  },
];
const slug = (what: string) => what.replaceAll(/\W+/g, '-').slice(0, 60);

async function placeOf({ what, prepare }: Fault) {
  const dataDir = path.join(root, slug(what));
  await mkdir(dataDir, { mode: 0o700 });
  await prepare?.(dataDir);
  return { dataDir, databaseUrl: null, environment: {}, remove: async () => undefined };
}

describe.concurrent('a start that fails', () => {
  test.each(faults)('P61 is told in one message, with what to do: $what', async fault => {
    const place = await placeOf(fault);
    const { environment = {}, within } = fault;
    const { code, out, err } = await ServerProcess.fails(place, {
      environment,
      within: within?.(place.dataDir) ?? [],
    });
    expect(code).toBe(1);
    expect(err).toMatch(fault.says);
    expect(err.match(/Talk to Us could not start/g)).toHaveLength(1);
    // Nor is it told a second time on the log.
    expect(out).toBe('');
    expect(err).not.toMatch(/^ {4}at |hunter2/m);
  });
});
