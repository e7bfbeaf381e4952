/** What a shop's page tells about a visit: part of the protocol, and of what reps are shown. */
import { z } from 'zod';
import { limits } from './limits.ts';

const text = z.string().max(limits.maxTextLength);
/** Links are shown to reps, so only web addresses pass. */
const webUrl = z
  .string()
  .max(limits.maxUrlLength)
  .regex(/^https?:\/\//i, 'must start with http:// or https://');

/** A BCP 47 tag, such as `de-AT`. */
const languageTag = z
  .string()
  .max(limits.maxLanguageTagLength)
  .refine(tag => {
    try {
      return Intl.getCanonicalLocales(tag).length === 1;
    } catch {
      return false;
    }
  }, 'must be a language tag, such as de-AT');

/** What the shop's page tells about the shopper's visit. Shown to reps as text. */
export const callContext = z.object({
  page: z.object({ url: webUrl, title: text.default('') }).optional(),
  cart: z
    .object({
      items: z
        .array(
          z.object({
            name: text,
            quantity: z.number().int().min(1).max(100_000),
            /** Money as the shop writes it, such as "€ 12.50". */
            price: text.optional(),
            url: webUrl.optional(),
          }),
        )
        .max(limits.maxContextItems),
      total: text.optional(),
    })
    .optional(),
  /** In which the element speaks to the shopper. */
  language: languageTag.optional(),
  /** What the shopper or the shop says their name is; not verified. */
  name: z.string().max(80).optional(),
  /** Anything else worth showing, label and value. */
  fields: z
    .array(z.object({ label: z.string().max(80), value: text }))
    .max(20)
    .optional(),
});
export type CallContext = z.infer<typeof callContext>;
