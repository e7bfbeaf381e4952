import { type CallId, type LegId, repLeg, shopperLeg } from '../../shared/ids.ts';
import type { MediaPlane } from '../media/plane.ts';
import type { RepSession, Session } from './session.ts';
import type { Sessions } from './sessions.ts';

/**
 * The leg beside which to open this session's, so that the two of a call share a worker and need no pipe: that of the
 * other side of its call, else of a rep whom a call may ring now, else of any rep of the same site. It goes by the newest
 * views of the reps: where those are wrong the call needs a pipe, as it would anyway.
 */
export function nearLeg(
  sessions: Sessions,
  plane: Pick<MediaPlane, 'hasLeg'>,
  session: Session,
): LegId | undefined {
  const ownCall = callOf(session);
  if (session.role === 'rep' && ownCall && plane.hasLeg(shopperLeg(ownCall))) return shopperLeg(ownCall);
  const likely = (rep: RepSession): number => {
    if (ownCall && callOf(rep) === ownCall) return 3;
    return rep.view?.status === 'available' && rep.view.work.state === 'idle' ? 2 : 1;
  };
  let best: { leg: LegId; likely: number } | undefined;
  for (const siteId of session.role === 'shopper' ? [session.siteId] : session.siteIds)
    for (const other of sessions.ofSite(siteId)) {
      if (other.role !== 'rep' || other === session || !plane.hasLeg(repLeg(other.repId))) continue;
      const found = { leg: repLeg(other.repId), likely: likely(other) };
      if (found.likely > (best?.likely ?? 0)) best = found;
    }
  return best?.leg;
}

function callOf(session: Session): CallId | null {
  if (session.role === 'shopper') return session.callId;
  const work = session.view?.work;
  return work && 'call' in work && work.state !== 'wrap-up' ? work.call.callId : null;
}
