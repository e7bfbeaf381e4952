/** The thread in which one file is converted: started for it by `convert-apart.ts`, and gone afterwards. */
import { readFile } from 'node:fs/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { type Converted, convert } from './convert.ts';
import { soundLimits } from './limits.ts';
import { SoundError, type SoundProblem } from './problems.ts';

/** What the thread tells. Anything that is not the file's fault ends it with an error instead. */
export type Told =
  | { progress: number }
  | { converted: Converted }
  | { problem: SoundProblem; format: string };

const tell = (told: Told) => parentPort?.postMessage(told);

let progress = 0;
function noteProgress(done: number): void {
  if (done < progress + soundLimits.progressStep) return;
  progress = done;
  tell({ progress });
}

try {
  const file = await readFile((workerData as { path: string }).path);
  tell({ converted: await convert(file, noteProgress) });
} catch (error) {
  if (!(error instanceof SoundError)) throw error;
  tell({ problem: error.problem, format: error.format });
}
