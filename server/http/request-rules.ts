/** What every request that changes something must show, and how its body is read. */
import type { Context, Middleware } from 'koa';
import { z } from 'zod';
import { isOwnOrigin } from '../identity/origins.ts';
import type { HttpDeps } from './deps.ts';
import { HttpError } from './errors.ts';

/**
 * Against cross-site request forgery, besides the SameSite cookie: a changing request must come from one of our own pages
 * (browsers always send Origin with it), and what it carries must be JSON, which no plain form can send.
 */
export function ownPagesOnly({ ownOrigins }: Pick<HttpDeps, 'ownOrigins'>): Middleware {
  return async (ctx, next) => {
    if (ctx.method !== 'GET' && ctx.method !== 'HEAD') {
      if (!isOwnOrigin(ctx.get('origin') || undefined, ownOrigins())) {
        throw new HttpError(
          'origin-not-allowed',
          'Only this server’s own pages may do that. If the server is reached under another address, set PUBLIC_URL to it.',
        );
      }
      if (hasBody(ctx) && !ctx.is('application/json')) throw new HttpError('json-needed');
    }
    await next();
  };
}

const hasBody = ({ req }: Context) =>
  req.headers['transfer-encoding'] !== undefined || Number(req.headers['content-length'] ?? 0) > 0;

/** The body, checked. Throws `HttpError` `bad-request` with the first problem in words and its field. */
export const readBody = <T>(ctx: Context, schema: z.ZodType<T>): T =>
  readInput(ctx.request.body ?? {}, schema);

/** The same for any value. The field of a nested input is its path, such as `wrapUp.ms`. */
export function readInput<T>(input: unknown, schema: z.ZodType<T>): T {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw new HttpError('bad-request', issue?.message, { field: issue?.path.join('.') || undefined });
}

/** Inputs that several forms share, with words for the person who fills them in. */
export const inputs = {
  /** Any text that is compared with a stored e-mail address. */
  email: z
    .string({ error: 'Please write your e-mail address.' })
    .trim()
    .toLowerCase()
    .max(254, 'That e-mail address is too long.')
    .regex(/^[^\s@]+@[^\s@]+$/, 'That does not look like an e-mail address.'),
  name: z
    .string({ error: 'Please write a name.' })
    .trim()
    .min(1, 'Please write a name.')
    .max(80, 'That name is too long: at most 80 characters.')
    // Line breaks and invisible direction marks would let a name pretend to be something else.
    .regex(/^[^\p{Cc}\u202a-\u202e\u2066-\u2069]+$/u, 'That name has characters that cannot be shown.'),
};
