/** What a rep may see, computed whole from the database. */
import { type Kysely, sql } from 'kysely';
import { type LeaveReason, type MicrophoneState, transferFailures } from '../../../shared/domain.ts';
import type { CallId, RepId } from '../../../shared/ids.ts';
import type { RepView, RepWork } from '../../../shared/views.ts';
import { literal } from '../../store/literals.ts';
import { accessOfRep } from '../../store/members.ts';
import { repOfCall } from '../../store/parties.ts';
import type { CallRow, Database, RepRow } from '../../store/schema.ts';
import { teamDocuments, uniteReasons } from '../../store/team-settings.ts';
import { oneWrittenOnce } from '../../store/written-once.ts';
import type { KeptDirection } from '../commands/directions.ts';
import { cards, toCard } from '../history/call-cards.ts';
import type { Call } from '../model/call.ts';
import { loadCallOfRep } from '../writing/call-rows.ts';
import { type Board, createBoard, type RepBoard } from './board.ts';
import { missedCall } from './missed-calls.ts';

/** What the pages on either side said of their microphones. */
export type Microphones = {
  microphoneOfRep(repId: RepId): MicrophoneState;
  microphoneOfShopper(callId: CallId): MicrophoneState;
};

/** What is the rep's alone. */
type RepOwn = Omit<RepView, keyof RepBoard>;

/**
 * The rep's own state, the queues served, and the head of their lines. Throws when the rep does not exist.
 *
 * @param board what is read once for all who are shown theirs in one go
 */
export async function repView(
  db: Kysely<Database>,
  repId: RepId,
  now: number,
  microphones?: Microphones,
  board: Board = createBoard(db, [repId], now),
): Promise<RepView> {
  return { ...(await readOwn(db, repId, now, microphones)), ...(await board.of(repId)) };
}

async function readOwn(
  db: Kysely<Database>,
  repId: RepId,
  now: number,
  microphones?: Microphones,
): Promise<RepOwn> {
  const rep = await db
    .selectFrom('reps')
    .selectAll()
    .select([teamDocuments, accessOfRep])
    .where('id', '=', repId)
    .executeTakeFirstOrThrow();
  return {
    serverTime: now,
    rep: { name: rep.name, email: rep.email },
    access: rep.access ?? '',
    status: rep.status,
    statusReason: rep.status_reason,
    statusSince: rep.status_since,
    statusNote: rep.status_note,
    ...uniteReasons(rep.team_settings),
    told: rep.directed === '' ? null : await direction(db, rep.directed),
    mediaReady: rep.media_ready === 1,
    work: await workOf(db, rep, microphones),
    // Whoever went available has seen what was missed, and a miss makes away.
    missed: rep.status === 'available' ? null : await missedCall(db, rep),
  };
}

/** With the name of who did it. */
async function direction(db: Kysely<Database>, kept: string): Promise<RepView['told']> {
  const { by, why, what } = JSON.parse(kept) as KeptDirection;
  const who = await db.selectFrom('reps').select('name').where('id', '=', by).executeTakeFirst();
  return { by: who?.name ?? '', why, what };
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
  if (own?.state === 'talking') {
    const row = await talkRowOf(db, own.id);
    const { transfer } = own;
    return {
      state: 'talking',
      call: await toCard(db, row),
      handed: handedOf(row),
      transfer: transfer && {
        ...{ to: row.asked_name ?? '', madeAt: transfer.offer.madeAt, dueAt: transfer.offer.dueAt },
        note: transfer.note,
      },
      transferFailed: failedTransfer(row),
      answeredAt: own.answeredAt,
      muted: own.rep.muted,
      shopperMuted: own.shopper.muted,
      shopperMicrophone: microphones?.microphoneOfShopper(own.id) ?? 'ok',
      onHoldSince: own.shopper.state === 'held' ? own.shopper.stateSince : null,
      shopperLost: own.parkedUntil !== null,
      quality: { shopper: own.shopper.mos, rep: own.rep.mos },
      transferTo: await otherQueues(db, own),
    };
  }
  if (rep.work === 'ringing') {
    const call = await cardRingingAt(db, { repId: rep.id });
    if (call)
      return {
        state: 'ringing',
        offerId: call.offer_id,
        madeAt: call.made_at,
        dueAt: call.due_at,
        call: await toCard(db, call),
        handed:
          call.state === 'talking'
            ? { from: call.sender_name ?? '', note: call.transfer_note }
            : handedOf(call),
      };
  }
  if (rep.wrap_up_until !== null && rep.wrap_up_call_id !== null) {
    const call = await cards(db)
      .select([
        leftOf<number>(rep.id, 'left_at').as('left_at'),
        leftOf<LeaveReason>(rep.id, 'left_why').as('left_why'),
      ])
      .where('calls.id', '=', rep.wrap_up_call_id)
      .executeTakeFirstOrThrow();
    const sentOn = call.left_why === 'transferred';
    return {
      state: 'wrap-up',
      call: await toCard(db, call),
      endedAt: call.left_at ?? 0,
      reason: sentOn ? 'transferred' : (call.end_reason ?? 'shopper-hung-up'),
      dueAt: rep.wrap_up_until,
    };
  }
  return { state: 'idle' };
}

