/** Clicks that led to no call, by queue and hour: what a shop loses while it is closed, full, or without anybody. */
import type { Kysely } from 'kysely';
import type { Logger } from 'pino';
import type { UnmetHour } from '../../shared/api/calls.ts';
import type { UnmetReason } from '../../shared/domain.ts';
import type { QueueId, SiteId } from '../../shared/ids.ts';
import { limits } from '../../shared/limits.ts';
import { askedQueue } from '../calls/routing/admission.ts';
import type { Database } from '../store/schema.ts';
import { inTransaction } from '../store/transaction.ts';
import { createBatches } from './batches.ts';
import { recentlySeen } from './recently-seen.ts';

export type UnmetDemand = {
  /** A click was refused. Writes nothing by itself. `code`: of the refusal; those that are no lack of ours are not noted. */
  note(click: { siteId: SiteId; queueId: QueueId | undefined; code: string; network: string }): void;
  /** By hour, the oldest first, those of this moment included. */
  read(siteId: SiteId, from: number, until: number): Promise<UnmetHour[]>;
  close(): Promise<void>;
};

type Click = {
  siteId: SiteId;
  queueId: QueueId | undefined;
  hour: number;
  reason: UnmetReason;
  count: number;
};

const hourMs = 60 * 60 * 1000;
const reasons: Record<string, UnmetReason> = {
  closed: 'closed',
  'no-rep': 'no-rep',
  'queue-full': 'full',
  'too-many': 'too-many',
};

/** One network counts once in a while for each queue: somebody who clicks again and again, or a script, is one. */
export function createUnmetDemand(options: {
  db: Kysely<Database>;
  now: () => number;
  log: Logger;
}): UnmetDemand {
  const { db, now, log } = options;
  const counted = recentlySeen({ forMs: limits.demandCountedMs, most: limits.demandRemembered, now });
  const batches = createBatches<Click>({
    everyMs: limits.demandWriteMs,
    most: limits.demandGathered,
    merge: (old, more) => ({ ...old, count: old.count + more.count }),
    write: clicks => write(db, clicks),
    log,
    what: 'unmet demand',
  });
  return {
    note({ siteId, queueId, code, network }) {
      const reason = Object.hasOwn(reasons, code) ? reasons[code] : undefined;
      if (!reason || !counted.isNew(`${siteId} ${queueId ?? ''} ${network}`)) return;
      const hour = Math.floor(now() / hourMs) * hourMs;
      batches.add(`${siteId} ${queueId ?? ''} ${hour} ${reason}`, {
        siteId,
        queueId,
        hour,
        reason,
        count: 1,
      });
    },
    async read(siteId, from, until) {
      await batches.flush();
      const rows = await db
        .selectFrom('unmet_demand')
        .innerJoin('queues', 'queues.id', 'unmet_demand.queue_id')
        .select(['unmet_demand.queue_id', 'queues.name', 'hour', 'reason', 'count'])
        .where('unmet_demand.site_id', '=', siteId)
        .where('hour', '>=', from)
        .where('hour', '<', until)
        .orderBy('hour')
        .orderBy('queues.name')
        .orderBy('reason')
        .limit(limits.unmetHours)
        .execute();
      return rows.map(({ queue_id: queueId, name: queueName, ...row }) => ({ queueId, queueName, ...row }));
    },
    close: () => batches.close(),
  };
}

async function write(db: Kysely<Database>, clicks: Click[]): Promise<void> {
  await inTransaction(db, async tx => {
    for (const { siteId, queueId, hour, reason, count } of clicks) {
      // Who was refused before anybody looked for the queue may have asked for one that does not exist.
      const queue = await askedQueue(tx, siteId, queueId);
      if (!queue) continue;
      await tx
        .insertInto('unmet_demand')
        .values({ site_id: siteId, queue_id: queue.id, hour, reason, count })
        .onConflict(conflict =>
          conflict
            .columns(['site_id', 'hour', 'queue_id', 'reason'])
            .doUpdateSet(({ eb, ref }) => ({ count: eb(ref('unmet_demand.count'), '+', count) })),
        )
        .execute();
    }
  });
}
