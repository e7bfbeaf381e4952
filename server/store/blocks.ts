/** Blocks of callers: looked up, listed and taken away. What a block does is in `server/calls/commands/blocks.ts`. */
import type { ExpressionBuilder, Kysely } from 'kysely';
import type { Block } from '../../shared/api/calls.ts';
import { type BlockWay, blockWays } from '../../shared/domain.ts';
import type { BlockId, SiteId } from '../../shared/ids.ts';
import type { BlockRow } from './block-rows.ts';
import type { Database } from './schema.ts';
import { inTransaction } from './transaction.ts';
import { oneWrittenOnce } from './written-once.ts';

const stillCounts = (now: number) => (eb: ExpressionBuilder<Database, 'blocks'>) =>
  eb.or([eb('blocks.expires_at', 'is', null), eb('blocks.expires_at', '>', now)]);

const anyBlock = oneWrittenOnce(
  (db, { siteId, marks, now }: { siteId: SiteId; marks: readonly string[]; now: number }) =>
    db
      .selectFrom('block_marks')
      .innerJoin('blocks', 'blocks.id', 'block_marks.block_id')
      .select('blocks.id')
      .where('block_marks.site_id', '=', siteId)
      .where('block_marks.mark', 'in', marks)
      .where(stillCounts(now))
      .limit(1),
);

/** Whether a block of the site is about any of these marks: one look into the index. */
export async function isBlocked(
  db: Kysely<Database>,
  siteId: SiteId,
  marks: readonly string[],
  now: number,
): Promise<boolean> {
  return (await anyBlock(db, { siteId, marks, now })) !== undefined;
}

/** Those of these sites that count, the newest first. */
export async function listBlocks(
  db: Kysely<Database>,
  siteIds: readonly SiteId[],
  now: number,
): Promise<Block[]> {
  if (siteIds.length === 0) return [];
  const rows = await db
    .selectFrom('blocks')
    .innerJoin('reps', 'reps.id', 'blocks.rep_id')
    .innerJoin('sites', 'sites.id', 'blocks.site_id')
    .selectAll('blocks')
    .select(['reps.name as rep_name', 'sites.name as site_name'])
    .where('blocks.site_id', 'in', [...siteIds])
    .where(stillCounts(now))
    .orderBy('blocks.created_at', 'desc')
    .orderBy('blocks.id', 'desc')
    .execute();
  const ids = rows.map(row => row.id);
  const marks =
    ids.length === 0
      ? []
      : await db.selectFrom('block_marks').selectAll().where('block_id', 'in', ids).execute();
  const waysOf = new Map<BlockId, BlockWay[]>(ids.map(id => [id, []]));
  for (const { block_id, mark } of marks) waysOf.get(block_id)?.push(wayOf(mark));
  return rows.map(row => ({
    ...{
      id: row.id,
      siteId: row.site_id,
      siteName: row.site_name,
      label: row.label,
      reason: row.reason,
      repName: row.rep_name,
    },
    ...{ by: waysOf.get(row.id) ?? [], createdAt: row.created_at, expiresAt: row.expires_at },
  }));
}

const wayOf = (mark: string): BlockWay => blockWays.find(way => mark.startsWith(`${way}:`)) ?? 'shopper';

export type LiftedBlock = Pick<BlockRow, 'site_id' | 'label'>;

/**
 * The caller is welcome again, unless another block is about them too. Gives the site and whom it was about; undefined when
 * these sites have no such block.
 *
 * @param along what is to be written in the same transaction
 */
export async function liftBlock(
  db: Kysely<Database>,
  id: BlockId,
  siteIds: readonly SiteId[],
  along: (tx: Kysely<Database>, lifted: LiftedBlock) => Promise<void> = async () => undefined,
): Promise<LiftedBlock | undefined> {
  return inTransaction(db, async tx => {
    const block = await tx
      .selectFrom('blocks')
      .select(['site_id', 'label'])
      .where('id', '=', id)
      .executeTakeFirst();
    if (!block || !siteIds.includes(block.site_id)) return undefined;
    await tx.deleteFrom('block_marks').where('block_id', '=', id).execute();
    const { numDeletedRows } = await tx.deleteFrom('blocks').where('id', '=', id).executeTakeFirstOrThrow();
    if (numDeletedRows === 0n) return undefined;
    await along(tx, block);
    return block;
  });
}

/** What is over is forgotten, with the name or number that it was about. */
export async function forgetOverBlocks(db: Kysely<Database>, siteId: SiteId, now: number): Promise<void> {
  const over = db
    .selectFrom('blocks')
    .select('id')
    .where('site_id', '=', siteId)
    .where('expires_at', '<=', now);
  await db.deleteFrom('block_marks').where('block_id', 'in', over).execute();
  await db.deleteFrom('blocks').where('site_id', '=', siteId).where('expires_at', '<=', now).execute();
}
