/** Whether the native worker is a file that this machine can run: the system itself says little when it is not. */
import { accessSync, closeSync, constants, openSync, readSync, statSync } from 'node:fs';
import { MediaSetupError } from './setup-error.ts';

/** `e_machine` of an ELF header, for the two that Node itself runs on in practice. */
const machines: Record<string, number> = { x64: 62, arm64: 183 };

export const brokenWords = (workerBin: string, why: string) =>
  `The native media worker at ${workerBin} does not run here: ${why}. Remove it and start again, so that it is made anew for this machine.`;

/** @throws MediaSetupError */
export function mustRunHere(workerBin: string): void {
  const broken = (why: string, cause?: unknown) =>
    new MediaSetupError('worker-broken', brokenWords(workerBin, why), { cause });
  const there = statSync(workerBin, { throwIfNoEntry: false });
  if (!there)
    throw new MediaSetupError(
      'worker-missing',
      `The native media worker is not at ${workerBin}. "npm start" gets or builds it; MEDIASOUP_WORKER_BIN can name another one.`,
    );
  if (!there.isFile()) throw broken('it is a folder');
  try {
    accessSync(workerBin, constants.X_OK | constants.R_OK);
  } catch (cause) {
    throw broken('this user may not execute it', cause);
  }
  if (process.platform !== 'linux') return;
  const header = firstBytes(workerBin);
  // A script may stand in front of it.
  if (header.toString('latin1', 0, 2) === '#!') return;
  if (header.toString('latin1', 0, 4) !== '\x7fELF') throw broken('it is no program');
  const machine = machines[process.arch];
  if (machine !== undefined && header.readUInt16LE(18) !== machine)
    throw broken(`it was made for another kind of processor than ${process.arch}`);
}

function firstBytes(file: string): Buffer {
  const bytes = Buffer.alloc(20);
  const handle = openSync(file, 'r');
  try {
    readSync(handle, bytes, 0, bytes.length, 0);
  } finally {
    closeSync(handle);
  }
  return bytes;
}
