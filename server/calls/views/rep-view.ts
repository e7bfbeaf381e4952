/** What a rep may see, computed whole from the database. */
import type { Kysely } from 'kysely';
import type { Availability, MicrophoneState } from '../../../shared/domain.ts';
import type { CallId, RepId } from '../../../shared/ids.ts';
import { limits } from '../../../shared/limits.ts';
import type { RepView, RepWork } from '../../../shared/views.ts';
import { literal } from '../../store/literals.ts';
import type { Database, QueueRow, RepRow } from '../../store/schema.ts';
import { readTeamSettings } from '../../store/team-settings.ts';
import type { Call } from '../model/call.ts';
import { admit } from '../routing/admission.ts';
import { answeredAtOnce } from '../routing/availability.ts';
import { inReach, outOfReach } from '../routing/reach.ts';
import { repsFree, repsOnDuty } from '../routing/rep-selection.ts';
import { loadCallOfRep } from '../transaction/call-rows.ts';
import { atAGlance, cards, toCard, toCards } from './call-cards.ts';
import { missedCall, ringsAgain } from './missed-calls.ts';

/** What the pages on either side said of their microphones. */
export type Microphones = {
  microphoneOfRep(repId: RepId): MicrophoneState;
  microphoneOfShopper(callId: CallId): MicrophoneState;
};

/** The rep's own state, the queues served, and the head of their lines. Throws when the rep does not exist. */
export async function repView(
  db: Kysely<Database>,
  repId: RepId,
  now: number,
  microphones?: Microphones,
): Promise<RepView> {
  const rep = await db.selectFrom('reps').selectAll().where('id', '=', repId).executeTakeFirstOrThrow();
  const queues = await queueCounts(db, repId, now);
  return {
    serverTime: now,
    rep: { name: rep.name, email: rep.email, role: rep.role },
    status: rep.status,
    statusReason: rep.status_reason,
    statusSince: rep.status_since,
    statusNote: rep.status_note,
    ...(await readTeamSettings(db)),
    mediaReady: rep.media_ready === 1,
    work: await workOf(db, rep, microphones),
    queues,
    waiting: await headOfLines(db, repId, now),
    waitingTotal: queues.reduce((sum, queue) => sum + queue.waiting, 0),
    missed: await missedCall(db, rep),
    ...(await outOfLine(db, repId)),
  };
}

async function workOf(db: Kysely<Database>, rep: RepRow, microphones?: Microphones): Promise<RepWork> {
  const own = rep.work === 'talking' ? (await loadCallOfRep(db, rep.id))?.call : undefined;
  if (own?.state === 'calling-back')
    return {
      state: 'calling-back',
      call: await cardOf(db, own.id),
      phone: own.callback.phone,
      ringUntil: own.ringUntil,
      tries: own.callback.tries,
    };
  if (own?.state === 'talking')
    return {
      state: 'talking',
      call: await cardOf(db, own.id),
      answeredAt: own.answeredAt,
      muted: own.rep.muted,
      shopperMuted: own.shopper.muted,
      shopperMicrophone: microphones?.microphoneOfShopper(own.id) ?? 'ok',
      shopperLost: own.parkedUntil !== null,
      quality: { shopper: own.shopper.mos, rep: own.rep.mos },
      transferTo: await otherQueues(db, own),
    };
  const offer = await db
    .selectFrom('offers')
    .select(['id', 'call_id', 'made_at', 'due_at'])
    .where('rep_id', '=', rep.id)
    .where('state', '=', literal.live)
    .executeTakeFirst();
  if (offer) {
    return {
      state: 'ringing',
      offerId: offer.id,
      madeAt: offer.made_at,
      dueAt: offer.due_at,
      call: await cardOf(db, offer.call_id),
    };
  }
  if (rep.wrap_up_until !== null && rep.wrap_up_call_id !== null) {
    const call = await cards(db).where('calls.id', '=', rep.wrap_up_call_id).executeTakeFirstOrThrow();
    return {
      state: 'wrap-up',
      call: await toCard(db, call),
      endedAt: call.ended_at ?? 0,
      reason: call.end_reason ?? 'shopper-hung-up',
      dueAt: rep.wrap_up_until,
    };
  }
  return { state: 'idle' };
}

