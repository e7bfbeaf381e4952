import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { installBinary, writeStamp } from '../../../tools/media-worker/install.mjs';
import { obtainWorker, workerIsReady } from '../../../tools/media-worker/obtain.mjs';
import { cacheKeys, defaultPlace } from '../../../tools/media-worker/places.mjs';
import { SetupError } from '../../../tools/support/errors.mjs';
import { tempFolder, writeFile, writeProgram } from './temp-folder.ts';

/** What a worker exits with when it runs on this machine. */
const RUNS = 41;
const BROKEN = 127;

const version = '9.8.7';
const archiveName = `mediasoup-worker-${version}-test.tgz`;
const keys = cacheKeys(version);

/** An installed mediasoup and a cache, both empty of workers, and sources that no longer fit the patch. */
function fixture(env: NodeJS.ProcessEnv = {}) {
  const root = tempFolder();
  const mediasoupFolder = join(root, 'mediasoup');
  writeFile(
    join(mediasoupFolder, 'package.json'),
    JSON.stringify({ version, repository: { url: 'git+https://localhost:1/nobody.git' } }),
  );
  writeFile(
    join(mediasoupFolder, 'npm-scripts.mjs'),
    `process.stdout.write('name() [name:${archiveName}]\\n');`,
  );
  writeFile(join(mediasoupFolder, 'worker/src/RTC/DtlsTransport.cpp'), 'rewritten since');
  const cache = join(root, 'cache/talk-to-us/worker');
  const control = new AbortController();
  const options = {
    mediasoupFolder,
    env: { ...process.env, MEDIASOUP_WORKER_BIN: '', XDG_CACHE_HOME: join(root, 'cache'), ...env },
    signal: control.signal,
  };
  return {
    root,
    cache,
    control,
    options,
    place: defaultPlace(mediasoupFolder),
    cached: (key: string) => join(cache, key, 'mediasoup-worker'),
    obtain: () => obtainWorker(options),
  };
}

/** Serves prebuilt workers as mediasoup's releases do; returns the variable that leads there. */
async function servePrebuilt(exitCode: number, answer?: RequestListener) {
  const folder = tempFolder();
  writeProgram(join(folder, 'mediasoup-worker'), exitCode);
  execFileSync('tar', ['-czf', 'worker.tgz', 'mediasoup-worker'], { cwd: folder });
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    if (answer) answer(request, response);
    else response.end(readFileSync(join(folder, 'worker.tgz')));
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close().closeAllConnections());
  const { port } = server.address() as AddressInfo;
  return { asked, env: { MEDIASOUP_WORKER_PREBUILT_DOWNLOAD_BASE_URL: `http://127.0.0.1:${port}/releases` } };
}

/** Nothing but finished entries: no lock, no work folder, no half-written file. */
function leftovers(cache: string): string[] {
  return existsSync(cache) ? readdirSync(cache).filter(name => !Object.values(keys).includes(name)) : [];
}

