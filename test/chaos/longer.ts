/** Random rounds, of which the check runs a few and `npm run chaos` many: the same tests with other counts. */
export const longer = {
  files: [
    'test/integration/calls/routing/double-accept.test.ts',
    'test/integration/calls/routing/histories.test.ts',
    'test/integration/calls/routing/races.test.ts',
    'test/integration/crash/kill-nine.test.ts',
    'test/integration/signaling/fuzz.test.ts',
  ],
  counts: { CRASH_ROUNDS: '12', FUZZ_RUNS: '2500', RACE_ROUNDS: '2500', ROUTING_RUNS: '300' },
};
