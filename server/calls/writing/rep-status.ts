/** What a rep is, chosen or not; every change of it is kept for reports. */
import type { RepStatus, StatusReason } from '../../../shared/domain.ts';
import type { RepId } from '../../../shared/ids.ts';
import { limits } from '../../../shared/limits.ts';
import type { RepRow } from '../../store/schema.ts';
import type { Change } from './change.ts';

/** `note`: the reason to be away that the rep chose. */
export type Status = { status: RepStatus; reason: StatusReason; note?: string };

export async function setStatus(
  change: Change,
  repId: RepId,
  { status, reason, note = '' }: Status,
  more: Partial<RepRow> = {},
): Promise<void> {
  await change.db
    .updateTable('reps')
    .set({
      status,
      status_reason: reason,
      status_note: note,
      status_since: change.now,
      directed: '',
      ...more,
    })
    .where('id', '=', repId)
    .execute();
  await change.db
    .insertInto('rep_events')
    .values({ rep_id: repId, at: change.now, status, reason, note })
    .execute();
  await noteMicrophone(change, repId);
}

/** Who is available and here but has no microphone is given a while to find it. */
export async function noteMicrophone(change: Change, repId: RepId): Promise<void> {
  await change.db
    .updateTable('reps')
    .set(({ eb, and, ref, fn, val, case: when }) => ({
      microphone_due: when()
        .when(
          and([eb('status', '=', 'available'), eb('session_id', 'is not', null), eb('media_ready', '=', 0)]),
        )
        .then(fn.coalesce(ref('microphone_due'), val(change.now + limits.microphoneGraceMs)))
        .else(null)
        .end(),
    }))
    .where('id', '=', repId)
    .execute();
}
