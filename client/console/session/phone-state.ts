import type { RepStatus } from '../../../shared/domain.ts';
import type { HeldBy } from '../../../shared/protocol.ts';
import type { RepView } from '../../../shared/views.ts';
import type { SignalingError } from '../../voice/connection.ts';
import type { SoundState } from './phone-media.ts';

/** The way to the server. `refused` does not mend itself. */
export type Link =
  | { state: 'connecting' }
  | { state: 'online' }
  /** `lostAt`: since when, by the server's clock. `store`: the server is there, its database is not. */
  | { state: 'reconnecting'; lostAt: number; store?: true }
  | { state: 'refused'; why: 'sign-in-needed' | 'version' | 'other' };

/** What is under way, so that a button can say so and is not pressed twice. */
export type Busy =
  | 'status'
  | 'accept'
  | 'decline'
  | 'mute'
  | 'hold'
  | 'transfer'
  | 'hang-up'
  | 'finish'
  | 'take-over'
  | 'pick-up'
  | 'remove';

/** One thing worth telling that the view does not say by itself. */
export type Notice =
  | { about: 'mic-lost' }
  | { about: 'mic-lost-in-call' }
  /** In a call another one took over. */
  | { about: 'mic-switched' }
  /** `not-fetched`: a part of the console. */
  | { about: 'request'; code: SignalingError['code'] | 'not-fetched' };

/** Everything that the screens are drawn from. */
export type PhoneState = SoundState & {
  link: Link;
  /** The last one that arrived; stale while `link` is not `online`. */
  view: RepView | null;
  /** Which window of the rep has the phone. In the others nothing rings, and what they ask for happens there. */
  heldBy: HeldBy;
  busy: ReadonlySet<Busy>;
  /** Chosen just now and on its way to the server. */
  statusWanted: RepStatus | null;
  notice: Notice | null;
};
