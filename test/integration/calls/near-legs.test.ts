/** On which worker a call's two legs are, and whose voice each hears: seen from outside, by the server's own figures. */
import { expect, test } from 'vitest';
import type { Heard } from '../../../shared/protocol.ts';
import { hears, Stage } from '../../support/stage.ts';
import { until } from '../../support/until.ts';

test('M80 the two legs of a call share a worker, whoever came first and after a reload', async () => {
  const stage = await Stage.open();
  const { ana, shopper } = await stage.talk();
  expect(await pipes(stage)).toBe(0);

  const ben = await stage.rep('Ben', 660);
  const other = await stage.shopper(550);
  await ben.answer();
  await hears(other.voice, 660);
  await hears(ben.voice, 550);
  expect(await pipes(stage)).toBe(0);

  await shopper.reopen(495);
  await hears(ana.voice, 495);
  await ana.reopen(770);
  await hears(shopper.voice, 770);
  expect(await pipes(stage)).toBe(0);
});

test('Q185 a voice is named by its party, which a rep becomes by answering', async () => {
  const stage = await Stage.open();
  const ana = await stage.rep('Ana');
  const shopper = await stage.shopper();
  await ana.untilWork('ringing');
  const named = ({ hearing }: { hearing: Heard[] }) =>
    hearing.filter(({ source }) => source === 'voice').map(({ party }) => party);
  await until(() => named(shopper.voice).length === 1 && named(ana.voice).length === 1);
  expect(named(shopper.voice)).toEqual([{ id: null, kind: 'rep' }]);
  expect(named(ana.voice)).toEqual([{ id: expect.any(String), kind: 'shopper' }]);

  await ana.answer();
  await hears(shopper.voice, 880);
  await until(() => named(shopper.voice)[0]?.id !== null);
  expect(named(shopper.voice)).toEqual([{ id: expect.any(String), kind: 'rep' }]);
  expect(shopper.voice.hearing.filter(({ source }) => source === 'music')).toMatchObject([{ party: null }]);
});

async function pipes(stage: Stage): Promise<number> {
  const metrics = await (await fetch(`${stage.origin}/metrics`)).text();
  return Number(/^media_pipes (\d+)$/m.exec(metrics)?.[1]);
}
