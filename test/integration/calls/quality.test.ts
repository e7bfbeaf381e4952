import { expect, test } from 'vitest';
import { pointsOf } from '../../../server/calls/history/quality.ts';
import type { CallStory } from '../../../shared/api/calls.ts';
import { limits } from '../../../shared/limits.ts';
import { Stage } from '../../support/stage.ts';

const good = { rttMs: 40, jitterMs: 5, lossPercent: 0 };
const bad = { rttMs: 700, jitterMs: 80, lossPercent: 12 };

test('Q183 what each side measures is kept, whoever has the call, and told with it', async () => {
  const stage = await Stage.open();
  const ana = await stage.rep('Ana');
  const shopper = await stage.shopper();
  const { call } = await ana.answer();
  await shopper.signaling.request('leg.quality', good);
  await ana.signaling.request('leg.quality', bad);
  await ana.signaling.until(
    ({ work }) => work.state === 'talking' && work.quality.shopper !== null && work.quality.rep !== null,
  );
  // Ana is gone for good, and Ben takes over.
  ana.close();
  await stage.pass(limits.repGraceMs + 1);
  const ben = await stage.rep('Ben', 660);
  await ben.answer();
  await shopper.signaling.request('leg.quality', bad);
  await ben.signaling.request('leg.quality', good);

  const { call: story } = await ana.account.read<{ call: CallStory }>(
    stage.origin,
    `/api/calls/${call.callId}`,
  );
  expect(story.quality).toMatchObject([
    { kind: 'shopper', repName: null, points: [{ mos: 4.4, ...good }, { ...bad }] },
    { kind: 'rep', repName: 'Ana', points: [{ ...bad }] },
    { kind: 'rep', repName: 'Ben', points: [{ mos: 4.4, ...good }] },
  ]);
  const [first, second] = story.quality[0]?.points ?? [];
  expect(second?.mos).toBeLessThan(2.5);
  expect(second?.at).toBeGreaterThan(first?.at ?? Number.POSITIVE_INFINITY);
  await expect(
    stage.here(await stage.rep('Cleo')).signaling.request('leg.quality', good),
  ).rejects.toMatchObject({
    code: 'not-in-call',
  });
});

test('Q183 of a long call there are 120 points at most, which hide no bad moment', () => {
  const samples = Array.from({ length: 1_000 }, (_, i) => ({
    ...{ at: i * 5_000, rtt_ms: 40, jitter_ms: 5, loss_percent: 0, mos: i === 777 ? 1.5 : 4.4 },
  }));
  const points = pointsOf(samples);
  expect(points.length).toBeLessThanOrEqual(120);
  expect(points.filter(point => point.mos === 1.5)).toHaveLength(1);
  expect(points.map(point => point.at)).toEqual(points.map(point => point.at).sort((a, b) => a - b));
  expect(pointsOf(samples.slice(0, 7))).toHaveLength(7);
  expect(pointsOf([])).toEqual([]);
});
