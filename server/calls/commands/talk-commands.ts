/**
 * What a side of a call can say of its own microphone and line. No state of the call depends on it and nothing is routed by
 * it, so that it is one statement, and the views of those in the call are corrected without being read.
 */
import { type Kysely, sql } from 'kysely';
import type { CallId, RepId, ShopperId, SiteId } from '../../../shared/ids.ts';
import { limits } from '../../../shared/limits.ts';
import { meanOpinionScore, type QualitySample } from '../../../shared/mos.ts';
import { type Bus, nothingChanged } from '../../bus/bus.ts';
import { literal } from '../../store/literals.ts';
import type { Database, PartyRow } from '../../store/schema.ts';
import { CallError } from '../errors.ts';

type Deps = { db: Kysely<Database>; bus: Bus };
/** Whose party of the call that they are in now. */
export type Speaker = { repId: RepId } | { siteId: SiteId; shopperId: ShopperId };

/**
 * The microphone of one side is muted or open; the other side is shown it. The browser makes the silence at once, and the audio
 * graph sees to it, whatever the browser sends.
 * Throws `not-in-call`.
 */
export async function markMuted(deps: Deps, who: Speaker, muted: boolean): Promise<void> {
  const party = await partyOf(deps.db, who)
    .set({ muted: muted ? 1 : 0 })
    .executeTakeFirst();
  publishMark(deps.bus, party, { muted }, party && [party.call_id]);
}

/**
 * What one side measured: its newest MOS, rounded to what a person can tell apart; and a row of its own, unless there is one
 * of the last `limits.qualityRowMs`. Throws `not-in-call`.
 */
export async function noteQuality(
  deps: Deps & { now: () => number },
  who: Speaker,
  sample: QualitySample,
): Promise<void> {
  const mos = Math.round(meanOpinionScore(sample) * 10) / 10;
  const party = await partyOf(deps.db, who).set({ mos }).executeTakeFirst();
  if (!party) throw notInCall();
  const at = deps.now();
  const newest = deps.db
    .selectFrom('call_samples')
    .select('at')
    .where('call_id', '=', party.call_id)
    .where('party_id', '=', party.id)
    .where('at', '>', at - limits.qualityRowMs);
  // A page that measures all the time fills no disk.
  await deps.db
    .insertInto('call_samples')
    .columns(['site_id', 'call_id', 'party_id', 'at', 'mos', 'rtt_ms', 'jitter_ms', 'loss_percent'])
    .expression(
      deps.db
        .selectFrom('call_parties')
        .select([
          'site_id',
          'call_id',
          'id',
          sql<number>`cast(${at} as bigint)`.as('at'),
          sql<number>`cast(${mos} as real)`.as('mos'),
          sql<number>`cast(${Math.round(sample.rttMs)} as integer)`.as('rtt_ms'),
          sql<number>`cast(${Math.round(sample.jitterMs)} as integer)`.as('jitter_ms'),
          sql<number>`cast(${sample.lossPercent} as real)`.as('loss_percent'),
        ])
        .where('id', '=', party.id)
        .where(({ not, exists }) => not(exists(newest))),
    )
    .execute();
  publishMark(deps.bus, party, { mos });
}

const notInCall = () => new CallError('not-in-call', 'You are not in a call.');

const partyOf = (db: Kysely<Database>, who: Speaker) =>
  db
    .updateTable('call_parties')
    .$if('repId' in who, query =>
      query.where('rep_id', '=', (who as { repId: RepId }).repId).where('left_at', 'is', null),
    )
    .$if('shopperId' in who, query =>
      query
        .where('kind', '=', sql.lit('shopper' as const))
        .where('call_id', 'in', liveCallOf(db, who as { siteId: SiteId; shopperId: ShopperId })),
    )
    .returning(['id', 'call_id', 'site_id', 'kind', repInCall.as('rep_id')]);

const repInCall = sql<RepId | null>`(select talker.rep_id from call_parties as talker
  where talker.call_id = call_parties.call_id and talker.kind = 'rep' and talker.left_at is null)`;

const liveCallOf = (db: Kysely<Database>, { siteId, shopperId }: { siteId: SiteId; shopperId: ShopperId }) =>
  db
    .selectFrom('calls')
    .select('id')
    .where('site_id', '=', siteId)
    .where('shopper_id', '=', shopperId)
    .where('state', '<>', literal.ended);

type Marked = Pick<PartyRow, 'call_id' | 'site_id' | 'kind' | 'rep_id'>;

function publishMark(
  bus: Bus,
  party: Marked | undefined,
  mark: { muted: boolean } | { mos: number },
  heardAnew: CallId[] = [],
): void {
  if (!party) throw notInCall();
  const { call_id: callId, site_id: siteId, kind, rep_id: repId } = party;
  bus.publish({ ...nothingChanged(siteId), heardAnew, marks: [{ callId, kind, repId, ...mark }] });
}
