import type { RepStatus } from '../../../shared/domain.ts';
import type { CallId } from '../../../shared/ids.ts';

/** What one click can do about it. */
export type Help =
  | { do: 'reconnect' }
  | { do: 'go-available' }
  /** Stay what the system made of the rep; from now on it is the rep's own choice. */
  | { do: 'stay'; status: Exclude<RepStatus, 'available'> }
  /** Take a call that waits, whoever it would ring for next. */
  | { do: 'pick-up'; callId: CallId; who: string }
  | { do: 'choose-microphone' }
  | { do: 'connect-microphone' }
  | { do: 'sound-on' }
  /** Bring the phone to this window. */
  | { do: 'take-over' }
  | { do: 'seen'; at: number }
  /** It is known now that one may do something else. */
  | { do: 'access-seen' }
  | { do: 'dismiss' };
