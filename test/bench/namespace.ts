/**
 * A comparison on a network of its own: a script that runs in a namespace with one address, and goes with all that it started.
 * Janus refuses loopback addresses for media; there both servers have the same address, which only the script can reach.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { onAddress } from '../support/surroundings.ts';

/** The one address of the namespace. */
export const ownAddress = '10.77.0.1';

type Message<T> = { progress: string } | { result: T };

/**
 * @param script calls `reportFrom`
 * @param args given to the script
 * @throws Error when the script fails; what it says about that is on stderr
 */
export async function inNamespace<T>(
  script: URL,
  args: readonly string[],
  say: (progress: string) => void,
): Promise<T> {
  const command = [...onAddress(ownAddress), process.execPath, fileURLToPath(script), ...args];
  const child = spawn(command[0]!, command.slice(1), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  let answer: { result: T } | undefined;
  child.on('message', message => {
    const known = message as Message<T>;
    if ('progress' in known) say(known.progress);
    else answer = known;
  });
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0 || !answer) throw new Error(`${fileURLToPath(script)} ended with ${code} and no result`);
  return answer.result;
}

/** What such a script does: measures, and answers whoever started it. */
export async function reportFrom<T>(measure: (say: (progress: string) => void) => Promise<T>): Promise<void> {
  process.once('disconnect', () => process.exit(1));
  const result = await measure(progress => process.send?.({ progress }));
  process.send?.({ result }, () => process.exit(0));
}
