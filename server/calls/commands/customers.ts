/** A customer is forgotten: the figures of their calls stay, as nobody's. */
import { randomUUID } from 'node:crypto';
import type { BlockId, ShopperId, SiteId } from '../../../shared/ids.ts';
import { literal } from '../../store/literals.ts';
import { accountOfSite } from '../../store/members.ts';
import { blankReasons, blankUnblocked } from '../../store/personal-words.ts';
import { blankFigures } from '../figures/write.ts';
import type { CustomerCall } from '../history/customer.ts';
import type { Change } from '../writing/change.ts';
import { marksOf } from './blocks.ts';

export type ForgottenCustomer = { calls: number; blocks: number };

/**
 * Nobody can tell any more whose calls these were: page, cart, name, number, notes, reasons, where they came from, and the
 * tab's token that joined them. Blocks of the same person go with them, since they hold name or number. To be called for
 * calls that are over.
 */
export async function forgetCustomer(
  change: Change,
  siteId: SiteId,
  calls: readonly CustomerCall[],
): Promise<ForgottenCustomer> {
  const over = calls.filter(call => !call.live);
  if (over.length === 0) return { calls: 0, blocks: 0 };
  const ids = over.map(call => call.id);
  const { db } = change;
  // One new token for each old one: calls of one visit stay calls of one visit.
  const anew = new Map(over.map(call => [call.shopper_id, randomUUID() as string as ShopperId]));
  for (const [old, fresh] of anew)
    await db
      .updateTable('calls')
      .set({
        ...{ shopper_id: fresh, context: '{}', language: '', needs: '', note: '', handed_note: '' },
        ...{ callback_phone: null, callback_push: null, caller_network: '' },
      })
      .where('site_id', '=', siteId)
      .where('shopper_id', '=', old)
      .where('state', '=', literal.ended)
      .where('id', 'in', ids)
      .execute();
  await blankReasons(db, ids);
  await blankFigures(db, ids);
  const marks = over.flatMap(({ shopper_id: shopperId, callback_phone: phone }) =>
    Object.values(marksOf({ shopperId, phone })),
  );
  const marked = db
    .selectFrom('block_marks')
    .select('block_id')
    .where('site_id', '=', siteId)
    .where('mark', 'in', marks);
  const blocks = await db
    .selectFrom('blocks')
    .select('id')
    .where('site_id', '=', siteId)
    // By the call too: one that was blocked by the network alone is known by no mark a day later.
    .where(({ or, eb }) => or([eb('id', 'in', marked), eb('call_id', 'in', ids)]))
    .execute();
  await deleteBlocks(db, blocks);
  const labels = new Set(over.flatMap(({ name, callback_phone: phone }) => [name, phone]));
  await blankUnblocked(db, await accountOfSite(db, siteId), label => labels.has(label));
  return { calls: over.length, blocks: blocks.length };
}

/**
 * Whoever is known by that name or number only where callers were blocked, their calls being older than what is kept. Returns how many
 * blocks that ends.
 */
export async function forgetBlocked(
  { db }: Change,
  siteId: SiteId,
  isMeant: (label: string) => boolean,
): Promise<number> {
  const blocks = await db
    .selectFrom('blocks')
    .select(['id', 'label'])
    .where('site_id', '=', siteId)
    .execute();
  const theirs = blocks.filter(({ label }) => isMeant(label));
  await deleteBlocks(db, theirs);
  await blankUnblocked(db, await accountOfSite(db, siteId), isMeant);
  return theirs.length;
}

async function deleteBlocks(db: Change['db'], blocks: readonly { id: BlockId }[]): Promise<void> {
  if (blocks.length === 0) return;
  const ids = blocks.map(({ id }) => id);
  await db.deleteFrom('block_marks').where('block_id', 'in', ids).execute();
  await db.deleteFrom('blocks').where('id', 'in', ids).execute();
}
