import path from 'node:path';
import { defineConfig } from 'vitest/config';
import { longer } from './test/chaos/longer.ts';
import { consoleWords } from './tools/browser-build/console-words.ts';
import { endUnlessNodeFits } from './tools/setup/node-version.mjs';

endUnlessNodeFits();

// Most of what a process does first is to compile the same packages.
process.env.NODE_COMPILE_CACHE ??= path.join(import.meta.dirname, 'node_modules/.cache/compiled');

/** What hangs is ended after this, ms. Far above what any test takes on a busy machine: no test measures speed by it. */
const hung = { unit: 150_000, server: 150_000, browser: 300_000 };

/**
 * Files at once. Much of the servers' time is waiting, for a due time or another process, and a third of the browsers'.
 * Attacks measure how long others wait: two of those would measure each other's load.
 */
const atOnce = {
  servers: { maxWorkers: 4, sequence: { groupOrder: 0 } },
  browsers: { maxWorkers: 2, sequence: { groupOrder: 1 } },
  attacks: { maxWorkers: 1, sequence: { groupOrder: 2 } },
};

/** Files that come one after the other in a process share what it has loaded, and browsers: a third of the time is starting them. */
const oneAfterTheOther = { isolate: false };
const setupFiles = ['test/support/after-each-file.ts'];

/** Projects by folder: pure parts; the real server, worker and database; real browsers; attacks that take minutes. */
export default defineConfig({
  test: {
    projects: [
      {
        plugins: [consoleWords()],
        test: {
          name: 'unit',
          ...oneAfterTheOther,
          setupFiles: ['test/support/console-words.ts'],
          ...atOnce.servers,
          include: ['test/unit/**/*.test.ts'],
          testTimeout: hung.unit,
          hookTimeout: hung.unit,
        },
      },
      {
        test: {
          name: 'integration',
          ...oneAfterTheOther,
          setupFiles,
          ...atOnce.servers,
          globalSetup: ['test/support/postgres-for-all.ts'],
          include: ['test/integration/**/*.test.ts'],
          testTimeout: hung.server,
          hookTimeout: hung.server,
        },
      },
      {
        plugins: [consoleWords()],
        test: {
          name: 'e2e',
          ...oneAfterTheOther,
          setupFiles: [...setupFiles, 'test/support/console-words.ts'],
          include: ['test/e2e/**/*.test.ts'],
          testTimeout: hung.browser,
          hookTimeout: hung.browser,
          ...atOnce.browsers,
        },
      },
      {
        test: {
          name: 'chaos',
          globalSetup: ['test/support/postgres-for-all.ts'],
          include: ['test/chaos/**/*.test.ts', ...longer.files],
          env: longer.counts,
          ...atOnce.attacks,
          testTimeout: 10 * 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
