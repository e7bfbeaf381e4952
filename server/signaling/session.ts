/** A client after a good `hello`. */

import type { MicrophoneState } from '../../shared/domain.ts';
import type { CallId, LegId, QueueId, RepId, ShopperId, SiteId } from '../../shared/ids.ts';
import { repLeg, shopperLeg } from '../../shared/ids.ts';
import type { RepView, ShopperView } from '../../shared/views.ts';
import type { ClientSocket } from './client-socket.ts';

type Common = {
  /** Unique per socket. */
  id: string;
  socket: ClientSocket;
  /** What was last shown, without `serverTime`, to push only what changed. */
  shown: string;
  /** The answer to `hello` is on its way, so that views make sense to the client. */
  greeted: boolean;
  /** Something changed since the last reading began. */
  stale: boolean;
  /** The reading in hand. */
  reading: Promise<void> | null;
  /** What the page last said of its microphone. */
  microphone: MicrophoneState;
};

export type ShopperSession = Common & {
  role: 'shopper';
  siteId: SiteId;
  shopperId: ShopperId;
  /** The queue that the page is for; the site's first when left out. */
  queueId: QueueId | undefined;
  /** What the page would speak, the best first; not checked, since it only chooses words. */
  languages: readonly string[];
  /** The call that is not over, once a view showed it. */
  callId: CallId | null;
  /** The newest view. */
  view: ShopperView | null;
  /** When `call.start` came in (monotonic, ms), until the microphone flows. */
  setUpSince: number | null;
  /** The line in which the shopper waits now. */
  waitingIn: QueueId | null;
};

export type RepSession = Common & {
  role: 'rep';
  repId: RepId;
  /** By which the window was let in: what is closed when that ends. */
  signInId: string;
  /** Sites whose queues the rep served when the view was last read. */
  siteIds: readonly SiteId[];
  view: RepView | null;
};

export type Session = ShopperSession | RepSession;

/** The leg of whoever holds the session, or null for a shopper who is in no call. */
export function legOf(session: Session): LegId | null {
  if (session.role === 'rep') return repLeg(session.repId);
  return session.callId ? shopperLeg(session.callId) : null;
}
