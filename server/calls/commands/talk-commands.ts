/** What either side of a call can change about it: mute marks and measured quality. */
import type { CallRow } from '../../store/schema.ts';
import type { Change } from '../change.ts';

export type Side = 'shopper' | 'rep';

/** The microphone of one side is muted or open; the other side is shown it. The silence itself is made in the browser. */
export async function markMuted(change: Change, call: CallRow, side: Side, muted: boolean): Promise<void> {
  const flag = muted ? 1 : 0;
  await change.db
    .updateTable('calls')
    .set(side === 'shopper' ? { shopper_muted: flag } : { rep_muted: flag })
    .where('id', '=', call.id)
    .execute();
  change.touch({ siteId: call.site_id, call: call.id, rep: call.rep_id });
}

/** Remember the newest MOS that one side measured, rounded to what a person can tell apart. */
export async function noteQuality(change: Change, call: CallRow, side: Side, mos: number): Promise<void> {
  const rounded = Math.round(mos * 10) / 10;
  // Most samples say what the last one said: nothing to write, nothing to push.
  if (rounded === (side === 'shopper' ? call.shopper_mos : call.rep_mos)) return;
  await change.db
    .updateTable('calls')
    .set(side === 'shopper' ? { shopper_mos: rounded } : { rep_mos: rounded })
    .where('id', '=', call.id)
    .execute();
  change.touch({ siteId: call.site_id, call: call.id, rep: call.rep_id });
}
