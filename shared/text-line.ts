import { z } from 'zod';
import { refused } from './refusals.ts';

/** A line of text for people. Line breaks and invisible direction marks would let it pretend to be something else. */
export const line = (most: number) =>
  z
    .string({ error: refused('textNeeded') })
    .trim()
    .max(most, refused('tooLongText', { most }))
    .regex(/^[^\p{Cc}\u202a-\u202e\u2066-\u2069]*$/u, refused('oddCharacters'));
