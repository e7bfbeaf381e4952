/** A talk is handed to a colleague: who sends it on stays until that one has answered, and is told when they do not. */
import { describe, expect, test } from 'vitest';
import type { CallId, RepId } from '../../../shared/ids.ts';
import { limits } from '../../../shared/limits.ts';
import { engines, freshPlace } from '../../support/engines.ts';
import { Rep, Shopper } from '../../support/people.ts';
import { hears, hearsMusic, Stage, silent } from '../../support/stage.ts';
import { until } from '../../support/until.ts';
import type { WrtcClient } from '../../support/wrtc-client.ts';

const isQuiet = (voice: WrtcClient) => until(() => voice.measure().levelDb < silent);
const talkOf = (rep: Rep) => {
  const { work } = rep.signaling.view!;
  if (work.state !== 'talking') throw new Error(`the rep is ${work.state}`);
  return work;
};
const callOf = (rep: Rep): CallId => talkOf(rep).call.callId;

/** Ana talks to a shopper, and Ben is free. */
async function threeOf(stage: Stage) {
  const { ana, shopper } = await stage.talk();
  const ben = await stage.rep('Ben', 660);
  return { ana, shopper, ben, callId: callOf(ana), benId: await idOf(ana, 'Ben') };
}

async function idOf(ana: Rep, name: string): Promise<RepId> {
  const { colleagues } = await ana.signaling.request('call.colleagues', { callId: callOf(ana) });
  const found = colleagues.find(colleague => colleague.name === name);
  if (!found) throw new Error(`${name} is no colleague`);
  return found.repId;
}

const isBack = (ana: Rep, why: string) =>
  ana.signaling.until(
    ({ work }) => work.state === 'talking' && work.transfer === null && work.transferFailed?.why === why,
  );

