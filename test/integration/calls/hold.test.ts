/** A shopper on hold, and microphones that are muted: what each hears is measured, not assumed. */
import { describe, expect, test } from 'vitest';
import type { CallId } from '../../../shared/ids.ts';
import { engines, freshPlace } from '../../support/engines.ts';
import { Rep, Shopper } from '../../support/people.ts';
import { hears, hearsMusic, Stage, silent } from '../../support/stage.ts';
import { until } from '../../support/until.ts';
import type { WrtcClient } from '../../support/wrtc-client.ts';

const hearsNobody = (voice: WrtcClient) => until(() => voice.measure('voice').levelDb < silent);
const isQuiet = (voice: WrtcClient) => until(() => voice.measure().levelDb < silent);

const onHold = async (rep: Rep) => {
  const { work } = await rep.signaling.until(
    one => one.work.state === 'talking' && one.work.onHoldSince !== null,
  );
  return work.state === 'talking' ? work.onHoldSince : null;
};
const callOf = (rep: Rep): CallId => {
  const { work } = rep.signaling.view!;
  if (work.state !== 'talking') throw new Error(`the rep is ${work.state}`);
  return work.call.callId;
};

describe('a shopper on hold', () => {
  test('C301 hears the music of the queue and no voice, and is heard by nobody, until they are taken back', async () => {
    const stage = await Stage.open();
    const { ana, shopper } = await stage.talk();
    const callId = callOf(ana);
    await ana.signaling.request('call.hold', { callId, hold: true });
    await shopper.signaling.until(view => view.state === 'talking' && view.onHold && view.repName === 'Ana');
    const since = await onHold(ana);
    expect(since).toBeGreaterThan(0);
    await Promise.all([hearsMusic(shopper.voice), hearsNobody(shopper.voice), isQuiet(ana.voice)]);
    // Asked for once more, it is still on hold since then.
    await ana.signaling.request('call.hold', { callId, hold: true });
    expect(await onHold(ana)).toBe(since);

    await ana.signaling.request('call.hold', { callId, hold: false });
    await shopper.signaling.until(view => view.state === 'talking' && !view.onHold);
    await Promise.all([hears(shopper.voice, 880), hears(ana.voice, 440)]);
    await until(() => shopper.voice.measure('music').levelDb < silent);
  });

  test('C302 is put on hold by nobody but the rep of the talk', async () => {
    const stage = await Stage.open();
    const { ana, shopper } = await stage.talk();
    const ben = await stage.rep('Ben', 660);
    const callId = callOf(ana);
    const asked = ben.signaling.request('call.hold', { callId, hold: true });
    await expect(asked).rejects.toMatchObject({ code: 'not-found' });
    const wrong = ana.signaling.request('call.hold', { callId: 'another' as CallId, hold: true });
    await expect(wrong).rejects.toMatchObject({ code: 'not-found' });
    expect(shopper.signaling.view).toMatchObject({ state: 'talking', onHold: false });
  });

  test.each(engines)(
    'C303 stays on hold when either side comes with a new page and when the server starts anew, on %s',
    async engine => {
      const place = await freshPlace(engine);
      const stage = await Stage.open(place.environment);
      const { ana, shopper } = await stage.talk();
      const callId = callOf(ana);
      await ana.signaling.request('call.hold', { callId, hold: true });
      const since = await onHold(ana);

      ana.close();
      const anaBack = stage.here(await Rep.signIn(stage.origin, ana.account));
      expect(await onHold(anaBack)).toBe(since);
      await anaBack.reopen(880);
      shopper.close();
      const shopperBack = stage.here(await Shopper.arrive(stage.origin, shopper.token));
      expect(shopperBack.signaling.view).toMatchObject({ state: 'talking', onHold: true });
      await shopperBack.reopen(440);
      await Promise.all([hearsMusic(shopperBack.voice), isQuiet(anaBack.voice)]);

      await stage.server.restart();
      for (const person of [anaBack, shopperBack]) person.close();
      const shopperAgain = stage.here(await Shopper.arrive(stage.origin, shopper.token));
      const anaAgain = stage.here(await Rep.signIn(stage.origin, ana.account));
      expect(await onHold(anaAgain)).toBe(since);
      expect(shopperAgain.signaling.view).toMatchObject({ state: 'talking', onHold: true });
      await anaAgain.reopen(880);
      await shopperAgain.reopen(440);
      await hearsMusic(shopperAgain.voice);
      await anaAgain.signaling.request('call.hold', { callId, hold: false });
      await Promise.all([hears(shopperAgain.voice, 880), hears(anaAgain.voice, 440)]);
      await place.remove();
    },
  );

  test('C304 can hang up, and so can the rep; a rep who is gone leaves them in line, and the next one talks to them at once', async () => {
    const stage = await Stage.open();
    const { ana, shopper } = await stage.talk();
    await ana.signaling.request('call.hold', { callId: callOf(ana), hold: true });
    await shopper.signaling.request('call.hang-up', { callId: callOf(ana) });
    await ana.untilWork('wrap-up');
    await ana.signaling.request('wrap-up.finish', {});

    const kim = await stage.shopper(500);
    await ana.answer();
    await ana.signaling.request('call.hold', { callId: callOf(ana), hold: true });
    await ana.signaling.request('call.hang-up', { callId: callOf(ana) });
    expect(await kim.untilState('ended')).toMatchObject({ reason: 'rep-hung-up' });
    await ana.signaling.request('wrap-up.finish', {});

    const lee = await stage.shopper(600);
    await ana.answer();
    await ana.signaling.request('call.hold', { callId: callOf(ana), hold: true });
    ana.close();
    await lee.signaling.until(view => view.state === 'talking' && view.repLost);
    const ben = await stage.rep('Ben', 660);
    await stage.pass(60_000);
    await lee.signaling.until(view => view.state === 'waiting' && view.returned);
    await ben.answer();
    expect(await lee.untilState('talking')).toMatchObject({ onHold: false, repName: 'Ben' });
    await Promise.all([hears(lee.voice, 660), hears(ben.voice, 600)]);
  });
});

