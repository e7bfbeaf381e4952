import { z } from 'zod';

/** A line of text for people. Line breaks and invisible direction marks would let it pretend to be something else. */
export const line = (most: number) =>
  z
    .string({ error: 'Please write some text.' })
    .trim()
    .max(most, `That is too long: at most ${most} characters.`)
    .regex(/^[^\p{Cc}\u202a-\u202e\u2066-\u2069]*$/u, 'That has characters that cannot be shown.');
