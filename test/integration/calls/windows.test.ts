/** One person in several windows: one has the call, the others show and control it, and it goes from one to another. */
import { describe, expect, test } from 'vitest';
import { limits } from '../../../shared/limits.ts';
import type { RepView, ShopperView } from '../../../shared/views.ts';
import { closeCodes } from '../../../shared/wire.ts';
import { engines, freshPlace } from '../../support/engines.ts';
import { Rep, Shopper } from '../../support/people.ts';
import { SignalingClient } from '../../support/signaling-client.ts';
import { hears, Stage } from '../../support/stage.ts';
import { until } from '../../support/until.ts';

const muteOf = (client: SignalingClient<ShopperView | RepView>) =>
  client.pushes.flatMap(push => (push.push === 'muted' ? [push.muted] : []));

describe('a rep with two windows', () => {
  test('C50 closing the one with the phone gives it to the other within two seconds, and the call is kept', async () => {
    const stage = await Stage.open();
    const { ana, shopper } = await stage.talk();
    const second = stage.here(await Rep.signIn(stage.origin, ana.account));
    expect(second.signaling.heldBy).toBe('another');
    const closedAt = performance.now();
    ana.close();
    await until(() => second.signaling.heldBy === 'nobody');
    // A reload of the one that is gone would have had its time.
    expect(performance.now() - closedAt).toBeGreaterThan(limits.handOverMs - 100);
    await second.signaling.request('session.take-over', { onlyIfFree: true });
    await until(() => second.signaling.heldBy === 'this');
    await second.reopen(700);
    await hears(shopper.voice, 700);
    expect(await shopper.untilState('talking')).toMatchObject({ repLost: false });
    expect(second.signaling.view).toMatchObject({ status: 'available', work: { state: 'talking' } });
  });

  test('C51 reloading the one with the phone keeps it there, and only one of two who want a free phone gets it', async () => {
    const stage = await Stage.open();
    const { ana, shopper } = await stage.talk();
    const others = [
      stage.here(await Rep.signIn(stage.origin, ana.account)),
      stage.here(await Rep.signIn(stage.origin, ana.account)),
    ];
    ana.close();
    await until(() => ana.signaling.socket.readyState === ana.signaling.socket.CLOSED);
    const reloaded = stage.here(await Rep.signIn(stage.origin, ana.account));
    expect(reloaded.signaling.heldBy).toBe('this');
    await reloaded.reopen(600);
    await hears(shopper.voice, 600);
    expect(others.map(({ signaling }) => signaling.heldBy)).toEqual(['another', 'another']);

    reloaded.close();
    for (const { signaling } of others) await until(() => signaling.heldBy === 'nobody');
    const asked = await Promise.allSettled(
      others.map(({ signaling }) => signaling.request('session.take-over', { onlyIfFree: true })),
    );
    expect(asked.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await until(
      () =>
        others
          .map(({ signaling }) => signaling.heldBy)
          .sort()
          .join() === 'another,this',
    );
  });

  test('C52 a window whose old connection is still open replaces that one, and no other', async () => {
    const stage = await Stage.open();
    const ana = await stage.rep('Ana');
    const { client: first, hello } = await SignalingClient.rep(stage.origin, ana.account);
    stage.here(first);
    expect(first.heldBy).toBe('another');
    const closed = first.closed();
    const { client: again } = await SignalingClient.rep(stage.origin, ana.account, false, {
      resumes: hello.sessionId,
    });
    stage.here(again);
    expect(await closed).toBe(closeCodes.replaced);
    expect(again.heldBy).toBe('another');
    // Nor does one that followed take the phone of a holder who is being reconnected as well.
    ana.close();
    await until(() => ana.signaling.socket.readyState === ana.signaling.socket.CLOSED);
    const { client: follower } = await SignalingClient.rep(stage.origin, ana.account, false, {
      follows: true,
    });
    stage.here(follower);
    expect(follower.heldBy).not.toBe('this');
  });

  test('C53 the other one controls the call: mute is made where the microphone is, status and hang-up count', async () => {
    const stage = await Stage.open();
    const { ana, shopper } = await stage.talk();
    const { client: other } = await SignalingClient.rep(stage.origin, ana.account);
    stage.here(other);
    await other.request('leg.mute', { muted: true });
    await until(() => muteOf(ana.signaling).join() === 'true');
    expect(muteOf(other)).toEqual([]);
    expect(await shopper.signaling.until(view => view.state === 'talking' && view.repMuted)).toBeTruthy();
    await other.request('rep.status', { status: 'away' });
    const view = other.view;
    if (view?.work.state !== 'talking') throw new Error('not talking');
    await other.request('call.hang-up', { callId: view.work.call.callId });
    expect(await ana.untilWork('wrap-up')).toMatchObject({ reason: 'rep-hung-up' });
    expect(ana.signaling.view?.status).toBe('away');
    await other.request('wrap-up.finish', {});
    await ana.untilWork('idle');
  });

  test('C54 answers in the other one: accepted where it is seen, then the phone comes along', async () => {
    const stage = await Stage.open();
    const ana = await stage.rep('Ana');
    const other = stage.here(await Rep.signIn(stage.origin, ana.account));
    const shopper = await stage.shopper();
    const { offerId } = await other.untilWork('ringing');
    await other.signaling.request('offer.accept', { offerId });
    await other.signaling.request('session.take-over', {});
    await other.reopen(700);
    await hears(shopper.voice, 700);
    await hears(other.voice, 440);
    await until(() => ana.signaling.heldBy === 'another');
  });

  test('C55 a person is connected in a bounded number of windows', async () => {
    const stage = await Stage.open();
    const ana = await stage.server.addRep('Ana');
    const clients = await Promise.all(
      Array.from({ length: limits.windowsPerPerson }, () => SignalingClient.rep(stage.origin, ana)),
    );
    for (const { client } of clients) stage.here(client);
    expect(clients.filter(({ hello }) => hello.heldBy === 'this')).toHaveLength(1);
    await expect(SignalingClient.rep(stage.origin, ana)).rejects.toMatchObject({ code: 'too-many' });
    clients[0]!.client.close();
    await until(() =>
      SignalingClient.rep(stage.origin, ana).then(
        ({ client }) => stage.here(client),
        () => false,
      ),
    );
  });
});

describe('a shopper with two tabs', () => {
  test('C56 is in one call in both, which the second controls, and goes on there when the first is closed', async () => {
    const stage = await Stage.open();
    const { ana, shopper } = await stage.talk();
    const second = stage.here(await Shopper.arrive(stage.origin, shopper.token));
    expect(second.signaling.heldBy).toBe('another');
    expect(second.signaling.view).toMatchObject({ state: 'talking', repName: 'Ana' });
    await expect(second.call(500)).rejects.toMatchObject({ code: 'already-in-call' });
    await second.signaling.request('leg.mute', { muted: true });
    await until(() => muteOf(shopper.signaling).join() === 'true');
    await ana.signaling.until(view => view.work.state === 'talking' && view.work.shopperMuted);
    await second.signaling.request('leg.mute', { muted: false });

    shopper.close();
    await until(() => second.signaling.heldBy === 'nobody');
    await second.signaling.request('session.take-over', { onlyIfFree: true });
    await second.reopen(500);
    await hears(ana.voice, 500);
    await ana.signaling.until(view => view.work.state === 'talking' && !view.work.shopperLost);
  });
});

describe.each(engines)('a shopper with two windows that ask for a call at once, on %s', engine => {
  test('B116 gets one call, in the window that got it, whichever was first', async () => {
    const place = await freshPlace(engine);
    const stage = await Stage.open(place.databaseUrl ? { DATABASE_URL: place.databaseUrl } : {});
    const ana = await stage.rep('Ana');
    const first = stage.here(await Shopper.arrive(stage.origin));
    const second = stage.here(await Shopper.arrive(stage.origin, first.token));
    for (const order of [
      [first, second],
      [second, first],
    ] as const) {
      const asked = await Promise.allSettled(order.map(window => window.call(440)));
      expect(asked.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      const refused = asked.find(({ status }) => status === 'rejected') as PromiseRejectedResult;
      expect(refused.reason).toMatchObject({ code: 'already-in-call' });
      const winner = order[asked.findIndex(({ status }) => status === 'fulfilled')]!;
      await until(() => winner.signaling.heldBy === 'this');
      await until(() => order.every(window => window === winner || window.signaling.heldBy === 'another'));
      await ana.answer();
      await hears(ana.voice, 440);
      const { callId } = await winner.untilState('talking');
      await winner.signaling.request('call.hang-up', { callId });
      winner.voice.close();
      await ana.untilWork('wrap-up');
      await ana.signaling.request('wrap-up.finish', {});
      await ana.untilWork('idle');
    }
    await place.remove();
  });
});

describe('a microphone that fails', () => {
  test('C57 on either side is told to the other at once, and so is its return; another window begins anew', async () => {
    const stage = await Stage.open();
    const { ana, shopper } = await stage.talk();
    for (const state of ['silent', 'taken', 'gone', 'ok'] as const) {
      await shopper.signaling.request('leg.microphone', { state });
      await ana.signaling.until(({ work }) => work.state === 'talking' && work.shopperMicrophone === state);
      await ana.signaling.request('leg.microphone', { state });
      await shopper.signaling.until(view => view.state === 'talking' && view.repMicrophone === state);
    }
    await shopper.signaling.request('leg.microphone', { state: 'gone' });
    const second = stage.here(await Shopper.arrive(stage.origin, shopper.token));
    await expect(second.signaling.request('leg.microphone', { state: 'ok' })).rejects.toMatchObject({
      code: 'in-use-elsewhere',
    });
    await second.signaling.request('session.take-over', {});
    await ana.signaling.until(({ work }) => work.state === 'talking' && work.shopperMicrophone === 'ok');
  });

  test('C58 is known before the talk, and changes nothing in the line', async () => {
    const stage = await Stage.open();
    const ana = await stage.rep('Ana');
    const shopper = await stage.shopper();
    await ana.untilWork('ringing');
    await shopper.signaling.request('leg.microphone', { state: 'silent' });
    expect(await ana.untilWork('ringing')).toBeTruthy();
    expect(await ana.answer()).toMatchObject({ shopperMicrophone: 'silent' });
  });
});
