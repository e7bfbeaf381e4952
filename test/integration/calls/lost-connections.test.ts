/** Cables are pulled, pages reloaded, servers restarted and workers killed; nobody is stranded. */
import { describe, expect, test } from 'vitest';
import { limits } from '../../../shared/limits.ts';
import type { Push } from '../../../shared/protocol.ts';
import type { Reachability } from '../../../shared/views.ts';
import { closeCodes } from '../../../shared/wire.ts';
import { engines, freshPlace } from '../../support/engines.ts';
import { mediaWorkers } from '../../support/media-workers.ts';
import { Rep, Shopper } from '../../support/people.ts';
import { SignalingClient } from '../../support/signaling-client.ts';
import { hears, hearsMusic, Stage, silent } from '../../support/stage.ts';
import { until } from '../../support/until.ts';

describe('a rep whose connection is lost', () => {
  test('C9 while it rings: the ringing stops, the call is back in line, and rings again on return', async () => {
    const stage = await Stage.open();
    const ana = await stage.rep('Ana');
    const shopper = await stage.shopper();
    const before = await ana.untilWork('ringing');
    ana.signaling.cut();
    expect(await shopper.signaling.until(view => view.state === 'waiting' && !view.ringing)).toMatchObject({
      place: 1,
    });
    const back = stage.here(await Rep.signIn(stage.origin, ana.account));
    expect(back.signaling.view).toMatchObject({ status: 'available', mediaReady: false });
    await back.reopen(880);
    const again = await back.untilWork('ringing');
    expect(again.call.callId).toBe(before.call.callId);
    expect(again.offerId).not.toBe(before.offerId);
    await back.answer();
    await hears(shopper.voice, 880);
  });

  test('C71 who calls while the only rep reloads the page waits and is answered, instead of being told that nobody is there', async () => {
    const stage = await Stage.open();
    const availability = async () => {
      const answer = await fetch(`${stage.origin}/api/sites/demo/availability`);
      return ((await answer.json()) as Reachability).availability;
    };
    const ana = await stage.rep('Ana');
    expect(await availability()).toBe('open');
    ana.signaling.cut();
    await until(async () => (await availability()) !== 'open');
    expect(await availability()).toBe('busy');
    const kim = await stage.shopper();
    const back = stage.here(await Rep.signIn(stage.origin, ana.account));
    const sam = await stage.shopper(520);
    expect(sam.signaling.view).toMatchObject({ state: 'waiting', place: 2 });
    await back.reopen(880);
    await back.answer();
    await hears(kim.voice, 880);
    await stage.pass(limits.repGraceMs);
    back.signaling.cut();
    await stage.pass(limits.repGraceMs);
    await until(async () => (await availability()) === 'no-rep');
  });

  test('C10 in a talk: the shopper hears music and is told, and both hear each other again on return', async () => {
    const stage = await Stage.open();
    const { ana, shopper } = await stage.talk();
    ana.close();
    ana.signaling.cut();
    await shopper.signaling.until(view => view.state === 'talking' && view.repLost);
    await hearsMusic(shopper.voice);
    const back = stage.here(await Rep.signIn(stage.origin, ana.account));
    await back.untilWork('talking');
    await back.reopen(700);
    await hears(shopper.voice, 700);
    await hears(back.voice, 440);
    expect(await shopper.untilState('talking')).toMatchObject({ repLost: false });
    await until(() => shopper.voice.measure('music').levelDb < silent);
  });

  test('C11 for too long: the call goes back to its place, and the rep is offline with the reason', async () => {
    const stage = await Stage.open();
    const { ana, shopper } = await stage.talk();
    ana.signaling.cut();
    await shopper.signaling.until(view => view.state === 'talking' && view.repLost);
    await stage.pass(limits.repGraceMs);
    expect(await shopper.untilState('waiting')).toMatchObject({ returned: true, place: 1 });
    await hearsMusic(shopper.voice);
    const back = stage.here(await Rep.signIn(stage.origin, ana.account));
    expect(back.signaling.view).toMatchObject({ status: 'offline', statusReason: 'connection-lost' });
    await back.goAvailable(700);
    await back.answer();
    await hears(shopper.voice, 700);
  });

  test('C12 who opens a second window: it shows the talk, takes it over when asked, and the end of the first hurts nothing', async () => {
    const stage = await Stage.open();
    const { ana, shopper } = await stage.talk();
    const second = stage.here(await Rep.signIn(stage.origin, ana.account));
    expect(second.signaling.heldBy).toBe('another');
    await second.untilWork('talking');
    // Nothing has become of the talk by that.
    await hears(shopper.voice, 880);
    await expect(second.reopen(700)).rejects.toMatchObject({ code: 'in-use-elsewhere' });

    await second.signaling.request('session.take-over', {});
    await until(() => ana.signaling.heldBy === 'another' && second.signaling.heldBy === 'this');
    await second.reopen(700);
    await hears(shopper.voice, 700);
    ana.close();
    await second.signaling.request('leg.mute', { muted: true });
    await second.signaling.until(view => view.work.state === 'talking' && view.work.muted);
    await hears(second.voice, 440);
    expect(await shopper.untilState('talking')).toMatchObject({ repLost: false });
  });
});

