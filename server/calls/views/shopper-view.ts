/** What a shopper may see, computed whole from the database. */
import { type Kysely, sql } from 'kysely';
import type { PartyKind, Setback } from '../../../shared/domain.ts';
import type { QueueId, ShopperId, SiteId } from '../../../shared/ids.ts';
import { chosenLanguage, wordsIn } from '../../../shared/own-words.ts';
import type { QueueSettings } from '../../../shared/settings.ts';
import type { Announcements, ShopperView } from '../../../shared/views.ts';
import { soundPath } from '../../../shared/wire.ts';
import { isOpen, opensAt } from '../../acd/hours.ts';
import { literal } from '../../store/literals.ts';
import { repOfCall } from '../../store/parties.ts';
import type { CallRow, Database } from '../../store/schema.ts';
import { readSiteSettings } from '../../store/sites.ts';
import { oneWrittenOnce } from '../../store/written-once.ts';
import { type Line, standingOf, standingOfOne } from '../line/line.ts';
import { inLanguage } from '../routing/availability.ts';
import type { Microphones } from './rep-view.ts';
import { readShared, type SharedReading } from './shared-reading.ts';

/**
 * Who asks; `queueId`: the queue that the page is for, the site's first when left out; `languages`: what the page would
 * speak, the best first.
 */
export type Visitor = {
  siteId: SiteId;
  shopperId: ShopperId;
  queueId?: QueueId | undefined;
  languages: readonly string[];
};

/** Where the shopper stands now: no call, the one that is not over, or else the newest of this tab. */
export async function shopperView(
  db: Kysely<Database>,
  { siteId, shopperId, queueId, languages }: Visitor,
  now: number,
  { line: readLine, reach }: Pick<SharedReading, 'line' | 'reach'> = readShared(db, now),
  microphones?: Microphones,
): Promise<ShopperView> {
  const call = await newestCall(db, { siteId, shopperId });
  const offered = async () => inLanguage(await reach(siteId, queueId), languages);
  if (!call) return { state: 'idle', serverTime: now, ...(await offered()) };
  switch (call.state) {
    case 'waiting':
    case 'ringing': {
      const line = await readLine(siteId, call.queue_id);
      const standing = standingOf(line, call.id, now) ?? (await standingOfOne(db, line, call, now));
      if (call.callback_kind !== null)
        return {
          state: 'callback',
          serverTime: now,
          callId: call.id,
          queueName: line.queueName,
          since: call.queued_at,
          ...standing,
          kind: call.callback_kind,
          phone: call.callback_phone,
          push: call.callback_push !== null,
          tries: call.callback_tries,
          nextTryAt: call.held_until,
          expiresAt: call.callback_expires_at ?? now,
          ...hoursOf(line, now),
        };
      return {
        state: 'waiting',
        serverTime: now,
        callId: call.id,
        since: call.queued_at,
        ...standing,
        ringing: call.state === 'ringing',
        returned: call.returned_at !== null,
        setback: setbackOf(line, Number(call.passed_over) > 0),
        ...saidInLine(line, languages),
      };
    }
    case 'calling-back':
      return {
        state: 'calling-back',
        serverTime: now,
        callId: call.id,
        kind: call.callback_kind ?? 'page',
        repName: call.rep_name ?? '',
        ringUntil: call.ring_until,
      };
    case 'talking':
      return {
        state: 'talking',
        serverTime: now,
        callId: call.id,
        repName: call.rep_name ?? '',
        repPhoto: readSiteSettings({ settings: call.site_settings }).appearance.photos
          ? call.rep_photo
          : null,
        since: call.answered_at ?? call.started_at,
        muted: Number(call.muted) > 0,
        repMuted: Number(call.rep_muted) > 0,
        repMicrophone: (call.rep_id && microphones?.microphoneOfRep(call.rep_id)) || 'ok',
        repLost: call.rep_session === null,
        onHold: Number(call.on_hold) > 0,
        ringing: Number(call.rings) > 0,
      };
    case 'ended':
      return {
        state: 'ended',
        serverTime: now,
        callId: call.id,
        reason: call.end_reason ?? 'shopper-hung-up',
        repName: call.rep_name,
        talkMs: talkMs(call),
        ...(await offered()),
      };
    default:
      return call.state satisfies never;
  }
}

