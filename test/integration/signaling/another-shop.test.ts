import { expect, test } from 'vitest';
import { Shopper } from '../../support/people.ts';
import { Stage } from '../../support/stage.ts';

test('S38 a rep who comes to serve another shop is shown its line, and rung for it, without connecting again', async () => {
  const stage = await Stage.open();
  const { ana, shopper } = await stage.talk();
  const siteKey = await ana.account.addSite(stage.origin, 'Second shop');
  await ana.signaling.until(view => view.queues.length === 2);

  const other = stage.here(await Shopper.arrive(stage.origin, undefined, siteKey));
  await other.call(500);
  // What merely happens around the rep is shown too, not only what happens to the rep.
  const { waiting } = await ana.signaling.until(view => view.waitingTotal === 1);
  expect(waiting[0]).toMatchObject({ siteName: 'Second shop', place: 1 });

  const { callId } = await shopper.untilState('talking');
  await shopper.signaling.request('call.hang-up', { callId });
  await ana.untilWork('wrap-up');
  await ana.signaling.request('wrap-up.finish', {});
  expect((await ana.answer()).call.siteName).toBe('Second shop');
  await other.untilState('talking');
});
