/**
 * Builds the browser side into `dist/`: `node tools/browser-build/build.ts [--watch]`.
 *
 * Two builds, because they are found differently: the element's chunks relative to its own script (it runs on
 * other origins), the pages' by absolute path.
 *
 *   dist/talk-to-us.js        the element: a stable name, so that shops never change their script tag
 *   dist/talk-to-us-worker.js what a shop's service worker imports, so that a closed page rings
 *   dist/demo/index.html      served at /
 *   dist/console/index.html   served at /rep
 *   dist/test-page/index.html served at /try
 *   dist/preview/index.html   served at /preview
 *   dist/assets/words-*       the element's words, a file for each language and face (`words.ts`)
 *   dist/assets/*-<hash>.*    everything else, safe to cache for ever
 *
 * Each text file has compressed twins beside it (`.br`, `.gz`), which is what browsers are sent.
 */
import { existsSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build, type InlineConfig, type Rolldown } from 'vite';
import { compressFiles } from './compress.ts';
import { consoleWords } from './console-words.ts';
import { forHostilePages } from './for-hostile-pages.ts';
import { handlerBeside } from './handler-beside.ts';
import { inlineLimits } from './inline-limits.ts';
import { noPreloading } from './no-preloading.ts';
import { preloadConsole } from './preload-console.ts';
import { reloadWhenRebuilt } from './reload-when-rebuilt.ts';
import { slimLit } from './slim-lit.ts';
import { slimMediasoup } from './slim-mediasoup.ts';
import { squeezeStyles } from './squeeze-styles.ts';
import { ringingWords, words, wordsBeside } from './words.ts';

const client = resolve(import.meta.dirname, '../../client');
const dist = resolve(client, '../dist');
const watch = process.argv.includes('--watch');

/** Browsers that the WebRTC library supports too; older ones are told so by the element. */
const target = ['chrome111', 'firefox120', 'safari16.4'];

function common(outDir: string): InlineConfig {
  return {
    configFile: false,
    root: client,
    logLevel: watch ? 'info' : 'warn',
    clearScreen: false,
    publicDir: false,
    plugins: [
      slimMediasoup(),
      slimLit(),
      squeezeStyles(),
      inlineLimits(),
      ...(watch ? [reloadWhenRebuilt()] : []),
    ],
    build: {
      outDir,
      emptyOutDir: false,
      target,
      // Pages are served without `unsafe-inline` and without `data:`.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
      watch: watch ? {} : null,
    },
  };
}

/** What the element uses of the language; its file, relative to the output. */
async function builtIns(outDir: string): Promise<string> {
  const config = common(outDir);
  const built = await build({
    ...config,
    build: {
      ...config.build,
      watch: null,
      rolldownOptions: {
        input: join(import.meta.dirname, 'built-ins.ts'),
        preserveEntrySignatures: 'strict',
        output: { entryFileNames: 'assets/built-ins-[hash].js' },
      },
    },
  });
  return (built as Rolldown.RolldownOutput).output[0].fileName;
}

async function element(outDir: string): Promise<InlineConfig> {
  const config = common(outDir);
  return {
    ...config,
    plugins: [
      forHostilePages(await builtIns(outDir)),
      noPreloading(),
      handlerBeside(),
      words(),
      config.plugins,
    ],
    base: './',
    build: {
      ...config.build,
      // Preloading would look for chunks on the shop's origin.
      modulePreload: false,
      rolldownOptions: {
        input: join(client, 'element/element.ts'),
        output: { entryFileNames: 'talk-to-us.js', chunkFileNames: 'assets/[name]-[hash].js' },
      },
    },
  };
}

/** Named by shops in their own service worker; those are classic scripts. */
function worker(outDir: string): InlineConfig {
  const config = common(outDir);
  return {
    ...config,
    plugins: [ringingWords(), config.plugins],
    build: {
      ...config.build,
      rolldownOptions: {
        input: join(client, 'element/callback/service-worker.ts'),
        output: { format: 'iife', entryFileNames: 'talk-to-us-worker.js' },
      },
    },
  };
}

const sourceOf = (names: string) => new RegExp(String.raw`[\\/]client[\\/](?:${names})\.ts$`);

/**
 * What several parts of the console share, in one file instead of one for each few lines. Words have a file of their own,
 * since what uses them is read after they have come; Lit has one for the pages that use nothing else.
 */
const sharedFiles = [
  { name: 'lit', test: /[\\/]node_modules[\\/](?:@lit|lit)/, priority: 2 },
  { name: 'words', test: sourceOf('ui/(?:words|prefs)'), priority: 1 },
  {
    name: 'shared',
    test: sourceOf(
      'ui/(?:texts|who|durations|route|microphone-loan|styles|base|buttons|fields|notes|choices|dialogs|icons)|' +
        'console/(?:session/keyboard|screens/gate)|voice/devices',
    ),
  },
];

function pages(outDir: string): InlineConfig {
  const config = common(outDir);
  return {
    ...config,
    plugins: [noPreloading(), consoleWords(), preloadConsole(), wordsBeside(), config.plugins],
    base: '/',
    build: {
      ...config.build,
      modulePreload: false,
      rolldownOptions: {
        input: ['demo', 'console', 'test-page', 'preview'].map(page => join(client, page, 'index.html')),
        output: { codeSplitting: { groups: sharedFiles } },
      },
    },
  };
}

if (watch) {
  // Straight into dist/: a developer's page may see a half-written build, and reloads again.
  await build(await element(dist));
  await build(worker(dist));
  await build(pages(dist));
} else {
  const fresh = `${dist}.new-${process.pid}`;
  const old = `${dist}.old-${process.pid}`;
  try {
    await build(await element(fresh));
    await build(worker(fresh));
    await build(pages(fresh));
    compressFiles(fresh);
    // A running server sees the old build or the new one, never a half.
    if (existsSync(dist)) renameSync(dist, old);
    renameSync(fresh, dist);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
    rmSync(old, { recursive: true, force: true });
  }
}
