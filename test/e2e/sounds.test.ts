/** A shop's own sound in a real browser. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser, type Person } from '../support/browser.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { tone, wav } from '../support/sound-files.ts';
import { measureSamples } from '../support/tone.ts';

let server: TestServer;
let sam: Person;
beforeAll(async () => {
  server = await startTestServer({ workers: 1 });
  sam = await openBrowser(440);
});
afterAll(async () => {
  await sam.close();
  await server.close();
});

test('H157 a browser plays a converted sound from its address to its end, with its pitch', async () => {
  const ada = await server.addRep('Ada');
  const { url } = await ada.addSound(
    server.origin,
    'Tone',
    wav([tone(660, 1, { rate: 44_100 })], { rate: 44_100 }),
  );
  await sam.page.goto(server.origin);

  const playedFor = await sam.page.evaluate(async address => {
    const player = new Audio(address);
    const over = new Promise<void>((resolve, reject) => {
      player.addEventListener('ended', () => resolve());
      player.addEventListener('error', () => reject(new Error(player.error?.message)));
    });
    await player.play();
    await over;
    return player.currentTime;
  }, url);
  expect(Math.abs(playedFor - 1)).toBeLessThan(0.05);

  const samples = await sam.page.evaluate(async address => {
    const context = new OfflineAudioContext(1, 48_000, 48_000);
    const sound = await context.decodeAudioData(await (await fetch(address)).arrayBuffer());
    return [...sound.getChannelData(0).subarray(8_192, 16_384)];
  }, url);
  const { frequencyHz, levelDb } = measureSamples(Float32Array.from(samples));
  expect(Math.abs(frequencyHz - 660)).toBeLessThan(4);
  expect(Math.abs(levelDb - -20)).toBeLessThan(1);
  expect(sam.complaints).toEqual([]);
});
