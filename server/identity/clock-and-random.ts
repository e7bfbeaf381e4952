/** Time and chance are handed in, so that a test can set both. */
import { randomBytes } from 'node:crypto';

/** Milliseconds UTC. */
export type Clock = () => number;
/** That many unpredictable bytes. */
export type Random = (bytes: number) => Buffer;

export const secureRandom: Random = bytes => randomBytes(bytes);

/** A new identifier, safe in a URL: 128 bits, 22 characters. */
export const newId = (random: Random): string => random(16).toString('base64url');
