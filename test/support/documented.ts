/** What a server sends, held against the schemas from which the documents are made. */
import { isDeepStrictEqual } from 'node:util';
import type { z } from 'zod';
import { type Answers, type Push, pushes, type RequestType, requests } from '../../shared/protocol.ts';

/** @throws when the data is not what the protocol says, or has fields that it does not name */
export const documentedAnswer = <T extends RequestType>(type: T, data: unknown): Answers[T] =>
  documented(requests[type].answer, data, `The answer to ${type}`) as Answers[T];

/** @throws likewise */
export const documentedPush = (push: Push): Push =>
  documented(pushes[push.push].message, push, `The push ${push.push}`) as Push;

function documented(schema: z.ZodType, sent: unknown, what: string): unknown {
  const { error, data } = schema.safeParse(sent);
  if (error) throw new Error(`${what} is not as documented: ${error.message}`);
  // What the schema does not name is left out by it.
  if (!isDeepStrictEqual(data, sent))
    throw new Error(`${what} has more than is documented: ${JSON.stringify(sent)}`);
  return sent;
}
