import type { CallId } from '../../../shared/ids.ts';

const key = 'talk-to-us.rep.note';

/** The note being written, kept through a reload of the tab; one at a time, for one call. */
export const noteDraft = {
  load(callId: CallId, storage: Pick<Storage, 'getItem'> = sessionStorage): string {
    try {
      const saved: unknown = JSON.parse(storage.getItem(key) ?? 'null');
      if (saved && typeof saved === 'object' && 'callId' in saved && 'note' in saved)
        return saved.callId === callId && typeof saved.note === 'string' ? saved.note : '';
    } catch {
      // Nothing usable is there.
    }
    return '';
  },

  save(callId: CallId, note: string, storage: Pick<Storage, 'setItem'> = sessionStorage): void {
    try {
      storage.setItem(key, JSON.stringify({ callId, note }));
    } catch {
      // A blocked storage costs the draft only if the tab is reloaded.
    }
  },
};

/** The note is sent this long before wrap-up ends by itself: enough for a slow timer and a round trip. */
const sendBeforeEndMs = 1_500;

/** Whether it is time to send what was written, since the end of wrap-up would lose it. */
export function sendNow(note: string, dueAt: number, now: number): boolean {
  return note.trim() !== '' && now >= dueAt - sendBeforeEndMs && now < dueAt;
}
