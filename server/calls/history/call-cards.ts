/** Calls as reps are shown them: enough to tell one caller from another. */
import type { ExpressionBuilder, Kysely } from 'kysely';
import type { Appearance } from '../../../shared/appearance.ts';
import { type CallContext, callContext } from '../../../shared/call-context.ts';
import type { CallId } from '../../../shared/ids.ts';
import type { CallCard } from '../../../shared/views.ts';
import { repOfCall } from '../../store/parties.ts';
import type { CallRow, Database } from '../../store/schema.ts';
import { readSiteSettings } from '../../store/sites.ts';

/** Calls with what their cards need beside them. */
export function cards(db: Kysely<Database>) {
  return db
    .selectFrom('calls')
    .innerJoin('queues', 'queues.id', 'calls.queue_id')
    .innerJoin('sites', 'sites.id', 'calls.site_id')
    .selectAll('calls')
    .select(['queues.name as queue_name', 'sites.name as site_name', 'sites.settings as site_settings'])
    .select(lastCallId);
}

/** The same tab's call before this one: one step back in the index, however often they called. */
export const lastCallId = ({ selectFrom }: ExpressionBuilder<Database, 'calls'>) =>
  selectFrom('calls as earlier')
    .whereRef('earlier.site_id', '=', 'calls.site_id')
    .whereRef('earlier.shopper_id', '=', 'calls.shopper_id')
    .whereRef('earlier.started_at', '<', 'calls.started_at')
    .orderBy('earlier.started_at', 'desc')
    .limit(1)
    .select('earlier.id')
    .as('last_call_id');

/** A call, and the one before it. */
export type FollowingCall = CallRow & { last_call_id: CallId | null };
export type CardRow = FollowingCall & { queue_name: string; site_name: string; site_settings: string };

/** The cards of rows from `cards`, in their order. */
export async function toCards(db: Kysely<Database>, rows: readonly CardRow[]): Promise<CallCard[]> {
  const lastCalls = await readLastCalls(db, rows);
  // Many calls are of one shop.
  const looks = new Map<string, Appearance>();
  for (const settings of new Set(rows.map(row => row.site_settings)))
    looks.set(settings, readSiteSettings({ settings }).appearance);
  return rows.map(row => {
    const context = readContext(row.context);
    const look = looks.get(row.site_settings);
    return {
      callId: row.id,
      queueName: row.queue_name,
      siteName: row.site_name,
      siteLogo: look?.logo ?? null,
      siteAccent: look?.accent ?? null,
      context,
      cart: cartOf(context),
      phone: row.callback_phone,
      lastCall: row.last_call_id === null ? null : (lastCalls.get(row.last_call_id) ?? null),
      since: row.started_at,
      callback: row.callback_kind,
    };
  });
}

export async function toCard(db: Kysely<Database>, row: CardRow): Promise<CallCard> {
  const [card] = await toCards(db, [row]);
  if (!card) throw new Error('A row has a card');
  return card;
}

/** Of calls by their ids, at a glance. */
export async function readCards(
  db: Kysely<Database>,
  ids: readonly CallId[],
): Promise<Map<CallId, CallCard>> {
  const rows = await cards(db)
    .where('calls.id', 'in', [...ids])
    .execute();
  const found = await toCards(db, rows);
  return new Map(found.map(card => [card.callId, atAGlance(card)]));
}

/** For a list: fifty whole carts in every push would cut the rep off as a slow reader. */
export function atAGlance(card: CallCard): CallCard {
  const { page, name } = card.context;
  return { ...card, context: { ...(page ? { page } : {}), ...(name === undefined ? {} : { name }) } };
}

/** Of the rows' calls before, by their ids: when each ended, and who spoke to the shopper. */
export async function readLastCalls(
  db: Kysely<Database>,
  rows: readonly FollowingCall[],
): Promise<Map<CallId, NonNullable<CallCard['lastCall']>>> {
  const ids = rows.flatMap(row => (row.last_call_id === null ? [] : [row.last_call_id]));
  if (ids.length === 0) return new Map();
  const found = await db
    .selectFrom('calls')
    .leftJoin('reps', join => join.on('reps.id', '=', repOfCall))
    .select(['calls.id', 'calls.ended_at', 'calls.answered_at', 'reps.name'])
    .where('calls.id', 'in', ids)
    .execute();
  return new Map(
    found.flatMap(({ id, ended_at, answered_at, name }) =>
      ended_at === null ? [] : [[id, { endedAt: ended_at, repName: answered_at === null ? null : name }]],
    ),
  );
}

/** Written by us, but possibly by an older version: what no longer fits is left out rather than failing the view. */
export function readContext(text: string): CallContext {
  const parsed = callContext.safeParse(JSON.parse(text));
  return parsed.success ? parsed.data : {};
}

export function cartOf({ cart }: CallContext): CallCard['cart'] {
  // A shop may tell what it costs and not what it is.
  // Some shops say "€0.00" for nothing.
  if (!cart || (cart.items.length === 0 && !/(?!0)\p{Nd}/u.test(cart.total ?? ''))) return null;
  return { items: cart.items.reduce((sum, item) => sum + item.quantity, 0), total: cart.total ?? null };
}
