/** `/api/first-run`: how far an owner has set up the account. */
import type { FirstRun } from '../../../shared/api/first-run.ts';
import { changeFirstRun, listFirstRuns, testCallAnswered } from '../../store/first-run.ts';
import type { HttpDeps } from '../deps.ts';
import type { Handlers } from './mount.ts';
import { accountIn } from './team.ts';

export function firstRunHandlers({
  db,
  ownOrigins,
  log,
}: HttpDeps): Handlers<'GET /api/first-run' | 'PATCH /api/first-run'> {
  /** A test call is done when it was answered, whoever says what. It stays done when the call is forgotten. */
  async function withTestCall(run: FirstRun): Promise<FirstRun> {
    if (run.done.includes('test-call')) return run;
    if (!(await testCallAnswered(db, run.accountId, ownOrigins()))) return run;
    return changeFirstRun(db, run.accountId, { done: 'test-call' });
  }

  return {
    async 'GET /api/first-run'({ scope }) {
      const runs = await listFirstRuns(db, scope.accounts);
      return { runs: await Promise.all(runs.map(withTestCall)) };
    },

    async 'PATCH /api/first-run'({ member, scope, query, body }) {
      const run = await changeFirstRun(db, accountIn(scope, query.account), body);
      if (body.state) log.info({ rep: member.id, state: body.state }, 'first run');
      return withTestCall(run);
    },
  };
}
