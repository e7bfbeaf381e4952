/** A microphone for something that is no call. The phone comes first: it lends one, and takes it back when a call comes. */
export type MicrophoneLoan = {
  /** The borrower's own: stopping it leaves the microphone of the phone open. */
  track: MediaStreamTrack;
  /** Aborted when a call needs the person; the track is stopped then. */
  recalled: AbortSignal;
};

/** What a borrower is refused with, in words for the person. */
export class LoanRefusedError extends Error {
  override name = 'LoanRefusedError';
}

/** Fired by who asks; whoever has the phone puts a promise into it. */
export type LoanAsked = CustomEvent<{ answer?: Promise<MicrophoneLoan> }>;
export const loanAsked = 'microphone-asked';

/** Ask the phone around `from` for a microphone. Rejects with `LoanRefusedError`. */
export function borrowMicrophone(from: Element): Promise<MicrophoneLoan> {
  const asked: LoanAsked = new CustomEvent(loanAsked, { detail: {}, bubbles: true, composed: true });
  from.dispatchEvent(asked);
  return asked.detail.answer ?? Promise.reject(new LoanRefusedError());
}

declare global {
  interface HTMLElementEventMap {
    [loanAsked]: LoanAsked;
  }
}
