/** The container recipe, step by step in a file system of its own, and the server of it: needs root. Takes some ten minutes. */
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { Image } from '../support/image.ts';
import { freePort } from '../support/server-process.ts';
import { until } from '../support/until.ts';

const root = path.resolve(import.meta.dirname, '../..');

test(
  'P76 the container recipe builds, and its server runs as a user without rights who finds all that it needs',
  async () => {
    const folder = await mkdtemp('/var/tmp/talk-to-us-image-');
    const tracked = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
      cwd: root,
      encoding: 'utf8',
    });
    const files = tracked.split('\n').filter(file => file !== '' && !/^(test|\.git)\//.test(file));
    const image = await Image.build('docs/container/Containerfile', { folder, files });
    // What only set-up and tests need is not carried along.
    expect(existsSync(path.join(image.folder, 'app/node_modules/vitest'))).toBe(false);
    expect(image.user).toBe('node');

    const [port, https, media] = await Promise.all([freePort(), freePort(), freePort()]);
    const ports = { PORT: String(port), HTTPS_PORT: String(https), RTC_PORT: String(media), WORKERS: '1' };
    const server = image.start({ ...ports, HOST: '127.0.0.1', ANNOUNCED_ADDRESS: '127.0.0.1' });
    let said = '';
    for (const stream of [server.stdout, server.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => {
        said += text;
      });
    await until(() => {
      if (server.exitCode !== null) throw new Error(`the server ended (${server.exitCode}):\n${said}`);
      return said.includes('Stop with Ctrl-C');
    });
    const get = async (url: string) => (await fetch(`http://127.0.0.1:${port}${url}`)).status;
    expect(await get('/readyz')).toBe(200);
    expect(await get('/rep')).toBe(200);
    expect(await get('/talk-to-us.js')).toBe(200);
    const check = image.check.map(part => part.replace('8080', String(port)));
    const [program, args] = image.within(check);
    execFileSync(program, args);
    const owner = execFileSync('stat', ['-c', '%u %a', path.join(image.folder, 'data/secrets.json')]);
    expect(owner.toString().trim()).toBe('1000 600');

    const ended = once(server, 'exit');
    // `unshare` itself takes no SIGTERM, it waits for the server.
    const [inner] = readFileSync(`/proc/${server.pid}/task/${server.pid}/children`, 'utf8').split(' ');
    process.kill(Number(inner), 'SIGTERM');
    expect(await ended).toEqual([0, null]);
    await rm(folder, { recursive: true });
  },
  30 * 60_000,
);
