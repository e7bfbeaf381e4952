import { callStates, repStatuses } from '../../shared/domain.ts';
import { literal } from '../store/literals.ts';
import type { HttpDeps } from './deps.ts';

/** Set the gauges that mirror the database and the media plane, so that they never drift from the truth. */
export async function refreshGauges(deps: Pick<HttpDeps, 'db' | 'mediaFigures' | 'metrics'>): Promise<void> {
  const { db, mediaFigures } = deps;
  const { read } = deps.metrics;
  const [calls, reps, media] = await Promise.all([
    db
      .selectFrom('calls')
      .select(({ fn }) => ['state', fn.countAll().as('count')])
      .where('state', '<>', literal.ended)
      .groupBy('state')
      .execute(),
    db
      .selectFrom('reps')
      .select(({ fn }) => ['status', fn.countAll().as('count')])
      .groupBy('status')
      .execute(),
    mediaFigures(),
  ]);

  const callsIn = (state: string) => Number(calls.find(row => row.state === state)?.count ?? 0);
  for (const state of callStates) if (state !== 'ended') read.calls.set({ state }, callsIn(state));
  read.callsWaiting.set(callsIn('waiting') + callsIn('ringing'));
  for (const status of repStatuses) {
    read.reps.set({ status }, Number(reps.find(row => row.status === status)?.count ?? 0));
  }
  read.workers.set(media.workers.length);
  read.workersAlive.set(media.workers.filter(worker => worker.alive).length);
  read.legs.set(media.legs);
  read.edges.set(media.edges);
  read.pipes.set(media.pipes);
}