describe('a shopper whose connection is lost', () => {
  test('C13 while it rings: nobody is rung for the call, which keeps its place and rings again on return', async () => {
    const stage = await Stage.open();
    const ana = await stage.rep('Ana');
    const shopper = await stage.shopper();
    const { call } = await ana.untilWork('ringing');
    shopper.signaling.cut();
    await ana.untilWork('idle');
    await ana.signaling.until(view => view.absentTotal === 1);
    const back = stage.here(await Shopper.arrive(stage.origin, shopper.token));
    expect(await back.untilState('waiting')).toMatchObject({ callId: call.callId, place: 1 });
    await back.reopen(500);
    await ana.answer();
    await hears(ana.voice, 500);
    await hears(back.voice, 880);
  });

  test('C14 in a talk: the voices never stop, and the same page goes on with the same media', async () => {
    const stage = await Stage.open();
    const { ana, shopper } = await stage.talk();
    const heard = shopper.voice.hearing.map(({ consumerId }) => consumerId);
    const before = await ana.voice.packets();
    shopper.signaling.cut();
    await ana.signaling.until(({ work }) => work.state === 'talking' && work.shopperLost);
    const during = await ana.voice.packets();
    const { client } = await SignalingClient.shopper(stage.origin, { token: shopper.token, keepsLeg: true });
    const pushes: Push[] = client.pushes;
    expect(client.view).toMatchObject({ state: 'talking', repName: 'Ana' });
    await ana.signaling.until(({ work }) => work.state === 'talking' && !work.shopperLost);
    // Told again what is heard, and it is what was heard all along.
    await until(() => pushes.some(push => push.push === 'hearing'));
    const told = pushes.find(push => push.push === 'hearing');
    expect(told?.push === 'hearing' && told.hearing.map(({ consumerId }) => consumerId)).toEqual(heard);
    expect(pushes.some(push => push.push === 'leg-lost')).toBe(false);
    await until(async () => (await ana.voice.packets()).received > during.received + 10);
    expect((await ana.voice.packets()).lost).toBe(before.lost);
    await hears(ana.voice, 440);
    await hears(shopper.voice, 880);
    client.close();
  });

  test('C15 in a talk, back at a new page: the same call with new media', async () => {
    const stage = await Stage.open();
    const { ana, shopper } = await stage.talk();
    shopper.close();
    shopper.signaling.cut();
    const back = stage.here(await Shopper.arrive(stage.origin, shopper.token));
    await back.untilState('talking');
    await back.reopen(500);
    await hears(ana.voice, 500);
    await hears(back.voice, 880);
  });

  test('C16 for too long: the call ends with its reason and the rep wraps up', async () => {
    const stage = await Stage.open();
    const { ana, shopper } = await stage.talk();
    shopper.signaling.cut();
    await ana.signaling.until(({ work }) => work.state === 'talking' && work.shopperLost);
    await stage.pass(limits.shopperGraceMs);
    expect(await ana.untilWork('wrap-up')).toMatchObject({ reason: 'shopper-lost' });
    await until(() => ana.voice.hearing.length === 0);
    const late = stage.here(await Shopper.arrive(stage.origin, shopper.token));
    expect(await late.untilState('ended')).toMatchObject({ reason: 'shopper-lost', repName: 'Ana' });
  });

  test('C21 not at all, but has the page in a second tab: once that has the call, the end of the first does not park it', async () => {
    const stage = await Stage.open();
    const { ana, shopper } = await stage.talk();
    const views: boolean[] = [];
    const before = ana.signaling.onPush;
    ana.signaling.onPush = push => {
      before?.(push);
      if (push.push === 'view' && 'work' in push.view && push.view.work.state === 'talking')
        views.push(push.view.work.shopperLost);
    };
    const second = stage.here(await Shopper.arrive(stage.origin, shopper.token));
    await second.untilState('talking');
    await second.signaling.request('session.take-over', {});
    await until(() => shopper.signaling.heldBy === 'another');
    shopper.close();
    await second.reopen(500);
    await hears(ana.voice, 500);
    await second.signaling.request('leg.mute', { muted: true });
    await until(() => views.length > 0);
    expect(views).not.toContain(true);
  });
});

