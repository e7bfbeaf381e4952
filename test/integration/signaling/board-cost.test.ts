/** What a change costs while many look at the live board of a big shop. */
import { expect, test } from 'vitest';
import { nothingChanged } from '../../../server/bus/bus.ts';
import { createInProcessBus } from '../../../server/bus/in-process.ts';
import { Boards } from '../../../server/signaling/boards.ts';
import { boardFilter } from '../../../shared/board.ts';
import type { CallId, RepId, SiteId } from '../../../shared/ids.ts';
import { BigShop } from '../../support/big-shop.ts';
import { countedReads } from '../../support/counted-reads.ts';
import { engines, freshPlace, openPlace } from '../../support/engines.ts';
import { quiet } from '../../support/media.ts';
import { until } from '../../support/until.ts';

const siteId = 'shop' as SiteId;

test.each(engines)(
  'R156 with 300 reps, 500 waiting calls and 100 onlookers a change is read by as many statements as with one, on %s',
  async engine => {
    const place = await freshPlace(engine);
    const store = await openPlace(place);
    const { db, reads } = countedReads(store.db);
    const bus = createInProcessBus();
    const boards = new Boards({ db, bus, now: () => 1_800_000_000_000, log: quiet });
    try {
      const shop = await BigShop.open(store, { reps: 300, waiting: 500 });
      await db
        .updateTable('members')
        .set({ role: 'supervisor' })
        .where('rep_id', '=', 'rep-0' as RepId)
        .execute();
      const sent: string[][] = [];
      const looks = async (name: string) => {
        const texts: string[] = [];
        sent.push(texts);
        // Where a socket would be: what would be sent is what counts here.
        const socket = { sendText: (text: string) => texts.push(text), close: () => undefined };
        const onlooker = await boards.enter({ socket, repId: 'rep-0' as RepId, signInId: name });
        boards.watch(onlooker, boardFilter.parse({}));
        await until(() => texts.length === 1);
      };
      /** One talk ends, and somebody else is rung: statements, and bytes to each. */
      const change = async () => {
        const over: CallId = await shop.decide();
        const before = sent.map(texts => texts.length);
        const statements = reads.statements;
        bus.publish({
          ...nothingChanged(siteId),
          callIds: [over],
          repIds: ['rep-1' as RepId],
          surroundings: true,
        });
        await until(() => sent.every((texts, at) => texts.length > before[at]!));
        return { statements: reads.statements - statements, bytes: sent[0]!.at(-1)!.length };
      };
      await looks('first');
      const one = await change();
      for (let n = 1; n < 100; n++) await looks(`window ${n}`);
      const many = await change();
      expect(many.statements).toBeLessThanOrEqual(one.statements);
      expect(one.statements).toBeLessThanOrEqual(5);
      // A page is some 20 kB; a change of it, a few rows.
      expect(sent[0]![0]!.length).toBeGreaterThan(15_000);
      expect(many.bytes).toBeLessThan(4_000);
    } finally {
      await boards.close();
      await bus.close();
      await store.close();
      await place.remove();
    }
  },
);
