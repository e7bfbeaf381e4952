/** A call between its rows and its state. The only place that writes calls, their parties and their offers. */
import type { Kysely } from 'kysely';
import type { CallId, OfferId, RepId, ShopperId, SiteId } from '../../../shared/ids.ts';
import type { QueueSettings } from '../../../shared/settings.ts';
import { literal } from '../../store/literals.ts';
import { readQueueSettings } from '../../store/queue-settings.ts';
import type { CallRow, Database, OfferRow, PartyRow, QueueRow } from '../../store/schema.ts';
import { writtenOnce } from '../../store/written-once.ts';
import {
  type Call,
  type Callback,
  type Offer,
  type Party,
  partiesOf,
  type StaffParty,
} from '../model/call.ts';
import type { Outcome } from '../model/events.ts';

/** A call, and what its queue says. */
export type LoadedCall = {
  call: Call;
  settings: QueueSettings;
  /** Since when nobody on duty serves the queue; null while somebody does. */
  noRepSince: number | null;
  /** When the queue's calls are to be looked at next. */
  waitDue: number | null;
};

type QueueColumns = Pick<QueueRow, 'settings' | 'no_rep_since' | 'wait_due'>;
type PartyColumn =
  | 'id'
  | 'kind'
  | 'rep_id'
  | 'mode'
  | 'state'
  | 'muted'
  | 'mos'
  | 'joined_at'
  | 'state_since';
type PartyColumns = { [Column in PartyColumn as `party_${Column}`]: PartyRow[Column] };
type OfferColumns = {
  [Column in 'id' | 'rep_id' | 'made_at' | 'due_at' as `offer_${Column}`]: OfferRow[Column] | null;
};
type FullRow = CallRow & { caller_network: string } & QueueColumns & PartyColumns & OfferColumns;

/** A row for each who is in the call, or was at its end, and each at whom it rings: one statement instead of three. */
const rows = (db: Kysely<Database>) =>
  db
    .selectFrom('calls')
    .innerJoin('queues', 'queues.id', 'calls.queue_id')
    .innerJoin('call_parties', 'call_parties.call_id', 'calls.id')
    .leftJoin('offers', join =>
      join.onRef('offers.call_id', '=', 'calls.id').on('offers.state', '=', literal.live),
    )
    .selectAll('calls')
    .select(['queues.settings', 'queues.no_rep_since', 'queues.wait_due'])
    .select([
      'call_parties.id as party_id',
      'call_parties.kind as party_kind',
      'call_parties.rep_id as party_rep_id',
      'call_parties.mode as party_mode',
      'call_parties.state as party_state',
      'call_parties.muted as party_muted',
      'call_parties.mos as party_mos',
      'call_parties.joined_at as party_joined_at',
      'call_parties.state_since as party_state_since',
      'offers.id as offer_id',
      'offers.rep_id as offer_rep_id',
      'offers.made_at as offer_made_at',
      'offers.due_at as offer_due_at',
    ])
    .where(({ eb, or }) =>
      or([eb('call_parties.left_at', 'is', null), eb('call_parties.left_why', '=', 'call-ended')]),
    );

const rowsOfCall = writtenOnce((db, { callId }: { callId: CallId }) =>
  rows(db).where('calls.id', '=', callId),
);

/** Undefined when there is no such call. */
export async function loadCall(db: Kysely<Database>, callId: CallId): Promise<LoadedCall | undefined> {
  return load(await rowsOfCall(db, { callId }));
}

const liveRowsOf = writtenOnce((db, { siteId, shopperId }: { siteId: SiteId; shopperId: ShopperId }) =>
  rows(db)
    .where('calls.site_id', '=', siteId)
    .where('calls.shopper_id', '=', shopperId)
    .where('calls.state', '<>', literal.ended),
);

/** The shopper's call that is not over, if any. */
export async function loadLiveCallOf(
  db: Kysely<Database>,
  siteId: SiteId,
  shopperId: ShopperId,
): Promise<LoadedCall | undefined> {
  return load(await liveRowsOf(db, { siteId, shopperId }));
}

const rowsOfRep = writtenOnce((db, { repId }: { repId: RepId }) => {
  const own = db
    .selectFrom('call_parties')
    .select('call_id')
    .where('rep_id', '=', repId)
    .where('left_at', 'is', null);
  return rows(db).where('calls.id', '=', own);
});

/** The call that the rep talks in now, or is reaching the shopper for. */
export async function loadCallOfRep(db: Kysely<Database>, repId: RepId): Promise<LoadedCall | undefined> {
  return load(await rowsOfRep(db, { repId }));
}

const rowsRingingAt = writtenOnce((db, { repId }: { repId: RepId }) => {
  const ringing = db
    .selectFrom('offers')
    .select('call_id')
    .where('rep_id', '=', repId)
    .where('state', '=', literal.live);
  return rows(db).where('calls.id', '=', ringing);
});

