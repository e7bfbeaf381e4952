/** Schemas of identifiers. Apart from `ids.ts`, which browsers import, so that no validator comes along. */
import { z } from 'zod';
import type { LegId } from './ids.ts';

/** An identifier of the kind `T`: opaque to whoever gets it. */
export const id = <T extends string>() => z.string().min(1).max(64) as unknown as z.ZodType<T, T>;

export const legId = z
  .string()
  .regex(/^(shopper|rep):/)
  .describe('`shopper:<call id>` or `rep:<rep id>`') as unknown as z.ZodType<LegId>;
