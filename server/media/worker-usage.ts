/** What a worker process uses, for `/healthz` and `/metrics`. */
import { readFile } from 'node:fs/promises';
import type { MediaWorker } from './media-worker.ts';

export type WorkerUsage = {
  pid: number;
  alive: boolean;
  legs: number;
  cpuSeconds: number;
  residentBytes: number;
};

const pageBytes = 4096;

/** Never throws: a worker that dies meanwhile is reported as not alive. */
export async function workerUsage(worker: MediaWorker | undefined): Promise<WorkerUsage> {
  if (!worker) return { pid: 0, alive: false, legs: 0, cpuSeconds: 0, residentBytes: 0 };
  const { pid, legs } = worker;
  try {
    const [usage, resident] = await Promise.all([worker.worker.getResourceUsage(), residentBytes(pid)]);
    return {
      pid,
      alive: true,
      legs,
      cpuSeconds: (usage.ru_utime + usage.ru_stime) / 1000,
      // The most it ever held, in KiB, where the present figure is not to be had (no /proc).
      residentBytes: resident ?? usage.ru_maxrss * 1024,
    };
  } catch {
    return { pid, alive: false, legs, cpuSeconds: 0, residentBytes: 0 };
  }
}

async function residentBytes(pid: number): Promise<number | undefined> {
  const statm = await readFile(`/proc/${pid}/statm`, 'utf8').catch(() => undefined);
  return statm === undefined ? undefined : Number(statm.split(' ')[1]) * pageBytes;
}