const newestCall = oneWrittenOnce((db, { siteId, shopperId }: { siteId: SiteId; shopperId: ShopperId }) =>
  db
    .selectFrom('calls')
    .innerJoin('sites', 'sites.id', 'calls.site_id')
    .leftJoin('reps', join => join.on('reps.id', '=', repOfCall))
    .leftJoin('images', 'images.rep_id', 'reps.id')
    .selectAll('calls')
    .select(['reps.id as rep_id', 'reps.name as rep_name', 'reps.session_id as rep_session'])
    .select(['images.name as rep_photo', 'sites.settings as site_settings'])
    .select([isMuted('shopper').as('muted'), isMuted('rep').as('rep_muted'), wasPassedOver.as('passed_over')])
    .select([isHeld.as('on_hold'), rings.as('rings')])
    .where('calls.site_id', '=', siteId)
    .where('calls.shopper_id', '=', shopperId)
    // A call that is not over comes first, even when it began in the same millisecond as one that is.
    .orderBy(({ eb }) => eb.case().when('calls.state', '=', literal.ended).then(1).else(0).end())
    .orderBy('calls.started_at', 'desc')
    .orderBy('calls.ended_at', 'desc')
    .limit(1),
);

/** How many of that kind are muted in a call now. */
const isMuted = (kind: PartyKind) =>
  sql<number | string>`(select count(*) from call_parties
    where call_parties.call_id = calls.id and kind = ${kind} and left_at is null and muted = 1)`;

/** Whether the shopper is on hold, as a number. */
const isHeld = sql<number | string>`(select count(*) from call_parties
    where call_parties.call_id = calls.id and kind = 'shopper' and left_at is null and state = 'held')`;

/** At how many reps the call rings. */
const rings = sql<number | string>`(select count(*) from offers
    where offers.call_id = calls.id and offers.state = 'live')`;

/** What the queue of the line says to who waits there. */
function saidInLine({ queueName, settings, languages }: Line, asked: readonly string[]) {
  const { callback, announcements, texts } = settings;
  return {
    queueName,
    callback: { page: callback.page, phone: callback.phone },
    announcements: announcementsOf(announcements),
    message: wordsIn(texts, chosenLanguage(asked, languages)).waiting ?? '',
  };
}

/** Nobody on duty is the graver news. */
const setbackOf = ({ staff }: Line, passedOver: boolean): Setback | null =>
  staff.onDuty === 0 ? 'nobody' : passedOver ? 'not-taken' : null;

/** How often somebody was rung for a call and declined it or did not answer. */
const wasPassedOver = sql<number | string>`(select count(*) from offers
  where offers.call_id = calls.id and offers.state in ('expired', 'declined', 'transferred'))`;

/** Nobody calls back while it is closed, and no wait is foretold then. */
function hoursOf({ settings: { hours } }: Line, now: number) {
  const closed = !isOpen(hours, now);
  return closed ? { closed, opensAt: opensAt(hours, now), estimate: null } : { closed, opensAt: null };
}

/** The view of somebody who stays in the line, as the line is now; null for who has left it. */
export function stillInLine(
  view: Extract<ShopperView, { state: 'waiting' | 'callback' }>,
  line: Line,
  languages: readonly string[],
  now: number,
): ShopperView | null {
  const standing = standingOf(line, view.callId, now);
  if (!standing) return null;
  return view.state === 'waiting'
    ? {
        ...view,
        serverTime: now,
        ...standing,
        setback: setbackOf(line, view.setback === 'not-taken'),
        ...saidInLine(line, languages),
      }
    : { ...view, serverTime: now, ...standing, ...hoursOf(line, now), queueName: line.queueName };
}

const talkMs = (call: Pick<CallRow, 'answered_at' | 'ended_at'>) =>
  call.answered_at === null || call.ended_at === null ? 0 : call.ended_at - call.answered_at;

function announcementsOf({ everyMs, clips }: QueueSettings['announcements']): Announcements | null {
  if (everyMs === 0) return null;
  const addresses = Object.entries(clips).map(([slot, sound]) => [slot, soundPath(sound)]);
  return { everyMs, clips: Object.fromEntries(addresses) };
}
