import { expect, test } from 'vitest';
import { readCounters, sampleBetween } from '../../../client/voice/quality.ts';

const inbound = (packetsReceived: number, packetsLost: number, jitter: number) => ({
  type: 'inbound-rtp',
  packetsReceived,
  packetsLost,
  jitter,
});

test('V3 a sample is what happened between two readings', () => {
  const before = readCounters([[inbound(1_000, 10, 0.001)]]);
  const now = readCounters([
    [{ type: 'remote-inbound-rtp', roundTripTime: 0.08 }],
    [inbound(1_240, 20, 0.004), { type: 'candidate-pair', nominated: true, currentRoundTripTime: 0.02 }],
  ]);
  expect(sampleBetween(before, now)).toEqual({ rttMs: 80, jitterMs: 4, lossPercent: 4 });
});

test('V3 the round trip comes from the path while the other side has not reported', () => {
  const counters = readCounters([
    [
      inbound(1, 0, 0),
      { type: 'candidate-pair', nominated: true, currentRoundTripTime: 0.03 },
      { type: 'candidate-pair', nominated: false, currentRoundTripTime: 9 },
    ],
  ]);
  expect(counters.rttMs).toBe(30);
});

test('V3 silence on the line is no measurement', () => {
  const reading = readCounters([[inbound(50, 0, 0.002)]]);
  expect(sampleBetween(reading, reading)).toBeNull();
  expect(sampleBetween(readCounters([[]]), readCounters([[]]))).toBeNull();
});

test('V3 late packets that count backwards, and a new stream, do not give nonsense', () => {
  const sample = sampleBetween(readCounters([[inbound(100, 5, 0)]]), readCounters([[inbound(200, 3, 0)]]));
  expect(sample?.lossPercent).toBe(0);
  expect(sampleBetween(readCounters([[inbound(100, 5, 0)]]), readCounters([[inbound(10, 0, 0)]]))).toBeNull();
});
