/** What else runs on the core of the servers under test. */
import { readFileSync } from 'node:fs';
import { type Contender, cores } from './contender.ts';

/** `/proc/stat` counts in hundredths of a second (proc(5)). */
const ticksPerSecond = 100;

/** Seconds for which the core was not idle, interrupts left out; those that a hypervisor took away count. */
function busySeconds(): number {
  const line = readFileSync('/proc/stat', 'utf8').match(new RegExp(`^cpu${cores.servers} (.*)$`, 'm'))?.[1];
  const [user = 0, nice = 0, system = 0, , , , , steal = 0] = (line ?? '').split(' ').map(Number);
  return (user + nice + system + steal) / ticksPerSecond;
}

/** Call once when a round begins; what is returned, when it ends: the share of the core that others than the server had, 0..1. */
export function watchOthers(server: Contender): () => number {
  const others = () => busySeconds() - server.cpuSeconds();
  const before = others();
  const began = performance.now();
  return () => Math.max(0, (others() - before) / ((performance.now() - began) / 1_000));
}