/** The call that rings at the rep, if any does. */
export async function loadCallRingingAt(db: Kysely<Database>, repId: RepId): Promise<LoadedCall | undefined> {
  return load(await rowsRingingAt(db, { repId }));
}

function load(found: readonly FullRow[]): LoadedCall | undefined {
  const [row] = found;
  return row && { call: fromRows(row, found), ...toQueue(row) };
}

/** What a loaded call tells of its queue. */
export const toQueue = (row: QueueColumns): Omit<LoadedCall, 'call'> => ({
  ...{ settings: readQueueSettings(row), noRepSince: row.no_rep_since, waitDue: row.wait_due },
});

function fromRows(row: FullRow, found: readonly FullRow[]): Call {
  const parties = found.map(toParty);
  const shopper = parties.find(party => party.kind === 'shopper');
  const rep = parties.find(party => party.kind === 'rep') as StaffParty | undefined;
  const base = {
    ...{ id: row.id, siteId: row.site_id, shopperId: row.shopper_id, startedAt: row.started_at },
    ...{ context: row.context, language: row.language, network: row.caller_network, note: row.note },
    handed: row.handed_by === null ? null : { by: row.handed_by, note: row.handed_note },
    shopper: must(shopper, row),
    place: {
      ...{ queueId: row.queue_id, priority: row.priority, boost: row.boost, needs: row.needs },
      ...{ queuedAt: row.queued_at, lineSince: row.line_since, statistics: row.outlook },
    },
  };
  const callback = toCallback(row);
  const line = {
    ...{ callback, returnedAt: row.returned_at },
    keptFor:
      row.reserved_rep_id === null || row.reserved_until === null
        ? null
        : { repId: row.reserved_rep_id, until: row.reserved_until },
  };
  switch (row.state) {
    case 'waiting':
      return { ...base, ...line, state: 'waiting', parkedUntil: row.parked_until, heldUntil: row.held_until };
    case 'ringing': {
      const [first, ...others] = offersIn(found);
      return { ...base, ...line, state: 'ringing', offers: [must(first, row), ...others] };
    }
    case 'calling-back': {
      const reached = must(callback, row);
      return {
        ...base,
        ...{
          state: 'calling-back',
          callback: reached,
          rep: must(rep, row),
          ringUntil: row.ring_until,
        },
      };
    }
    case 'talking': {
      const [offer] = offersIn(found);
      return {
        ...{ ...base, state: 'talking', rep: must(rep, row) },
        ...{ answeredAt: must(row.answered_at, row), parkedUntil: row.parked_until },
        transfer: offer ? { offer, note: row.transfer_note } : null,
      };
    }
    case 'ended':
      return {
        ...{ ...base, state: 'ended', endedAt: must(row.ended_at, row), reason: must(row.end_reason, row) },
        ...{ repId: rep?.repId ?? null, answeredAt: row.answered_at, callback },
        ...{ wrappedUpAt: row.wrapped_up_at },
      };
    default:
      return row.state satisfies never;
  }
}

/** The rows hold what the state asks for, or somebody else has written them. */
function must<T>(value: T | null | undefined, { id, state }: CallRow): T {
  if (value == null) throw new Error(`The rows of call ${id} do not make up a ${state} call.`);
  return value;
}

function toCallback(row: CallRow): Callback | null {
  if (row.callback_kind === null) return null;
  return {
    ...{ kind: row.callback_kind, phone: row.callback_phone, push: row.callback_push },
    ...{ tries: row.callback_tries, expiresAt: row.callback_expires_at ?? row.started_at },
  };
}

function offersIn(found: readonly OfferColumns[]): Offer[] {
  const offers = new Map<OfferId, Offer>();
  for (const { offer_id: id, offer_rep_id: repId, offer_made_at: madeAt, offer_due_at: dueAt } of found)
    if (id !== null && repId !== null && madeAt !== null && dueAt !== null)
      offers.set(id, { id, repId, madeAt, dueAt });
  return [...offers.values()].sort((a, b) => a.madeAt - b.madeAt || (a.id < b.id ? -1 : 1));
}

const toParty = (row: PartyColumns): Party => ({
  ...{ id: row.party_id, kind: row.party_kind, repId: row.party_rep_id, mode: row.party_mode },
  ...{
    state: row.party_state,
    muted: row.party_muted === 1,
    mos: row.party_mos,
    joinedAt: row.party_joined_at,
    stateSince: row.party_state_since,
  },
});