const cardRingingAt = oneWrittenOnce((db, { repId }: { repId: RepId }) =>
  cards(db)
    .innerJoin('offers', 'offers.call_id', 'calls.id')
    .leftJoin('reps as hander', 'hander.id', 'calls.handed_by')
    .leftJoin('reps as sender', join => join.on('sender.id', '=', repOfCall))
    .select(['hander.name as hander_name', 'sender.name as sender_name'])
    .select(['offers.id as offer_id', 'offers.made_at', 'offers.due_at'])
    .where('offers.rep_id', '=', repId)
    .where('offers.state', '=', literal.live)
    .limit(1),
);

const cardRow = oneWrittenOnce((db, { callId }: { callId: CallId }) =>
  cards(db).where('calls.id', '=', callId),
);

/** Of a talk: with who sent it on, and the newest of those who are rung to take it over, or were. */
const talkRow = oneWrittenOnce((db, { callId }: { callId: CallId }) =>
  cards(db)
    .leftJoin('reps as hander', 'hander.id', 'calls.handed_by')
    .leftJoin('offers as asking', join =>
      join.on('asking.id', '=', ({ selectFrom }) =>
        selectFrom('offers')
          .select('offers.id')
          .whereRef('offers.call_id', '=', 'calls.id')
          .whereRef('offers.made_at', '>', 'calls.answered_at')
          .where('offers.state', 'in', ['live', ...transferFailures])
          .orderBy('offers.made_at', 'desc')
          .limit(1),
      ),
    )
    .leftJoin('reps as asked', 'asked.id', 'asking.rep_id')
    .select(['hander.name as hander_name', 'asked.name as asked_name'])
    .select(['asking.state as asking_state', 'asking.ended_at as asking_ended_at'])
    .where('calls.id', '=', callId),
);

async function talkRowOf(db: Kysely<Database>, callId: CallId) {
  const row = await talkRow(db, { callId });
  if (!row) throw new Error('The call of a rep does not exist');
  return row;
}

const handedOf = (row: Pick<CallRow, 'handed_by' | 'handed_note'> & { hander_name: string | null }) =>
  row.handed_by === null ? null : { from: row.hander_name ?? '', note: row.handed_note };

function failedTransfer(row: Awaited<ReturnType<typeof talkRowOf>>) {
  const why = transferFailures.find(failure => failure === row.asking_state);
  return why && row.asking_ended_at !== null
    ? { to: row.asked_name ?? '', why, at: row.asking_ended_at }
    : null;
}

/** Of the rep's last part in the call. */
const leftOf = <Value>(repId: RepId, column: 'left_at' | 'left_why') =>
  sql<Value | null>`(select ${sql.ref(column)} from call_parties
    where call_parties.call_id = calls.id and call_parties.rep_id = ${repId}
    order by call_parties.joined_at desc limit 1)`;

async function cardOf(db: Kysely<Database>, callId: CallId) {
  const row = await cardRow(db, { callId });
  if (!row) throw new Error('The call of a rep does not exist');
  return toCard(db, row);
}

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
