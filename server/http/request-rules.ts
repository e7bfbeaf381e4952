/** What every request that changes something must show, and how its body is read. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Context, Middleware } from 'koa';
import type { z } from 'zod';
import { type Refusal, refusalIn, refuse } from '../../shared/refusals.ts';
import { plainText } from '../../shared/text.ts';
import { isOwnOrigin } from '../identity/origins.ts';
import type { HttpDeps } from './deps.ts';
import { HttpError } from './errors.ts';
import { httpLimits } from './limits.ts';

/** The routes whose body is a file instead of JSON. */
export const uploadPaths: readonly string[] = ['/api/sounds', '/api/images', '/api/rep/photo'];

/**
 * Against cross-site request forgery, besides the SameSite cookie: a changing request must come from one of our own pages
 * (browsers always send Origin with it), and what it carries must be JSON, or bytes for the routes that take a file:
 * no plain form can send either.
 */
export function ownPagesOnly({ ownOrigins }: Pick<HttpDeps, 'ownOrigins'>): Middleware {
  return async (ctx, next) => {
    if (ctx.method !== 'GET' && ctx.method !== 'HEAD') {
      if (!isOwnOrigin(ctx.get('origin') || undefined, ownOrigins())) {
        throw new HttpError('origin-not-allowed', refuse('onlyOwnPages'));
      }
      if (isUpload(ctx)) {
        if (!ctx.is(fileType)) throw new HttpError('file-needed');
      } else if (hasBody(ctx) && !ctx.is('application/json')) throw new HttpError('json-needed');
    }
    await next();
  };
}

/** Whoever sends a request slowly, to hold a connection, is cut off. */
export function arrivesInTime({ requestTimeoutMs }: BodyTimes = httpLimits): Middleware {
  return async (ctx, next) => {
    if (hasBody(ctx)) arriveWithin(ctx.req, requestTimeoutMs);
    await next();
  };
}

/** A file may take longer than anything else, once it is known that whoever sends it may do so. */
export const fileMayTakeLonger = (
  { req }: Pick<Context, 'req'>,
  { uploadTimeoutMs }: FileTime = httpLimits,
): void => arriveWithin(req, uploadTimeoutMs);

type BodyTimes = { requestTimeoutMs: number };
type FileTime = { uploadTimeoutMs: number };

const bodyTimers = new WeakMap<IncomingMessage, NodeJS.Timeout>();

function arriveWithin(req: IncomingMessage, ms: number): void {
  if (!bodyTimers.has(req)) req.once('close', () => clearTimeout(bodyTimers.get(req)));
  clearTimeout(bodyTimers.get(req));
  const cutOff = () => {
    if (!req.complete) req.destroy();
  };
  bodyTimers.set(req, setTimeout(cutOff, ms).unref());
}

/**
 * Whoever stops reading an answer is cut off, so that nobody makes us hold megabytes. Node looks at what has left the
 * socket's own buffer, so that a slow line is not taken for a stopped one. Before the answer begins the time is ours.
 */
export function isReadInTime({ stalledAnswerMs }: { stalledAnswerMs: number } = httpLimits): Middleware {
  return async ({ res, req }, next) => {
    const writeHead = res.writeHead.bind(res) as (...head: unknown[]) => typeof res;
    const begin = (...head: unknown[]) => {
      cutOffUnread(req, res, { stalledAnswerMs });
      return writeHead(...head);
    };
    // Its overloads differ only in what is passed on.
    res.writeHead = begin as typeof res.writeHead;
    await next();
  };
}

/** The same for an answer that begins now. */
export function cutOffUnread(
  req: IncomingMessage,
  res: ServerResponse,
  { stalledAnswerMs }: { stalledAnswerMs: number } = httpLimits,
): void {
  req.socket.setTimeout(stalledAnswerMs);
  // While nothing waits to be read it is we who are slow, say to open a file on a busy machine.
  res.on('timeout', socket => {
    if (socket.writableLength > 0) socket.destroy();
    else socket.setTimeout(stalledAnswerMs);
  });
}

const fileType = 'application/octet-stream';
const isUpload = (ctx: Context) => ctx.method === 'POST' && uploadPaths.includes(ctx.path);

const hasBody = ({ req }: Context) =>
  req.headers['transfer-encoding'] !== undefined || Number(req.headers['content-length'] ?? 0) > 0;

/** Throws `HttpError` with the first problem and its field, which for a nested input is its path, such as `wrapUp.ms`. */
export function readInput<T>(
  input: unknown,
  schema: z.ZodType<T>,
  code: 'bad-request' | 'not-found' = 'bad-request',
): T {
  const result = schema.safeParse(plainText(input));
  if (result.success) return result.data;
  // What a path names is there or not, whatever is wrong with the name.
  if (code === 'not-found') throw new HttpError(code);
  const issue = result.error.issues[0];
  throw new HttpError(code, issue && refusalOf(issue), { field: (issue && fieldOf(issue)) || undefined });
}

/** Of fields that there are not the first one is meant, not what they are in. */
const fieldOf = (issue: z.core.$ZodIssue) =>
  [...issue.path, ...(issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [])]
    .join('.')
    .slice(0, 200);

/** What a schema says by itself, or what zod found. */
function refusalOf(issue: z.core.$ZodIssue): Refusal {
  const own = refusalIn(issue.message);
  if (own) return own;
  switch (issue.code) {
    case 'invalid_type':
    case 'invalid_union':
      return refuse('wrongType');
    case 'unrecognized_keys':
      return refuse('unknownField', { names: issue.keys.join(', ').slice(0, 200) });
    case 'too_big':
      return refuse('tooLarge', { most: Number(issue.maximum) });
    case 'too_small':
      return issue.origin === 'string'
        ? refuse('textNeeded')
        : refuse('tooSmall', { least: Number(issue.minimum) });
    default:
      return refuse('invalidValue');
  }
}
