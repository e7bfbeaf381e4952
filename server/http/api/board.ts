/** `/api/board`: what a supervisor does at the live board. */
import { directRep } from '../../calls/commands/directions.ts';
import type { HttpDeps } from '../deps.ts';
import { callErrorAsHttp } from '../errors.ts';
import type { Handlers } from './mount.ts';

export function boardHandlers({
  transactions,
  log,
}: HttpDeps): Handlers<'PUT /api/board/reps/:repId/status' | 'POST /api/board/reps/:repId/end-wrap-up'> {
  return {
    async 'PUT /api/board/reps/:repId/status'({ member, scope, params: { repId }, body: { status, why } }) {
      await transactions
        .changeRep(repId, (change, sites) =>
          directRep(change, sites, repId, { by: member.id, why, status }, scope.sites),
        )
        .catch(callErrorAsHttp);
      log.info({ rep: member.id, of: repId, status }, 'status of a rep set');
      return {};
    },

    async 'POST /api/board/reps/:repId/end-wrap-up'({ member, scope, params: { repId }, body: { why } }) {
      await transactions
        .changeRep(repId, (change, sites) =>
          directRep(change, sites, repId, { by: member.id, why, wrapUp: 'over' }, scope.sites),
        )
        .catch(callErrorAsHttp);
      log.info({ rep: member.id, of: repId }, 'wrap-up of a rep ended');
      return {};
    },
  };
}
