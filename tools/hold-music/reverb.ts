/** A small, dark room after Schroeder: damped combs side by side, then two all-passes. */

/** Delay lengths in samples at 48 kHz; without common factors, so that echoes do not line up. */
const combs = [1687, 1933, 2137, 2363, 2591, 2797];
const allPasses = [347, 113];
const feedback = 0.84;
/** Share of the last value in the comb's low-pass: the higher, the darker. */
const damping = 0.45;

/**
 * The reverberation alone (no dry sound) of a loop: it goes round twice and the second time is kept, so that the end's
 * tail is heard in the beginning.
 */
export function reverberate(loop: Float32Array): Float32Array {
  const wet = new Float32Array(loop.length);
  const lines = combs.map(length => ({ line: new Float32Array(length), at: 0, low: 0 }));
  for (let i = -Math.min(loop.length, 48_000 * 4); i < loop.length; i++) {
    const input = loop[i < 0 ? loop.length + i : i]!;
    let sum = 0;
    for (const comb of lines) {
      const out = comb.line[comb.at]!;
      comb.low = out * (1 - damping) + comb.low * damping;
      comb.line[comb.at] = input + comb.low * feedback;
      comb.at = comb.at + 1 === comb.line.length ? 0 : comb.at + 1;
      sum += out;
    }
    if (i >= 0) wet[i] = sum / combs.length;
  }
  return allPasses.reduce(allPass, wet);
}

function allPass(loop: Float32Array, length: number): Float32Array {
  const out = new Float32Array(loop.length);
  const line = new Float32Array(length);
  let at = 0;
  for (let i = -length * 8; i < loop.length; i++) {
    const input = loop[i < 0 ? loop.length + i : i]!;
    const delayed = line[at]!;
    const value = input + delayed * 0.5;
    line[at] = value;
    at = at + 1 === length ? 0 : at + 1;
    if (i >= 0) out[i] = delayed - value * 0.5;
  }
  return out;
}
