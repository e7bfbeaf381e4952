import { defineConfig } from 'vitest/config';

/** Projects by folder: pure parts; the real server, worker and database; real browsers; attacks that take minutes. */
export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: ['test/unit/**/*.test.ts'] } },
      {
        test: {
          name: 'integration',
          globalSetup: ['test/support/postgres-for-all.ts'],
          include: ['test/integration/**/*.test.ts'],
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          // Browsers measure sound: two files at once would measure each other's load.
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'chaos',
          globalSetup: ['test/support/postgres-for-all.ts'],
          include: ['test/chaos/**/*.test.ts'],
          testTimeout: 10 * 60_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
