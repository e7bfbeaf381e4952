/** Runs in a namespace: says what it sees there, and leaves a process behind. Fails when it is given a word to fail with. */
import { spawn } from 'node:child_process';
import { readlinkSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { reportFrom } from '../../bench/namespace.ts';

await reportFrom(async say => {
  say(`network ${readlinkSync('/proc/self/ns/net')}`);
  // Named by its argument, so that it can be found from outside.
  spawn('sleep', [process.argv[2]!], { stdio: 'ignore', detached: true }).unref();
  const why = process.argv[3];
  if (why) throw new Error(why);
  return Object.values(networkInterfaces())
    .flatMap(all => all!.filter(({ family }) => family === 'IPv4'))
    .map(({ address }) => address);
});