describe('a microphone that is muted', () => {
  test('C305 is heard by nobody whatever its browser sends, on either side, and after a new page', async () => {
    const stage = await Stage.open();
    const { ana, shopper } = await stage.talk();
    // Neither of these stops humming.
    await ana.signaling.request('leg.mute', { muted: true });
    await isQuiet(shopper.voice);
    await hears(ana.voice, 440);
    await shopper.signaling.request('leg.mute', { muted: true });
    await isQuiet(ana.voice);

    ana.close();
    const back = stage.here(await Rep.signIn(stage.origin, ana.account));
    expect(await back.untilWork('talking')).toMatchObject({ muted: true, shopperMuted: true });
    await back.reopen(700);
    await until(async () => (await shopper.voice.packets()).received > 0);
    await isQuiet(back.voice);
    await isQuiet(shopper.voice);
    await back.signaling.request('leg.mute', { muted: false });
    await hears(shopper.voice, 700);
    await isQuiet(back.voice);
    await shopper.signaling.request('leg.mute', { muted: false });
    await hears(back.voice, 440);
  });

  test('C306 stays so through a hold', async () => {
    const stage = await Stage.open();
    const { ana, shopper } = await stage.talk();
    await ana.signaling.request('leg.mute', { muted: true });
    await ana.signaling.request('call.hold', { callId: callOf(ana), hold: true });
    await hearsMusic(shopper.voice);
    await ana.signaling.request('call.hold', { callId: callOf(ana), hold: false });
    await hears(ana.voice, 440);
    await isQuiet(shopper.voice);
    await ana.signaling.request('leg.mute', { muted: false });
    await hears(shopper.voice, 880);
  });
});
