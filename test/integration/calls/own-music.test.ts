import { expect, test } from 'vitest';
import { tone, wav } from '../../support/sound-files.ts';
import { hears, hearsMusic, Stage } from '../../support/stage.ts';
import { until } from '../../support/until.ts';
import type { WrtcClient } from '../../support/wrtc-client.ts';

const hearsTone = (voice: WrtcClient, hertz: number) =>
  until(
    () => {
      const { levelDb, frequencyHz } = voice.measure('music');
      return levelDb > -30 && Math.abs(frequencyHz - hertz) < 8;
    },
    { describe: () => voice.measure('music') },
  );

/** A shop with a free rep and two sounds, the first of which is its hold music. */
async function shopWithSounds() {
  const stage = await Stage.open();
  const { origin } = stage;
  const ana = await stage.rep('Ana');
  const admin = ana.account;
  const low = await admin.addSound(origin, 'Low', wav([tone(500, 1)]));
  const high = await admin.addSound(origin, 'High', wav([tone(1_500, 1)]));
  await admin.patchQueue(origin, { music: low.id });
  return { stage, origin, ana, admin, low, high };
}

test('M53 who waits in a queue hears that queue’s music', async () => {
  const { stage, ana } = await shopWithSounds();
  const first = await stage.shopper();
  await hearsTone(first.voice, 500);
  expect(first.voice.hearing.filter(({ source }) => source === 'music')).toHaveLength(1);
  await ana.answer();
  await hears(first.voice, 880);
  // Nobody is free for the second: it waits and hears the same.
  const second = await stage.shopper();
  await hearsTone(second.voice, 500);
});

test('M54 changed hold music is heard at once by those who wait already, and nothing besides it', async () => {
  const { stage, origin, ana, admin, high } = await shopWithSounds();
  await stage.shopper();
  await ana.answer();
  const waiting = [await stage.shopper(), await stage.shopper()];
  for (const { voice } of waiting) await hearsTone(voice, 500);
  await admin.patchQueue(origin, { music: high.id });
  for (const { voice } of waiting) {
    await hearsTone(voice, 1_500);
    expect(voice.hearing).toMatchObject([{ source: 'music', active: true }]);
    expect(voice.measure('music').at(500)).toBeLessThan(-50);
  }
  await admin.patchQueue(origin, { music: null });
  for (const { voice } of waiting) {
    await until(() => voice.measure('music').at(1_500) < -50);
    await hearsMusic(voice);
    expect(voice.hearing).toMatchObject([{ source: 'music', active: true }]);
  }
});

test('M55 a shopper whose rep is lost hears the music of the queue', async () => {
  const { stage, ana } = await shopWithSounds();
  const shopper = await stage.shopper();
  await ana.answer();
  await hears(shopper.voice, 880);
  ana.close();
  await hearsTone(shopper.voice, 500);
});