/** What `calls` holds of a state; the same columns for each. */
function toRow(call: Call): CallRow & { caller_network: string } {
  const { place } = call;
  const callback = 'callback' in call ? call.callback : null;
  const line = 'keptFor' in call ? call : null;
  const ended = call.state === 'ended' ? call : null;
  return {
    ...{ id: call.id, site_id: call.siteId, shopper_id: call.shopperId, state: call.state },
    ...{ queue_id: place.queueId, priority: place.priority, boost: place.boost, needs: place.needs },
    ...{ queued_at: place.queuedAt, line_since: place.lineSince, outlook: place.statistics },
    ...{ context: call.context, language: call.language },
    ...{ caller_network: call.network, started_at: call.startedAt },
    reserved_rep_id: line?.keptFor?.repId ?? null,
    reserved_until: line?.keptFor?.until ?? null,
    returned_at: line?.returnedAt ?? null,
    parked_until: 'parkedUntil' in call ? call.parkedUntil : null,
    held_until: 'heldUntil' in call ? call.heldUntil : null,
    ring_until: 'ringUntil' in call ? call.ringUntil : null,
    callback_kind: callback?.kind ?? null,
    callback_phone: callback?.phone ?? null,
    callback_push: callback?.push ?? null,
    callback_tries: callback?.tries ?? 0,
    callback_expires_at: callback?.expiresAt ?? null,
    answered_at: 'answeredAt' in call ? call.answeredAt : null,
    ended_at: ended?.endedAt ?? null,
    end_reason: ended?.reason ?? null,
    wrapped_up_at: ended?.wrappedUpAt ?? null,
    handed_by: call.handed?.by ?? null,
    handed_note: call.handed?.note ?? '',
    transfer_note: (call.state === 'talking' && call.transfer?.note) || '',
    note: call.note,
  };
}

const insertCall = writtenOnce((db, row: CallRow & { caller_network: string }) =>
  db.insertInto('calls').values(row),
);

const insertParty = writtenOnce((db, row: PartyRow) => db.insertInto('call_parties').values(row));

/** Write what `outcome` made of `before`: only what is new or different. */
export async function saveCall(
  db: Kysely<Database>,
  before: Call | null,
  outcome: Outcome,
  now: number,
): Promise<void> {
  const { call } = outcome;
  const row = toRow(call);
  if (before === null) await insertCall(db, row);
  else {
    const changed = differences(toRow(before), row);
    if (changed) await db.updateTable('calls').set(changed).where('id', '=', call.id).execute();
  }
  await saveParties(db, before, outcome, now);
  await saveOffers(db, outcome, now);
}

/** The columns that differ; null for none. */
function differences<Row extends Record<string, unknown>>(before: Row, after: Row): Partial<Row> | null {
  const changed = Object.entries(after).filter(([column, value]) => before[column] !== value);
  return changed.length === 0 ? null : (Object.fromEntries(changed) as Partial<Row>);
}

async function saveParties(
  db: Kysely<Database>,
  before: Call | null,
  { call, left }: Outcome,
  now: number,
): Promise<void> {
  const known = new Map(before ? partiesOf(before).map(party => [party.id, toPartyRow(call, party)]) : []);
  for (const row of partiesOf(call).map(party => toPartyRow(call, party))) {
    const old = known.get(row.id);
    const changed = old && differences(old, row);
    if (!old) await insertParty(db, row);
    else if (changed) await db.updateTable('call_parties').set(changed).where('id', '=', row.id).execute();
  }
  for (const [why, gone] of Map.groupBy(left, party => party.why))
    await db
      .updateTable('call_parties')
      .set({ left_at: now, left_why: why })
      .where(
        'id',
        'in',
        gone.map(party => party.partyId),
      )
      .execute();
}

const toPartyRow = (call: Call, party: Party): PartyRow => ({
  ...{ id: party.id, site_id: call.siteId, call_id: call.id, kind: party.kind, rep_id: party.repId },
  ...{ mode: party.mode, state: party.state, muted: party.muted ? 1 : 0, mos: party.mos },
  ...{ joined_at: party.joinedAt, state_since: party.stateSince, left_at: null, left_why: null },
});

async function saveOffers(
  db: Kysely<Database>,
  { call, offersMade, offersEnded, refusal }: Outcome,
  now: number,
): Promise<void> {
  const made = offersMade.map(
    ({ id, repId, madeAt, dueAt }): OfferRow => ({
      ...{ id, site_id: call.siteId, call_id: call.id, rep_id: repId, state: 'live' },
      ...{ made_at: madeAt, due_at: dueAt, ended_at: null },
    }),
  );
  if (refusal)
    made.push({
      ...{
        id: refusal.id,
        site_id: call.siteId,
        call_id: call.id,
        rep_id: refusal.repId,
        state: 'transferred',
      },
      ...{ made_at: now, due_at: now, ended_at: now },
    });
  for (const [state, ended] of Map.groupBy(offersEnded, offer => offer.state))
    await db
      .updateTable('offers')
      .set({ state, ended_at: now })
      .where(
        'id',
        'in',
        ended.map(offer => offer.id),
      )
      .execute();
  if (made.length > 0) await db.insertInto('offers').values(made).execute();
}
