/** The proxies of `docs/proxy`, each with the very configuration that the documentation tells, on ports of its own. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadTls } from '../../server/http/tls.ts';
import { proxyProgram } from '../../tools/setup/proxies.mjs';
import { freePort } from './server-process.ts';
import { until } from './until.ts';

export const proxyNames = ['nginx', 'Caddy', 'HAProxy', 'Apache'] as const;
type Name = (typeof proxyNames)[number];

/** The name in those configurations. */
export const publicName = 'voice.example.com';
const docs = path.resolve(import.meta.dirname, '../../docs/proxy');

type Place = {
  /** For everything that it writes. */
  folder: string;
  http: number;
  https: number;
  /** The port of the server behind it. */
  server: number;
  cert: string;
  key: string;
  both: string;
  /** Where the package is unpacked. */
  root: string;
  /** Instead of a minute, s; null leaves what the file says and what is usual. */
  patienceS: number | null;
};
type Told = { site: string; place: Place };
type Kind = {
  package: 'nginx' | 'caddy' | 'haproxy' | 'apache2-bin';
  told: string;
  /** What Debian's own configuration would say around it, and how it is started. */
  around(told: Told): { main: string; args: (main: string) => string[] };
  /** What of the file is another here. Each must be in it. */
  here(place: Place): [RegExp, string][];
};

const asRoot = process.getuid?.() === 0;