describe('a server that restarts', () => {
  test.each(engines)(
    'C17 finds each call where it was, on %s: the talk goes on, the place is kept',
    async engine => {
      const place = await freshPlace(engine);
      const stage = await Stage.open(place.environment);
      const { ana, shopper } = await stage.talk();
      const waiting = await stage.shopper();
      const places = {
        talking: await shopper.untilState('talking'),
        waiting: await waiting.untilState('waiting'),
      };
      const closed = [ana, shopper, waiting].map(({ signaling }) => signaling.closed());
      await stage.server.restart();
      expect(await Promise.all(closed)).toEqual(Array(3).fill(closeCodes.goingAway));
      for (const person of [ana, shopper, waiting]) person.close();

      const shopperBack = stage.here(await Shopper.arrive(stage.origin, shopper.token));
      const waitingBack = stage.here(await Shopper.arrive(stage.origin, waiting.token));
      const anaBack = stage.here(await Rep.signIn(stage.origin, ana.account));
      expect(shopperBack.signaling.view).toMatchObject({
        state: 'talking',
        callId: places.talking.callId,
        since: places.talking.since,
      });
      expect(waitingBack.signaling.view).toMatchObject({
        state: 'waiting',
        callId: places.waiting.callId,
        since: places.waiting.since,
        place: 1,
      });
      await anaBack.untilWork('talking');
      await anaBack.reopen(700);
      await shopperBack.reopen(500);
      await waitingBack.reopen(300);
      await hears(shopperBack.voice, 700);
      await hears(anaBack.voice, 500);
      await hearsMusic(waitingBack.voice);
      await place.remove();
    },
  );
});

describe('a media worker that is killed', () => {
  test('C18 in a talk: the server stays up, whose media it was are told, and hear each other again', async () => {
    const stage = await Stage.open({ LOG_LEVEL: 'fatal' });
    const { ana, shopper } = await stage.talk();
    const lost: string[] = [];
    const reopened: string[] = [];
    for (const [person, toneHz] of [
      [ana, 650],
      [shopper, 550],
    ] as const) {
      const before = person.signaling.onPush;
      person.signaling.onPush = push => {
        before?.(push);
        if (push.push !== 'leg-lost') return;
        lost.push(push.legId);
        person.reopen(toneHz).then(
          () => reopened.push(push.legId),
          error => expect.fail(String(error)),
        );
      };
    }
    const [first, second] = mediaWorkers();
    expect(second, 'two workers').toBeDefined();
    process.kill(first!, 'SIGKILL');
    await until(() => lost.length > 0 && reopened.length === lost.length);
    // New tones: what is heard now cannot be an echo of before.
    await ana.voice.tone(650);
    await shopper.voice.tone(550);
    await hears(shopper.voice, 650);
    await hears(ana.voice, 550);
    expect(await shopper.untilState('talking')).toMatchObject({ repLost: false });
    expect((await fetch(`${stage.origin}/healthz`)).ok).toBe(true);
    await until(() => mediaWorkers().length === 2);
    expect(mediaWorkers()).not.toContain(first);
  });

  test('C20 while a rep is away for a moment: who comes back is not rung before there is a microphone', async () => {
    const stage = await Stage.open({ LOG_LEVEL: 'fatal' });
    const ana = await stage.rep('Ana');
    ana.signaling.cut();
    const workers = mediaWorkers();
    for (const pid of workers) process.kill(pid, 'SIGKILL');
    await until(() => mediaWorkers().filter(pid => !workers.includes(pid)).length === 2);
    // The same page again, which believes that its media never stopped.
    const { client, hello } = await SignalingClient.rep(stage.origin, ana.account, true);
    stage.here(client);
    expect(hello.view).toMatchObject({ status: 'available', mediaReady: false });
    await until(() => client.pushes.some(push => push.push === 'leg-lost'));
    const shopper = stage.here(await Shopper.arrive(stage.origin));
    await shopper.call(440);
    await hearsMusic(shopper.voice);
    expect(client.view).toMatchObject({ work: { state: 'idle' } });
  });
});

describe('two calls at once', () => {
  test('C19 on two workers: everybody hears their own partner and nobody else', async () => {
    const stage = await Stage.open();
    const ana = await stage.rep('Ana', 1_300);
    const ben = await stage.rep('Ben', 1_700);
    const sam = await stage.shopper(500);
    const { call } = await ana.untilWork('ringing');
    await ana.answer();
    const kim = await stage.shopper(900);
    await ben.answer();
    expect(call.callId).toBe((await sam.untilState('talking')).callId);
    const pairs = [
      [sam, 1_300],
      [ana, 500],
      [kim, 1_700],
      [ben, 900],
    ] as const;
    for (const [person, partner] of pairs) await hears(person.voice, partner);
    for (const [person, partner] of pairs)
      for (const other of [500, 900, 1_300, 1_700])
        if (other !== partner) expect(person.voice.measure('voice').at(other)).toBeLessThan(-50);
  });
});
