import type { RepView } from '../../../shared/views.ts';
import { LoanRefusedError, type MicrophoneLoan } from '../../ui/microphone-loan.ts';
import { loadPrefs } from '../../ui/prefs.ts';
import { MicrophoneError, openMicrophone } from '../../voice/devices.ts';
import { texts } from '../texts.ts';

/** Someone calls, or is talked to. */
const isCalled = (view: RepView | null) =>
  view !== null && view.work.state !== 'idle' && view.work.state !== 'wrap-up';

/**
 * Lends the phone's microphone to other parts of the page. What is lent is a copy where the phone has one open: to ask the
 * browser once more would silence the first one on some (Safari), and with it the next call.
 */
export class MicrophoneLoans {
  #lent = new AbortController();
  #called = false;

  /** The newest view: when a call comes, everything lent is taken back at once. */
  follow(view: RepView | null): void {
    const before = this.#called;
    this.#called = isCalled(view);
    if (this.#called && !before) this.recall();
  }

  /** Takes everything back that is lent. May be called at any time. */
  recall(): void {
    this.#lent.abort();
    this.#lent = new AbortController();
  }

  /** @param copy of the phone's microphone, if it is open. Rejects with `LoanRefusedError`. */
  async lend(copy: MediaStreamTrack | undefined): Promise<MicrophoneLoan> {
    if (this.#called) {
      copy?.stop();
      throw new LoanRefusedError(texts.noLoanInCall);
    }
    const { signal } = this.#lent;
    const track = copy ?? (await openMicrophone({ deviceId: loadPrefs().microphoneId }).catch(refused));
    if (signal.aborted) {
      track.stop();
      throw new LoanRefusedError(texts.noLoanInCall);
    }
    // One that is muted in a call is silent for that call only.
    track.enabled = true;
    signal.addEventListener('abort', () => track.stop());
    return { track, recalled: signal };
  }
}

function refused(error: unknown): never {
  if (!(error instanceof MicrophoneError)) throw error;
  throw new LoanRefusedError(texts.micProblem[error.reason], { cause: error });
}
