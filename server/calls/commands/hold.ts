/** The shopper is put on hold during a talk, and taken back. */
import type { CallId, RepId } from '../../../shared/ids.ts';
import { CallError } from '../errors.ts';
import { apply } from '../writing/apply.ts';
import { loadCallOfRep } from '../writing/call-rows.ts';
import type { Change } from '../writing/change.ts';

/** Asked for what is already, it changes nothing. Throws `not-found` when the rep does not talk in that call. */
export async function holdShopper(
  change: Change,
  repId: RepId,
  callId: CallId,
  hold: boolean,
): Promise<void> {
  const own = await loadCallOfRep(change.db, repId);
  if (own?.call.id !== callId) throw new CallError('not-found', 'That call is not yours or is over.');
  await apply(change, own, { type: hold ? 'hold' : 'resume', repId });
}
