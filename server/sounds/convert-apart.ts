/** Converts a file in a thread of its own: decoding takes seconds, in which the server must go on answering. */
import { Worker } from 'node:worker_threads';
import type { Converted } from './convert.ts';
import { soundLimits } from './limits.ts';
import { SoundError } from './problems.ts';
import type { Told } from './thread.ts';

/**
 * @param path of the uploaded file
 * @param onProgress called in steps, with 0..1
 * @param signal gives up, and ends the thread
 * @param withinMs bound of the whole conversion
 * @throws SoundError for whatever is wrong with the file, `took-too-long` included
 * @throws Error when the thread ended by itself, or was told to
 */
export async function convertApart(
  path: string,
  onProgress: (done: number) => void,
  signal: AbortSignal,
  withinMs: number = soundLimits.conversionMs,
): Promise<Converted> {
  signal.throwIfAborted();
  const thread = new Worker(new URL('./thread.ts', import.meta.url), {
    workerData: { path },
    // Opus in WebAssembly: its native build takes the whole process down when the thread that loaded it ends, and
    // a file made by an attacker is better read where it can write to nothing else.
    env: { ...process.env, OPUS_FORCE_WASM: '1' },
    resourceLimits: { maxOldGenerationSizeMb: soundLimits.heapMb },
    // Decoders complain to the console about every damaged frame.
    stdout: true,
    stderr: true,
  });
  thread.stdout.resume();
  thread.stderr.resume();
  const give = new AbortController();
  const limit = setTimeout(() => give.abort(new SoundError('took-too-long')), withinMs);
  try {
    return await outcome(thread, onProgress, AbortSignal.any([signal, give.signal]));
  } finally {
    clearTimeout(limit);
    await thread.terminate();
  }
}

function outcome(
  thread: Worker,
  onProgress: (done: number) => void,
  signal: AbortSignal,
): Promise<Converted> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    thread.on('message', (told: Told) => {
      if ('converted' in told) resolve(told.converted);
      else if ('problem' in told) reject(new SoundError(told.problem, { format: told.format }));
      else onProgress(told.progress);
    });
    thread.once('error', reject);
    thread.once('exit', code => reject(new Error(`the conversion ended by itself (${code})`)));
  });
}
