/** What either side of a call can change about it: mute marks and measured quality. */
import type { Change } from '../change.ts';
import type { Side } from '../model/events.ts';
import { apply } from '../transaction/apply.ts';
import type { LoadedCall } from '../transaction/call-rows.ts';

/** The microphone of one side is muted or open; the other side is shown it. The silence itself is made in the browser. */
export async function markMuted(change: Change, call: LoadedCall, side: Side, muted: boolean): Promise<void> {
  await apply(change, call, { type: 'mute', side, muted });
}

/** Remember the newest MOS that one side measured, rounded to what a person can tell apart. */
export async function noteQuality(change: Change, call: LoadedCall, side: Side, mos: number): Promise<void> {
  await apply(change, call, { type: 'measure', side, mos });
}
