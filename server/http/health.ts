/** `GET /healthz`: the process runs. `GET /readyz`: it can take calls, or which part cannot. */
import type { Handlers } from './api/mount.ts';
import type { HttpDeps, MediaFigures } from './deps.ts';
import { httpLimits } from './limits.ts';

/** `problem`, such as `full` of a database, with its figures, is put into words by the console; `message` is for the operator. */
type Part = {
  part: 'database' | 'media' | 'shutdown';
  problem?: string;
  params?: Record<string, number>;
  message: string;
};

export const healthHandlers = (deps: HttpDeps): Handlers<'GET /healthz' | 'GET /readyz'> => ({
  'GET /healthz'({ ctx }) {
    ctx.set('cache-control', 'no-store');
    return { status: 'ok' };
  },

  async 'GET /readyz'({ ctx }) {
    ctx.set('cache-control', 'no-store');
    const failing = await partsNotReady(deps);
    if (failing.length === 0) return { status: 'ready' };
    ctx.status = 503;
    return { status: 'not-ready', failing };
  },
});

/** From what is known already: the answer comes at once, whatever hangs. */
export async function partsNotReady({
  storeTrouble,
  mediaFigures,
  shuttingDown,
  log,
}: HttpDeps): Promise<Part[]> {
  const failing: Part[] = [];
  if (shuttingDown()) failing.push({ part: 'shutdown', message: 'The server is stopping' });
  const trouble = storeTrouble();
  if (trouble) failing.push({ part: 'database', problem: trouble.kind, message: trouble.message });
  try {
    const { workers } = await inTime(mediaFigures());
    const dead = workers.filter(worker => !worker.alive).length;
    if (dead > 0 || workers.length === 0) {
      const message = `${dead} of ${workers.length} media workers are not alive`;
      failing.push({ part: 'media', problem: 'workers', params: { dead, all: workers.length }, message });
    }
  } catch (err) {
    log.warn({ err }, 'the media plane does not answer');
    failing.push({ part: 'media', problem: 'no-answer', message: 'The media plane does not answer' });
  }
  return failing;
}

async function inTime(figures: Promise<MediaFigures>): Promise<MediaFigures> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer in time')), httpLimits.readyzMs);
  });
  try {
    return await Promise.race([figures, late]);
  } finally {
    clearTimeout(timer);
  }
}