describe('the worker is, in this order,', () => {
  test('P31 the one that MEDIASOUP_WORKER_BIN names', async () => {
    const given = writeProgram(join(tempFolder(), 'mine'), RUNS);
    const { obtain, place, cached } = fixture({ MEDIASOUP_WORKER_BIN: given });
    writeProgram(cached(keys.built), RUNS);
    expect(await obtain()).toBe('ready');
    expect(existsSync(place)).toBe(false);
  });

  test('P32 the one already in place', async () => {
    const { obtain, place, cached } = fixture();
    writeProgram(cached(keys.built), RUNS);
    writeFileSync(writeProgram(place, RUNS), '#!/bin/sh\n# put here by hand\nexit 41\n');
    expect(await obtain()).toBe('ready');
    expect(readFileSync(place, 'utf8')).toContain('by hand');
  });

  test('P33 one built before', async () => {
    const { asked, env } = await servePrebuilt(RUNS);
    const { obtain, place, cached, cache } = fixture(env);
    writeProgram(cached(keys.built), RUNS);
    expect(await obtain()).toBe('cache');
    expect(existsSync(place)).toBe(true);
    expect(asked).toEqual([]);
    expect(leftovers(cache)).toEqual([]);
  });

  test('P34 the prebuilt one, kept for next time', async () => {
    const { asked, env } = await servePrebuilt(RUNS);
    const first = fixture(env);
    expect(await first.obtain()).toBe('prebuilt');
    expect(asked).toEqual([`/releases/${version}/${archiveName}`]);
    expect(leftovers(first.cache)).toEqual([]);

    const second = fixture({ XDG_CACHE_HOME: first.options.env.XDG_CACHE_HOME });
    expect(await second.obtain()).toBe('cache');
    expect(asked).toHaveLength(1);
  });

  test.each([
    ['the server has none', { code: 404 }],
    ['the server fails', { code: 500 }],
    ['it does not run here', { exitCode: BROKEN }],
  ])(
    'P35 built from source when %s',
    async (_case, { code, exitCode = RUNS }: { code?: number; exitCode?: number }) => {
      const { asked, env } = await servePrebuilt(
        exitCode,
        code ? (_, response) => void response.writeHead(code).end() : undefined,
      );
      const { obtain, place, cache } = fixture(env);
      // The fixture's sources do not fit the patch: that the build says so shows that it was reached.
      await expect(obtain()).rejects.toThrow('DtlsTransport.cpp has changed');
      expect(asked).toHaveLength(1);
      expect(existsSync(place)).toBe(false);
      expect(leftovers(cache)).toEqual([]);
    },
  );

  test('P36 built from source without asking when MEDIASOUP_SKIP_WORKER_PREBUILT_DOWNLOAD is set', async () => {
    const { asked, env } = await servePrebuilt(RUNS);
    const { obtain } = fixture({ ...env, MEDIASOUP_SKIP_WORKER_PREBUILT_DOWNLOAD: 'true' });
    await expect(obtain()).rejects.toThrow(SetupError);
    expect(asked).toEqual([]);
  });
});

describe('a worker that does not run here', () => {
  test('P37 is refused with its name when MEDIASOUP_WORKER_BIN names it', async () => {
    const given = writeProgram(join(tempFolder(), 'mine'), BROKEN);
    const { obtain } = fixture({ MEDIASOUP_WORKER_BIN: given });
    await expect(obtain()).rejects.toThrow(SetupError);
    await expect(obtain()).rejects.toThrow(given);
  });

  test('P38 is replaced when it is in place', async () => {
    const { obtain, place, cached } = fixture();
    writeProgram(place, BROKEN);
    writeProgram(cached(keys.built), RUNS);
    expect(await obtain()).toBe('cache');
    expect(readFileSync(place, 'utf8')).toContain('exit 41');
  });

  test('P39 is passed over when it is in the cache', async () => {
    const { env } = await servePrebuilt(RUNS);
    const { obtain, cached } = fixture(env);
    writeProgram(cached(keys.built), BROKEN);
    expect(await obtain()).toBe('prebuilt');
  });
});

describe('a worker in place', () => {
  test('P40 is accepted at the next start by its stamp, untried', () => {
    const { options, place } = fixture();
    writeProgram(place, BROKEN);
    writeStamp(place, keys.built);
    expect(workerIsReady(options.mediasoupFolder, options.env)).toBe(true);
  });

  test('P41 is tried again when it is no longer the stamped one', () => {
    const { options, place } = fixture();
    writeProgram(place, RUNS);
    writeStamp(place, keys.built);
    writeFileSync(place, '#!/bin/sh\nexit 127\n# another size');
    expect(workerIsReady(options.mediasoupFolder, options.env)).toBe(false);
  });

  test('P42 is replaced when our build files have changed since', async () => {
    const { obtain, place, cached } = fixture();
    writeProgram(place, RUNS);
    writeStamp(place, `${version}-older-build-files`);
    installBinary(place, cached(keys.built));
    expect(await obtain()).toBe('cache');
    expect(await obtain()).toBe('ready');
  });
});

test('P43 an interruption ends the download with its own reason and leaves nothing behind', async () => {
  const reason = new Error('told to stop');
  const { control, obtain, place, cache } = fixture(
    (await servePrebuilt(RUNS, () => control.abort(reason))).env,
  );
  await expect(obtain()).rejects.toBe(reason);
  expect(existsSync(place)).toBe(false);
  expect(leftovers(cache)).toEqual([]);
});
