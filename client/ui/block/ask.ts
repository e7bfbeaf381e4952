import type { CallId } from '../../../shared/ids.ts';
import type { CallCard } from '../../../shared/views.ts';
import { whoIs } from '../who.ts';

/** Whom to block: the caller of that call, and what of them is known. */
export type BlockAsk = {
  callId: CallId;
  who: string;
  phone: string | null;
  networkKnown: boolean;
};

declare global {
  interface HTMLElementEventMap {
    'block-caller': CustomEvent<BlockAsk>;
  }
}

/** Opens the one dialog that the desk has for it, from wherever in the console a caller is shown. */
export function askToBlock(from: Element, ask: BlockAsk): void {
  from.dispatchEvent(
    new CustomEvent<BlockAsk>('block-caller', { detail: ask, bubbles: true, composed: true }),
  );
}

export const blockAskOf = (call: CallCard): BlockAsk => ({
  callId: call.callId,
  who: whoIs(call),
  phone: call.phone,
  networkKnown: true,
});