describe('a talk that is handed to a colleague', () => {
  test('C310 rings there with who sends it and why; both stay told, and it changes hands when the colleague answers', async () => {
    const stage = await Stage.open();
    const { ana, shopper, ben, callId, benId } = await threeOf(stage);
    await ana.signaling.request('call.transfer-to-rep', { callId, repId: benId, note: 'Wants a refund' });
    const ringing = await ben.untilWork('ringing');
    expect(ringing).toMatchObject({ call: { callId }, handed: { from: 'Ana', note: 'Wants a refund' } });
    expect(talkOf(ana)).toMatchObject({
      transfer: { to: 'Ben', dueAt: ringing.dueAt, note: 'Wants a refund' },
      transferFailed: null,
    });
    await shopper.signaling.until(view => view.state === 'talking' && view.onHold && view.ringing);
    await Promise.all([hearsMusic(shopper.voice), isQuiet(ana.voice), isQuiet(ben.voice)]);

    await ben.signaling.request('offer.accept', { offerId: ringing.offerId });
    const talk = await ben.untilWork('talking');
    expect(talk).toMatchObject({ handed: { from: 'Ana', note: 'Wants a refund' }, onHoldSince: null });
    await shopper.signaling.until(
      view => view.state === 'talking' && view.repName === 'Ben' && !view.onHold && !view.ringing,
    );
    await Promise.all([hears(shopper.voice, 660), hears(ben.voice, 440), isQuiet(ana.voice)]);
    const work = await ana.untilWork('wrap-up');
    expect(work).toMatchObject({ reason: 'transferred', call: { callId } });
    expect(work.endedAt).toBeGreaterThan(ringing.madeAt);

    // What she writes stays with the call, to which Ben adds his.
    await ana.signaling.request('wrap-up.finish', { note: 'Refund of 20' });
    await ana.untilWork('idle');
    await shopper.signaling.request('call.hang-up', { callId });
    await ben.untilWork('wrap-up');
    await ben.signaling.request('wrap-up.finish', { note: 'Done' });
    await ben.untilWork('idle');
  });

  test('C311 returns to the one who sent it, who is told why, when it is declined, not answered, or cannot be taken any more', async () => {
    const stage = await Stage.open();
    const { ana, shopper, ben, callId, benId } = await threeOf(stage);
    const send = async () => {
      await ana.signaling.request('call.transfer-to-rep', { callId, repId: benId });
      return ben.untilWork('ringing');
    };
    const theyTalk = async () => {
      await shopper.signaling.until(view => view.state === 'talking' && !view.onHold && !view.ringing);
      await Promise.all([hears(shopper.voice, 880), hears(ana.voice, 440)]);
    };
    const { offerId } = await send();
    await ben.signaling.request('offer.decline', { offerId });
    const declined = await isBack(ana, 'declined');
    expect(declined.work).toMatchObject({ transferFailed: { to: 'Ben' }, onHoldSince: null });
    await theyTalk();

    await send();
    await ana.signaling.request('call.take-back', { callId });
    await ben.untilWork('idle');
    await ana.signaling.until(({ work }) => work.state === 'talking' && work.transfer === null);
    await theyTalk();

    await send();
    await ben.signaling.request('rep.status', { status: 'away' });
    await isBack(ana, 'revoked');
    await ben.signaling.request('rep.status', { status: 'available' });

    await send();
    await stage.pass(20_000);
    await isBack(ana, 'expired');
    await ben.signaling.until(view => view.status === 'away' && view.statusReason === 'no-answer');
    await theyTalk();

    await ben.signaling.request('rep.status', { status: 'available' });
    await send();
    ben.close();
    await isBack(ana, 'revoked');
    await theyTalk();
  });

  test('C312 is refused to somebody who is not free or not a colleague, and to anybody but the rep of the talk', async () => {
    const stage = await Stage.open();
    const { ana, ben, callId, benId } = await threeOf(stage);
    const to = (rep: Rep, repId: RepId) => rep.signaling.request('call.transfer-to-rep', { callId, repId });
    await expect(to(ben, benId)).rejects.toMatchObject({ code: 'not-found' });
    await expect(to(ana, 'nobody' as RepId)).rejects.toMatchObject({ code: 'no-rep' });
    const takeBack = ana.signaling.request('call.take-back', { callId });
    await expect(takeBack).rejects.toMatchObject({ code: 'offer-gone' });
    await ben.signaling.request('rep.status', { status: 'away' });
    await expect(to(ana, benId)).rejects.toMatchObject({ code: 'no-rep' });
    const { colleagues } = await ana.signaling.request('call.colleagues', { callId });
    expect(colleagues).toEqual([{ repId: benId, name: 'Ben', free: false }]);
    await ben.signaling.request('rep.status', { status: 'available' });
    await to(ana, benId);
    await ben.untilWork('ringing');
    await expect(to(ana, benId)).rejects.toMatchObject({ code: 'no-rep' });
    const hold = ana.signaling.request('call.hold', { callId, hold: false });
    await expect(hold).rejects.toMatchObject({ code: 'rep-busy' });
  });

  test('C313 ends, is parked, or goes back to the line as any talk, and rings at nobody then', async () => {
    const stage = await Stage.open();
    const { ana, shopper, ben, callId, benId } = await threeOf(stage);
    await ana.signaling.request('call.transfer-to-rep', { callId, repId: benId });
    await ben.untilWork('ringing');
    shopper.signaling.cut();
    await ben.untilWork('idle');
    await ana.signaling.until(({ work }) => work.state === 'talking' && work.shopperLost && !work.transfer);
    const back = stage.here(await Shopper.arrive(stage.origin, shopper.token));
    await back.reopen(440);
    await hears(ana.voice, 440);

    await ana.signaling.request('call.transfer-to-rep', { callId, repId: benId });
    const { offerId } = await ben.untilWork('ringing');
    ana.close();
    await back.signaling.until(view => view.state === 'talking' && view.repLost);
    await stage.pass(limits.repGraceMs + 1);
    // The same call, by its own place now.
    await ben.signaling.until(({ work }) => work.state === 'ringing' && work.offerId !== offerId);
    await back.signaling.until(view => view.state === 'waiting' && view.returned);
    await ben.answer();
    await Promise.all([hears(back.voice, 660), hears(ben.voice, 440)]);
    await back.signaling.request('call.hang-up', { callId });
    await ben.untilWork('wrap-up');
  });

  test.each(engines)(
    'C314 is back with the one who sent it when the server starts anew, on %s',
    async engine => {
      const place = await freshPlace(engine);
      const stage = await Stage.open(place.environment);
      const { ana, shopper, ben, callId, benId } = await threeOf(stage);
      await ana.signaling.request('call.transfer-to-rep', { callId, repId: benId, note: 'Refund' });
      await ben.untilWork('ringing');
      await stage.server.restart();
      for (const person of [ana, shopper, ben]) person.close();
      const shopperBack = stage.here(await Shopper.arrive(stage.origin, shopper.token));
      const anaBack = stage.here(await Rep.signIn(stage.origin, ana.account));
      expect(await anaBack.untilWork('talking')).toMatchObject({
        transfer: null,
        transferFailed: { to: 'Ben', why: 'revoked' },
        onHoldSince: null,
      });
      await anaBack.reopen(880);
      await shopperBack.reopen(440);
      await Promise.all([hears(shopperBack.voice, 880), hears(anaBack.voice, 440)]);
      await place.remove();
    },
  );
});
