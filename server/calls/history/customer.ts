/** What is kept of one customer: found, and handed out. */
import type { Kysely } from 'kysely';
import type { CallStory } from '../../../shared/api/calls.ts';
import type { CustomerWish } from '../../../shared/api/privacy.ts';
import type { CallId, ShopperId, SiteId } from '../../../shared/ids.ts';
import { limits } from '../../../shared/limits.ts';
import type { CallRow, Database } from '../../store/schema.ts';
import { readContext } from './call-cards.ts';
import { readStory } from './call-list.ts';

/** A call as it is looked at: `live` goes on at present. */
export type CustomerCall = Pick<CallRow, 'id' | 'shopper_id' | 'callback_phone'> & {
  live: boolean;
  startedAt: number;
  /** As blocks have it; null where the page gave none. */
  name: string | null;
};

/** As people compare names. */
const plain = (text: string) => text.normalize('NFKC').trim().toLowerCase();
const digits = (text: string) => text.replaceAll(/\D/g, '');

/** The calls of whoever is meant, the oldest first, in portions. */
export async function* callsOfCustomer(
  db: Kysely<Database>,
  siteId: SiteId,
  wish: CustomerWish,
): AsyncGenerator<CustomerCall[]> {
  let after: { startedAt: number; id: CallId } | undefined;
  for (;;) {
    let query = db
      .selectFrom('calls')
      .select(['id', 'shopper_id', 'callback_phone', 'context', 'state', 'started_at'])
      .where('site_id', '=', siteId);
    if (wish.by === 'shopper') query = query.where('shopper_id', '=', wish.value as ShopperId);
    const last = after;
    if (last)
      query = query.where(({ or, and, eb }) =>
        or([
          eb('started_at', '>', last.startedAt),
          and([eb('started_at', '=', last.startedAt), eb('id', '>', last.id)]),
        ]),
      );
    const rows = await query.orderBy('started_at').orderBy('id').limit(limits.retentionPortion).execute();
    const found = rows.filter(row => isMeant(row, wish));
    yield found.map(({ id, shopper_id, callback_phone, context, state, started_at }) => ({
      ...{ id, shopper_id, callback_phone, live: state !== 'ended', startedAt: started_at },
      name: readContext(context).name?.trim() || null,
    }));
    const end = rows.at(-1);
    if (!end || rows.length < limits.retentionPortion) return;
    after = { startedAt: end.started_at, id: end.id };
  }
}

function isMeant(
  row: Pick<CallRow, 'shopper_id' | 'callback_phone' | 'context'>,
  wish: CustomerWish,
): boolean {
  switch (wish.by) {
    case 'everybody':
      return true;
    case 'shopper':
      return row.shopper_id === wish.value;
    case 'number':
      return row.callback_phone !== null && digits(row.callback_phone) === digits(wish.value);
    case 'name': {
      const { name } = readContext(row.context);
      return name !== undefined && plain(name) === plain(wish.value);
    }
    default:
      return wish satisfies never;
  }
}

/** Whether a blocked caller is meant, of whom no more than that label may be kept. */
export function isMeantByLabel(label: string, wish: CustomerWish): boolean {
  if (label === '' || wish.by === 'shopper') return false;
  if (wish.by === 'everybody') return true;
  const number = digits(wish.value);
  return wish.by === 'name' ? plain(label) === plain(wish.value) : number !== '' && digits(label) === number;
}

/** All that is kept of them: each call with its story. */
export async function* storiesOfCustomer(
  db: Kysely<Database>,
  siteId: SiteId,
  wish: CustomerWish,
  now: number,
): AsyncGenerator<CallStory> {
  for await (const calls of callsOfCustomer(db, siteId, wish))
    for (const { id } of calls) {
      const story = await readStory(db, id, now);
      if (story) yield story;
    }
}
