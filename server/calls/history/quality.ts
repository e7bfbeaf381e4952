/** How well each side of a call could hear the other, over its time. */
import type { Kysely } from 'kysely';
import type { CallQuality, QualityPoint } from '../../../shared/api/calls.ts';
import type { CallId, PartyId } from '../../../shared/ids.ts';
import type { CallSampleRow, Database } from '../../store/schema.ts';

/** Points of a line; what was measured in between is averaged. */
const mostPoints = 120;

/** For each who measured anything, the first to join first. */
export async function readQuality(db: Kysely<Database>, callId: CallId): Promise<CallQuality[]> {
  const rows = await db
    .selectFrom('call_samples')
    .innerJoin('call_parties', 'call_parties.id', 'call_samples.party_id')
    .leftJoin('reps', 'reps.id', 'call_parties.rep_id')
    .selectAll('call_samples')
    .select(['call_parties.kind', 'reps.name'])
    .where('call_samples.call_id', '=', callId)
    .orderBy('call_parties.joined_at')
    .orderBy('call_samples.party_id')
    .orderBy('call_samples.at')
    .execute();
  const parties = new Map<PartyId, typeof rows>();
  for (const row of rows) parties.set(row.party_id, [...(parties.get(row.party_id) ?? []), row]);
  return [...parties.values()].flatMap(samples => {
    const [first] = samples;
    return first ? [{ kind: first.kind, repName: first.name, points: pointsOf(samples) }] : [];
  });
}

/** Pure. Neighbours are put together until there are few enough. */
export function pointsOf(
  samples: readonly Omit<CallSampleRow, 'site_id' | 'call_id' | 'party_id'>[],
): QualityPoint[] {
  const each = Math.ceil(samples.length / mostPoints);
  const points: QualityPoint[] = [];
  for (let from = 0; from < samples.length; from += each) {
    const some = samples.slice(from, from + each);
    const mean = (of: (sample: (typeof some)[number]) => number) =>
      some.reduce((sum, sample) => sum + of(sample), 0) / some.length;
    points.push({
      at: Math.round(mean(sample => sample.at)),
      // An average would hide what was bad for a moment.
      mos: Math.min(...some.map(sample => sample.mos)),
      rttMs: Math.round(mean(sample => sample.rtt_ms)),
      jitterMs: Math.round(mean(sample => sample.jitter_ms)),
      lossPercent: Math.round(mean(sample => sample.loss_percent) * 10) / 10,
    });
  }
  return points;
}
