/** Two reps answer the same ringing at the same moment. `RACE_ROUNDS` shortens or lengthens it. */
import { describe, expect, test } from 'vitest';
import { acceptOffer } from '../../../../server/calls/commands/offers.ts';
import { startCall } from '../../../../server/calls/commands/shopper-commands.ts';
import { CallError } from '../../../../server/calls/errors.ts';
import { applyTo } from '../../../../server/calls/writing/apply.ts';
import type { CallId, OfferId, QueueId, RepId, ShopperId, SiteId } from '../../../../shared/ids.ts';
import { engines } from '../../../support/engines.ts';
import { Watch } from './invariants.ts';
import { Players } from './players.ts';
import { plainRules, repIds, repOfCallNow, World } from './world.ts';

const rounds = Number(process.env.RACE_ROUNDS ?? 100);
const siteId = 'a' as SiteId;
const queueId = 'a-vip' as QueueId;

describe.each(engines)('two reps at once on %s', engine => {
  test(
    `Q43 one of two who accept at once has the call, ${rounds} times`,
    async () => {
      const world = await World.open(engine);
      await world.db.updateTable('queue_members').set({ tier: 1 }).execute();
      await world.reset({ ...plainRules, strategy: 'ring-all' });
      const players = new Players(world, new Watch(world));
      for (const rep of [0, 1]) await players.play({ do: 'comes-to-work', rep });
      world.onCommit = () => undefined;

      const won = new Map<RepId, number>();
      let last: CallId | null = null;
      for (let round = 0; round < rounds; round++) {
        const callId = `call-${round}` as CallId;
        const before = last;
        await world.transactions.change([siteId], async change => {
          if (before) await applyTo(change, before, { type: 'end', reason: 'rep-hung-up' });
          await startCall(change, {
            callId,
            siteId,
            queueId,
            shopperId: 'shopper' as ShopperId,
            context: {},
          });
        });
        const ringing = await world.select<{ id: OfferId; rep_id: RepId }>(
          "select id, rep_id from offers where state = 'live'",
        );
        expect(ringing.map(offer => offer.rep_id).sort()).toEqual(repIds.slice(0, 2));
        // Who asks first takes turns, as who is quicker does.
        const askers = round % 2 === 0 ? ringing : ringing.toReversed();
        const answers = await Promise.allSettled(
          askers.map(({ id, rep_id }) =>
            world.transactions.changeRep(rep_id, change => acceptOffer(change, rep_id, id)),
          ),
        );
        const winners = askers.filter((_, index) => answers[index]?.status === 'fulfilled');
        expect(winners, 'winners').toHaveLength(1);
        const winner = winners[0]!.rep_id;
        for (const answer of answers)
          if (answer.status === 'rejected') {
            expect(answer.reason).toBeInstanceOf(CallError);
            expect(answer.reason).toMatchObject({ code: 'offer-gone' });
          }
        const [call] = await world.select<{ state: string; rep_id: RepId }>(
          `select state, ${repOfCallNow} as rep_id from calls where id = ?`,
          callId,
        );
        expect(call).toEqual({ state: 'talking', rep_id: winner });
        won.set(winner, (won.get(winner) ?? 0) + 1);
        last = callId;
      }
      const answered = await world.select<{ n: number }>(
        "select count(*) n from call_events where type = 'answered'",
      );
      expect(answered[0]?.n).toBe(rounds);
      // Neither always wins: they really were at it at once, or took turns.
      expect(won.size).toBe(2);
      await world.close();
    },
    150_000 + rounds * 1_000,
  );
});
