/** Let's Encrypt's certificate authority for tests, on this machine alone, with the names of the world as the test wants them. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadTls } from '../../server/http/tls.ts';
import { pebblePrograms } from '../../tools/setup/test-tools.mjs';
import { freePort } from './server-process.ts';
import { until } from './until.ts';

export type Pebble = {
  directory: string;
  /** What it proves itself with, PEM; a process that is to ask it must trust that. */
  certificate: string;
  /** What a server needs in its environment to trust the authority's own address. */
  environment: Readonly<Record<string, string>>;
  /** Where the authority sees a domain from now on; no address for a name that leads nowhere. */
  lead(domain: string, ...addresses: string[]): Promise<void>;
  /** What the authority was asked for so far, and its verdicts. */
  said(): string;
  stop(): Promise<void>;
};

/**
 * @param httpPort the port that stands for 80, on which it looks for the answers to its questions
 * @param validS how long its certificates live
 */
export async function startPebble({
  httpPort,
  validS = 90 * 24 * 60 * 60,
}: {
  httpPort: number;
  validS?: number;
}): Promise<Pebble> {
  const programs = pebblePrograms();
  if (!programs) throw new Error('Pebble is not installed. Run `npm test`, whose set-up installs it.');
  const folder = await mkdtemp(path.join(tmpdir(), 'talk-to-us-pebble-'));
  const { cert } = await loadTls({ certsDir: folder, hosts: ['127.0.0.1'], now: Date.now });
  const [port, management, dns, names] = await Promise.all([freePort(), freePort(), freePort(), freePort()]);
  const file = path.join(folder, 'pebble.json');
  const settings = {
    listenAddress: `127.0.0.1:${port}`,
    managementListenAddress: `127.0.0.1:${management}`,
    certificate: path.join(folder, 'cert.pem'),
    privateKey: path.join(folder, 'key.pem'),
    httpPort,
    // Nothing is checked there.
    tlsPort: 1,
    certificateValidityPeriod: validS,
  };
  await writeFile(file, JSON.stringify({ pebble: settings }));
  let said = '';
  const start = (program: string, args: string[], environment = {}): ChildProcess => {
    const child = spawn(program, args, {
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        said += text;
      });
    return child;
  };
  const children = [
    start(programs.names, [
      ...['-dns01', `127.0.0.1:${dns}`, '-management', `127.0.0.1:${names}`],
      ...['-http01', '', '-https01', '', '-tlsalpn01', '', '-defaultIPv4', '', '-defaultIPv6', ''],
    ]),
    // It would wait for up to 15 s before it looks.
    start(programs.authority, ['-config', file, '-dnsserver', `127.0.0.1:${dns}`], {
      PEBBLE_VA_NOSLEEP: '1',
    }),
  ];

  const manage = async (what: string, body: unknown) => {
    const answer = await fetch(`http://127.0.0.1:${names}/${what}`, {
      method: 'POST',
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${what}: ${answer.status}`);
  };
  await until(async () => {
    const ended = children.find(child => child.exitCode !== null);
    if (ended) throw new Error(`Pebble ended (${ended.exitCode}):\n${said}`);
    const answer = await manage('clear-a', { host: 'nobody.example.' }).then(
      () => true,
      () => false,
    );
    return answer && said.includes('ACME directory available');
  });

  return {
    directory: `https://127.0.0.1:${port}/dir`,
    certificate: cert,
    environment: { NODE_EXTRA_CA_CERTS: path.join(folder, 'cert.pem') },
    async lead(domain, ...addresses) {
      await manage('clear-a', { host: `${domain}.` });
      if (addresses.length > 0) await manage('add-a', { host: `${domain}.`, addresses });
    },
    said: () => said,
    async stop() {
      for (const child of children) {
        if (child.exitCode !== null) continue;
        const ended = once(child, 'exit');
        child.kill('SIGTERM');
        await ended;
      }
      await rm(folder, { recursive: true });
    },
  };
}
