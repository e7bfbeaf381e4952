/**
 * What a side of a call can say of its own microphone and line. No state of the call depends on it and nothing is routed by
 * it, so that it is one statement, and the views of those in the call are corrected without being read.
 */
import { type Kysely, sql } from 'kysely';
import type { RepId, ShopperId, SiteId } from '../../../shared/ids.ts';
import { meanOpinionScore, type QualitySample } from '../../../shared/mos.ts';
import { type Bus, nothingChanged } from '../../bus/bus.ts';
import { literal } from '../../store/literals.ts';
import type { Database, PartyRow } from '../../store/schema.ts';
import { CallError } from '../errors.ts';

type Deps = { db: Kysely<Database>; bus: Bus };
/** Whose party of the call that they are in now. */
export type Speaker = { repId: RepId } | { siteId: SiteId; shopperId: ShopperId };

/**
 * The microphone of one side is muted or open; the other side is shown it. The silence itself is made in the browser.
 * Throws `not-in-call`.
 */
export async function markMuted(deps: Deps, who: Speaker, muted: boolean): Promise<void> {
  const party = await partyOf(deps.db, who)
    .set({ muted: muted ? 1 : 0 })
    .executeTakeFirst();
  tell(deps.bus, party, { muted });
}

/**
 * What one side measured, as a row of its own; and its newest MOS, rounded to what a person can tell apart. Throws
 * `not-in-call`.
 */
export async function noteQuality(
  deps: Deps & { now: () => number },
  who: Speaker,
  sample: QualitySample,
): Promise<void> {
  const mos = Math.round(meanOpinionScore(sample) * 10) / 10;
  const party = await partyOf(deps.db, who).set({ mos }).executeTakeFirst();
  if (!party) throw notInCall();
  await deps.db
    .insertInto('call_samples')
    .values({
      ...{ site_id: party.site_id, call_id: party.call_id, party_id: party.id, at: deps.now(), mos },
      ...{ rtt_ms: Math.round(sample.rttMs), jitter_ms: Math.round(sample.jitterMs) },
      loss_percent: sample.lossPercent,
    })
    .execute();
  tell(deps.bus, party, { mos });
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

function tell(bus: Bus, party: Marked | undefined, mark: { muted: boolean } | { mos: number }): void {
  if (!party) throw notInCall();
  const { call_id: callId, site_id: siteId, kind, rep_id: repId } = party;
  bus.publish({ ...nothingChanged(siteId), marks: [{ callId, kind, repId, ...mark }] });
}
