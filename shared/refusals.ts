/**
 * Why something was refused, as a code with parameters: each side puts it into words with the catalogue
 * `shared/i18n/console/<language>/refusals`, the server in English for who reads the API by hand.
 */
import type { Words } from './i18n/console/words.ts';
import { durationWords, sizeWords } from './i18n/quantities.ts';

export type RefusalWords = Words['refusals'];
/** The id of a message. */
export type Reason = keyof RefusalWords;

/** A parameter named so is a number on the wire, ms or bytes, and put into words by whoever words the message. */
type Quantity = `${string}Ms` | `${string}Bytes`;
type Params<R extends Reason> = RefusalWords[R] extends (params: infer P) => string
  ? { [Name in keyof P]: Name extends Quantity ? number : P[Name] }
  : never;

export type Refusal = { reason: string; params?: Record<string, string | number> };

/** `refuse('tooLarge', { most: 9 })`. */
export const refuse = <R extends Reason>(
  reason: R,
  ...[params]: RefusalWords[R] extends string ? [] : [params: Params<R>]
): Refusal => ({ reason, ...(params ? { params: params as Record<string, string | number> } : {}) });

/** The same as the message of a zod schema; `refusalIn` reads it. */
export const refused = <R extends Reason>(
  reason: R,
  ...params: RefusalWords[R] extends string ? [] : [params: Params<R>]
): string => JSON.stringify(refuse(reason, ...params));

/** What a schema of ours says; null for a message of zod's own. */
export const refusalIn = (message: string): Refusal | null =>
  message.startsWith('{"reason":') ? (JSON.parse(message) as Refusal) : null;

/** In words; null where there are none for it, such as for one of a newer server. */
export function wordsFor(words: RefusalWords, { reason, params = {} }: Refusal, tag: string): string | null {
  if (!Object.hasOwn(words, reason)) return null;
  const message: string | ((params: never) => string) = words[reason as Reason];
  if (typeof message === 'string') return message;
  const filled = Object.entries(params).map(([name, value]) => {
    if (name.endsWith('Ms')) return [name, durationWords(Number(value), tag)];
    return [name, name.endsWith('Bytes') ? sizeWords(Number(value), tag) : value];
  });
  return message(Object.fromEntries(filled) as never);
}
