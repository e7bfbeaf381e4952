/** `GET /healthz`: the process runs. `GET /readyz`: it can take calls, or which part cannot. */
import type Router from '@koa/router';
import { sql } from 'kysely';
import type { HttpDeps } from './deps.ts';

type Part = { part: 'database' | 'media' | 'shutdown'; message: string };

export function healthRoutes(router: Router, deps: HttpDeps): void {
  router.get('/healthz', ctx => {
    ctx.set('cache-control', 'no-store');
    ctx.body = { status: 'ok' };
  });

  router.get('/readyz', async ctx => {
    ctx.set('cache-control', 'no-store');
    const failing = await partsNotReady(deps);
    ctx.status = failing.length === 0 ? 200 : 503;
    ctx.body = failing.length === 0 ? { status: 'ready' } : { status: 'not-ready', failing };
  });
}

export async function partsNotReady({ db, mediaFigures, shuttingDown, log }: HttpDeps): Promise<Part[]> {
  const failing: Part[] = [];
  if (shuttingDown()) failing.push({ part: 'shutdown', message: 'The server is stopping' });
  try {
    await sql`select 1`.execute(db);
  } catch (err) {
    log.warn({ err }, 'the database does not answer');
    failing.push({ part: 'database', message: 'The database does not answer' });
  }
  try {
    const { workers } = await mediaFigures();
    const dead = workers.filter(worker => !worker.alive).length;
    if (dead > 0 || workers.length === 0) {
      failing.push({ part: 'media', message: `${dead} of ${workers.length} media workers are not alive` });
    }
  } catch (err) {
    log.warn({ err }, 'the media plane does not answer');
    failing.push({ part: 'media', message: 'The media plane does not answer' });
  }
  return failing;
}