const kinds: Record<Name, Kind> = {
  nginx: {
    package: 'nginx',
    told: 'nginx.conf',
    here: ({ http, https, server, cert, key }) => [
      [/listen 80;\n\s+listen \[::\]:80;/, `listen 127.0.0.1:${http};`],
      [/listen 443 ssl http2;\n\s+listen \[::\]:443 ssl http2;/, `listen 127.0.0.1:${https} ssl http2;`],
      [/127\.0\.0\.1:8080/, `127.0.0.1:${server}`],
      [/\/etc\/\S+fullchain\.pem/, cert],
      [/\/etc\/\S+privkey\.pem/, key],
    ],
    around: ({ site, place: { folder, patienceS } }) => ({
      main: `daemon off;
master_process off;
pid ${folder}/pid;
error_log stderr;
events {}
http {
  access_log off;
  client_body_temp_path ${folder}/body;
  proxy_temp_path ${folder}/proxy;
  fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi;
  scgi_temp_path ${folder}/scgi;
${patienceS ? `keepalive_timeout ${patienceS + 2}s; proxy_read_timeout ${patienceS}s; proxy_send_timeout ${patienceS}s;` : ''}
${site}}
`,
      args: main => ['-c', main, '-e', 'stderr', '-p', folder],
    }),
  },
  Caddy: {
    package: 'caddy',
    told: 'Caddyfile',
    here: ({ server, cert, key }) => [
      [/127\.0\.0\.1:8080/, `127.0.0.1:${server}`],
      // It would get one from an authority.
      [/^voice\.example\.com \{\n/m, `${publicName} {\n\tbind 127.0.0.1\n\ttls ${cert} ${key}\n`],
    ],
    around: ({ site, place: { http, https, patienceS } }) => ({
      main: `{
	admin off
	http_port ${http}
	https_port ${https}
	servers {
		timeouts {
			idle ${(patienceS ?? 60) + 2}s
		}
	}
}
${site}`,
      args: main => ['run', '--config', main, '--adapter', 'caddyfile'],
    }),
  },
  HAProxy: {
    package: 'haproxy',
    told: 'haproxy.cfg',
    here: ({ http, https, server, both, patienceS }) => [
      [/ {4}log \/dev\/log local0\n {4}user haproxy\n {4}group haproxy\n/, ''],
      [/ {4}log global\n/, ''],
      [/timeout client 1m/, `timeout client ${patienceS ?? 60}s`],
      [/timeout server 1m/, `timeout server ${patienceS ?? 60}s`],
      [/timeout http-keep-alive 10s/, `timeout http-keep-alive ${(patienceS ?? 8) + 2}s`],
      [/bind :80\n/, `bind 127.0.0.1:${http}\n`],
      [/bind :443/, `bind 127.0.0.1:${https}`],
      [/(?<=ssl crt )\/etc\/\S+\.pem/, both],
      [/127\.0\.0\.1:8080/, `127.0.0.1:${server}`],
    ],
    around: ({ site }) => ({ main: site, args: main => ['-db', '-f', main] }),
  },
  Apache: {
    package: 'apache2-bin',
    told: 'apache.conf',
    here: ({ http, https, server, cert, key }) => [
      [/<VirtualHost \*:80>/, `<VirtualHost *:${http}>`],
      [/<VirtualHost \*:443>/, `<VirtualHost *:${https}>`],
      [/127\.0\.0\.1:8080/, `127.0.0.1:${server}`],
      [/\/etc\/\S+fullchain\.pem/, cert],
      [/\/etc\/\S+privkey\.pem/, key],
    ],
    around: ({ site, place: { folder, http, https, root, patienceS } }) => {
      const told = /a2enmod (.+)/.exec(site)?.[1]?.split(' ') ?? [];
      // With those that Debian has on from the start, or switches on with them.
      const modules = [
        'mpm_event',
        'authz_core',
        'alias',
        'reqtimeout',
        'setenvif',
        'socache_shmcb',
        ...told,
      ];
      return {
        main: `ServerName localhost
ServerRoot ${folder}
DefaultRuntimeDir ${folder}
PidFile ${folder}/pid
ErrorLog ${folder}/error.log
${asRoot ? 'User www-data\nGroup www-data\n' : ''}${modules.map(name => `LoadModule ${name}_module ${root}/usr/lib/apache2/modules/mod_${name}.so\n`).join('')}Listen 127.0.0.1:${http}
Listen 127.0.0.1:${https}
${patienceS ? `Timeout ${patienceS}\nKeepAliveTimeout ${patienceS + 2}` : ''}
${site}`,
        args: main => ['-f', main, '-DFOREGROUND'],
      };
    },
  },
};

export type RunningProxy = {
  http: number;
  https: number;
  /** What it proves itself with, PEM. */
  certificate: string;
  stop(): Promise<void>;
};

/**
 * @param server the port of the server that it is to stand in front of
 * @param patienceS how long it waits where nothing else is said, instead of a minute; a connection on which nothing comes it closes two
 * seconds later at most
 */
export async function startProxy(
  name: Name,
  server: number,
  patienceS: number | null = null,
): Promise<RunningProxy> {
  const kind = kinds[name];
  const found = proxyProgram(kind.package, process.env);
  if (!found) throw new Error(`${name} is not there. Run \`npm test\`, whose set-up fetches it.`);
  const folder = await mkdtemp(path.join(tmpdir(), 'talk-to-us-proxy-'));
  const tls = await loadTls({ certsDir: folder, hosts: [publicName], now: Date.now });
  const [http, https] = await Promise.all([freePort(), freePort()]);
  const files = { cert: path.join(folder, 'cert.pem'), key: path.join(folder, 'key.pem') };
  const both = path.join(folder, 'both.pem');
  await writeFile(both, `${tls.cert.trim()}\n${tls.key}`, { mode: 0o600 });
  const place: Place = { folder, http, https, server, ...files, both, root: found.root, patienceS };
  const site = adapted(await readFile(path.join(docs, kind.told), 'utf8'), kind.here(place));
  const { main, args } = kind.around({ site, place });
  const file = path.join(folder, 'main.conf');
  await writeFile(file, main);

  const child = spawn(found.program, args(file), {
    env: { ...process.env, LD_LIBRARY_PATH: found.libraries, HOME: folder, XDG_DATA_HOME: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  await until(async () => {
    if (child.exitCode !== null) throw new Error(`${name} ended (${child.exitCode}):\n${said}`);
    return (await answers(http)) && (await answers(https));
  });
  return {
    http,
    https,
    certificate: tls.cert,
    async stop() {
      if (child.exitCode !== null) throw new Error(`${name} ended (${child.exitCode}):\n${said}`);
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
      await rm(folder, { recursive: true });
    },
  };
}

function adapted(text: string, changes: [RegExp, string][]): string {
  return changes.reduce((left, [what, instead]) => {
    if (!what.test(left)) throw new Error(`${what} is not in the configuration any more:\n${left}`);
    return left.replace(what, instead);
  }, text);
}

async function answers(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  const open = await once(socket, 'connect').then(
    () => true,
    () => false,
  );
  socket.destroy();
  return open;
}
