/** What one side measured over the last few seconds. */
export type QualitySample = {
  /** Round trip, milliseconds. */
  rttMs: number;
  /** Jitter of the received stream, milliseconds. */
  jitterMs: number;
  /** Packets lost of those sent to us, percent 0..100. */
  lossPercent: number;
};

/**
 * Mean opinion score, 1 (bad) to 4.5 (excellent), by the simplified E-model (ITU-T G.107 reduced to
 * delay, jitter and loss, in the form in common use by browser voice SDKs).
 */
export function meanOpinionScore({ rttMs, jitterMs, lossPercent }: QualitySample): number {
  const latency = rttMs + 2 * jitterMs + 10;
  let r = 0;
  if (latency < 160) r = 94.768 - latency / 40;
  else if (latency < 1000) r = 94.768 - (latency - 120) / 10;
  r = lossPercent <= r / 2.5 ? Math.max(r - 2.5 * lossPercent, 6.52) : 0;
  return 1 + 0.035 * r + 0.000007 * r * (r - 60) * (100 - r);
}
