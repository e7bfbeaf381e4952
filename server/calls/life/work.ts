import type { RepWorkState } from '../../../shared/domain.ts';
import type { RepId } from '../../../shared/ids.ts';
import type { RepRow } from '../../store/schema.ts';
import type { Change } from '../change.ts';

/** What keeps the rep busy from now on; written with every transition, so that routing finds free reps at once. */
export async function setWork(
  change: Change,
  repId: RepId,
  work: RepWorkState,
  more: Partial<RepRow> = {},
): Promise<void> {
  await change.db
    .updateTable('reps')
    .set({ work, ...more })
    .where('id', '=', repId)
    .execute();
}
