/** A customer is forgotten: the figures of their calls stay, as nobody's. */
import { randomUUID } from 'node:crypto';
import type { ShopperId, SiteId } from '../../../shared/ids.ts';
import { literal } from '../../store/literals.ts';
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
        ...{ shopper_id: fresh, context: '{}', language: '', needs: '', note: '' },
        ...{ callback_phone: null, callback_push: null, caller_network: '' },
      })
      .where('site_id', '=', siteId)
      .where('shopper_id', '=', old)
      .where('state', '=', literal.ended)
      .where('id', 'in', ids)
      .execute();
  const told = await db
    .selectFrom('call_events')
    .select(['id', 'data'])
    .where('call_id', 'in', ids)
    .where('data', 'like', '%"reason":%')
    .where('type', 'in', ['removed', 'blocked'])
    .execute();
  for (const { id, data } of told) {
    const { reason: _, ...rest } = JSON.parse(data) as Record<string, unknown>;
    await db
      .updateTable('call_events')
      .set({ data: JSON.stringify(rest) })
      .where('id', '=', id)
      .execute();
  }
  const marks = over.flatMap(({ shopper_id: shopperId, callback_phone: phone }) =>
    Object.values(marksOf({ shopperId, phone })),
  );
  const blocks = await db
    .selectFrom('block_marks')
    .innerJoin('blocks', 'blocks.id', 'block_marks.block_id')
    .select(['blocks.id', 'blocks.label'])
    .distinct()
    .where('block_marks.site_id', '=', siteId)
    .where('block_marks.mark', 'in', marks)
    .execute();
  for (const { id, label } of blocks) {
    await db.deleteFrom('block_marks').where('block_id', '=', id).execute();
    await db.deleteFrom('blocks').where('id', '=', id).execute();
    if (label !== '')
      await db
        .updateTable('audit')
        .set({ target: '' })
        .where('action', '=', 'caller.unblocked')
        .where('target', '=', label)
        .execute();
  }
  return { calls: over.length, blocks: blocks.length };
}