const cardOf = async (db: Kysely<Database>, callId: CallId) =>
  toCard(db, await cards(db).where('calls.id', '=', callId).executeTakeFirstOrThrow());

async function otherQueues(db: Kysely<Database>, { siteId, place }: Call) {
  const queues = await db
    .selectFrom('queues')
    .select(['id', 'name'])
    .where('site_id', '=', siteId)
    .where('id', '<>', place.queueId)
    .where('removed_at', 'is', null)
    .orderBy('name')
    .execute();
  return queues.map(({ id, name }) => ({ queueId: id, name }));
}

async function headOfLines(db: Kysely<Database>, repId: RepId, now: number): Promise<RepView['waiting']> {
  const rows = await cards(db)
    .innerJoin('queue_members', 'queue_members.queue_id', 'calls.queue_id')
    .where('queue_members.rep_id', '=', repId)
    .where('calls.state', 'in', [...literal.inLine])
    .where(inReach)
    .orderBy('calls.priority', 'desc')
    .orderBy('calls.queued_at')
    .orderBy('calls.id')
    .limit(limits.waitingListLength)
    .execute();
  const again = await ringsAgain(db, repId, now);
  return (await toCards(db, rows)).map((card, index) => ({
    ...atAGlance(card),
    place: index + 1,
    ringing: rows[index]?.state === 'ringing',
    ringsAgainAt: again.get(card.callId) ?? null,
  }));
}

/** Of the rep's queues, what keeps its place but cannot be answered now. */
async function outOfLine(
  db: Kysely<Database>,
  repId: RepId,
): Promise<Pick<RepView, 'absent' | 'absentTotal'>> {
  const absent = () =>
    cards(db)
      .innerJoin('queue_members', 'queue_members.queue_id', 'calls.queue_id')
      .where('queue_members.rep_id', '=', repId)
      .where('calls.state', 'in', [...literal.inLine])
      .where(outOfReach);
  const rows = await absent()
    .orderBy('calls.queued_at')
    .orderBy('calls.id')
    .limit(limits.waitingListLength)
    .execute();
  const full = rows.length === limits.waitingListLength;
  const { total } = full
    ? await absent()
        .clearSelect()
        .select(({ fn }) => fn.countAll<number | string>().as('total'))
        .executeTakeFirstOrThrow()
    : { total: rows.length };
  const found = await toCards(db, rows);
  return {
    absent: found.map((card, index) => ({
      ...atAGlance(card),
      heldUntil: rows[index]?.held_until ?? null,
    })),
    absentTotal: Number(total),
  };
}

async function queueCounts(db: Kysely<Database>, repId: RepId, now: number): Promise<RepView['queues']> {
  const queues = await db
    .selectFrom('queues')
    .innerJoin('queue_members', 'queue_members.queue_id', 'queues.id')
    .selectAll('queues')
    .select(({ selectFrom, fn }) => [
      selectFrom('calls')
        .whereRef('calls.site_id', '=', 'queues.site_id')
        .whereRef('calls.queue_id', '=', 'queues.id')
        .where('calls.state', 'in', [...literal.inLine])
        .where(inReach)
        .select(fn.countAll<number | string>().as('waiting'))
        .as('waiting'),
    ])
    .where('queue_members.rep_id', '=', repId)
    .orderBy('queues.created_at')
    .execute();
  const free = await repsFree(db, queues);
  const duty = await repsOnDuty(db, queues);
  const availability = async (queue: QueueRow): Promise<Availability> => {
    const admission = await admit(db, queue, now);
    if ('refusal' in admission) return admission.refusal.why;
    return (await answeredAtOnce(db, admission.queue)) ? 'open' : 'busy';
  };
  const promised = await Promise.all(queues.map(availability));
  return queues.map((queue, index) => ({
    queueId: queue.id,
    name: queue.name,
    availability: promised[index] ?? 'no-rep',
    waiting: Number(queue.waiting ?? 0),
    repsAvailable: free.get(queue.id) ?? 0,
    repsBusy: (duty.get(queue.id) ?? 0) - (free.get(queue.id) ?? 0),
  }));
}
