/** Which queue takes a new caller, by the rules of each that cannot; or why none does. */
import { type Kysely, sql } from 'kysely';
import type { Availability } from '../../../shared/domain.ts';
import type { QueueId, SiteId } from '../../../shared/ids.ts';
import type { OverflowRule, QueueSettings } from '../../../shared/settings.ts';
import { isOpen, opensAt } from '../../acd/hours.ts';
import { literal } from '../../store/literals.ts';
import { readQueueSettings } from '../../store/queue-settings.ts';
import type { Database, QueueRow } from '../../store/schema.ts';
import { oneWrittenOnce } from '../../store/written-once.ts';
import { shareOf } from '../line/lengths.ts';
import { inReach } from '../line/reach.ts';
import { repComesBack } from '../line/rep-selection.ts';

/** `own`: of the caller's network. */
export type LineCount = (queue: QueueRow, share: number) => Promise<{ counted: number; own: number }>;

export type Refusal = {
  /** Why the queue that was asked for could not take the call. */
  why: Exclude<Availability, 'open' | 'busy'>;
  /** When that queue opens, ms UTC; null when it is open, or closed until further notice. */
  opensAt: number | null;
  /** The line is full for the caller's own network only: others get in. */
  forNetwork: boolean;
};
export type Admission = { queue: QueueRow } | { refusal: Refusal };

const firstQueue = oneWrittenOnce(
  (db, { siteId, queueId }: { siteId: SiteId; queueId: QueueId | undefined }) =>
    db
      .selectFrom('queues')
      .selectAll()
      .where('site_id', '=', siteId)
      .where('removed_at', 'is', null)
      .$if(queueId !== undefined, query => query.where('id', '=', queueId as QueueId))
      .orderBy('created_at')
      .orderBy('id')
      .limit(1),
);

/** The site's first queue when none is named; null when there is no such queue. */
export async function askedQueue(
  db: Kysely<Database>,
  siteId: SiteId,
  queueId?: QueueId,
): Promise<QueueRow | null> {
  return (await firstQueue(db, { siteId, queueId })) ?? null;
}

/** The count for a caller; `networkMark`: of their network, where it is known, which fills no more than its share of a line. */
export const countFor =
  (db: Kysely<Database>, networkMark: string): LineCount =>
  (queue, share) =>
    lineLength(db, queue, share, networkMark);

/** Follow the rules from queue to queue, to each one once. */
export async function admit(
  db: Kysely<Database>,
  asked: QueueRow,
  now: number,
  count: LineCount,
): Promise<Admission> {
  const tried = new Set<QueueId>();
  let first: Refusal | undefined;
  let queue: QueueRow | null = asked;
  while (queue && !tried.has(queue.id)) {
    tried.add(queue.id);
    const settings = readQueueSettings(queue);
    const { why, forNetwork } = await obstacle(db, queue, settings, now, count);
    if (why === null) return { queue };
    first ??= { why, forNetwork, opensAt: opensAt(settings.hours, now) };
    const rule: OverflowRule = settings.overflow[ruleFor[why]];
    queue = rule.do === 'queue' ? await askedQueue(db, queue.site_id, rule.queueId) : null;
  }
  return { refusal: first ?? { why: 'no-rep', opensAt: null, forNetwork: false } };
}

const ruleFor = {
  closed: 'closed',
  'no-rep': 'noRep',
  'queue-full': 'full',
} as const satisfies Record<Refusal['why'], keyof QueueSettings['overflow']>;

async function obstacle(
  db: Kysely<Database>,
  queue: QueueRow,
  settings: QueueSettings,
  now: number,
  count: LineCount,
): Promise<{ why: Refusal['why'] | null; forNetwork: boolean }> {
  const because = (why: Refusal['why'] | null, forNetwork = false) => ({ why, forNetwork });
  if (!isOpen(settings.hours, now)) return because('closed');
  // Kept true by every change of the site, see `noteDuty`. A rep's reload turns nobody away.
  if (queue.no_rep_since !== null && !(await repComesBack(db, queue, now))) return because('no-rep');
  const share = shareOf(settings.maxLength);
  const { counted, own } = await count(queue, share);
  if (counted >= settings.maxLength) return because('queue-full');
  return own >= share ? because('queue-full', true) : because(null);
}

/**
 * Calls that count towards the longest line that the queue allows, and how many of them are of the caller's own network.
 * What one network has beyond its share, such as numbers that were left, counts for nobody else. Right under
 * concurrency, since the changes of a site come one after another.
 */
async function lineLength(
  db: Kysely<Database>,
  queue: QueueRow,
  share: number,
  networkMark: string,
): Promise<{ counted: number; own: number }> {
  const found = await lengthFor(db, { siteId: queue.site_id, queueId: queue.id, share, networkMark });
  return { counted: Number(found?.counted), own: networkMark === '' ? 0 : Number(found?.own) };
}

type Counted = { siteId: SiteId; queueId: QueueId; share: number; networkMark: string };

const lengthFor = oneWrittenOnce((db, { siteId, queueId, share, networkMark }: Counted) => {
  const networks = db
    .selectFrom('calls')
    .select(({ fn }) => ['caller_network', fn.countAll<number | string>().as('waiting')])
    .where('site_id', '=', siteId)
    .where('queue_id', '=', queueId)
    .where('state', 'in', [...literal.inLine])
    .where(inReach)
    .groupBy('caller_network');
  // Those whose network is not known are of one each.
  return db
    .selectFrom(networks.as('networks'))
    .select([
      sql<
        number | string | null
      >`sum(case when caller_network <> '' and waiting > ${share} then ${share} else waiting end)`.as(
        'counted',
      ),
      sql<number | string | null>`sum(case when caller_network = ${networkMark} then waiting else 0 end)`.as(
        'own',
      ),
    ]);
});

/**
 * Where a call goes that this queue has kept for too long: to the queue that its rule names, unless the call was there
 * before or that one cannot take it either.
 */
export async function overflowQueue(
  db: Kysely<Database>,
  rule: OverflowRule,
  siteId: SiteId,
  visited: ReadonlySet<QueueId>,
  now: number,
): Promise<QueueRow | null> {
  if (rule.do !== 'queue') return null;
  const target = await askedQueue(db, siteId, rule.queueId);
  if (!target || visited.has(target.id)) return null;
  const admission = await admit(db, target, now, countFor(db, ''));
  return 'queue' in admission && !visited.has(admission.queue.id) ? admission.queue : null;
}
