/** How the library's requests reach the authority: bounded in time and size, once each, and failing with a reason. */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { axios } from 'acme-client';
import { z } from 'zod';
import { createGuardedClient, FetchError, type GuardedClient, type Incoming } from '../net/guarded-client.ts';
import { acmeLimits } from './limits.ts';
import { AcmeError, type ProblemDocument, refusalOf } from './problems.ts';

type Adapter = Extract<NonNullable<(typeof axios)['defaults']['adapter']>, (...of: never[]) => unknown>;

/** The library has one adapter for everything, so the context says which order asks. */
const orders = new AsyncLocalStorage<{ client: GuardedClient; signal: AbortSignal }>();

/** What `work` asks for goes to the authority of `directory`, which may be one of a private network. */
export function asking<T>(
  { directory, signal }: { directory: string; signal: AbortSignal },
  work: () => Promise<T>,
): Promise<T> {
  const client = createGuardedClient({
    names: 'any',
    trustedOrigins: [new URL(directory).origin],
    timeoutMs: acmeLimits.requestMs,
    maxBytes: acmeLimits.answerBytes,
  });
  return orders.run({ client, signal }, work);
}

/** In the place of the library's HTTP client. What is thrown here reaches whoever ordered unchanged. */
export const adapter: Adapter = async config => {
  const order = orders.getStore();
  if (!order) throw new Error('a request to an authority outside of an order');
  order.signal.throwIfAborted();
  const { url = '', method = 'get', data } = config;
  const answer = await order.client
    .send(url, {
      method: method.toUpperCase() as 'GET' | 'HEAD' | 'POST',
      headers: { ...plain(config.headers), 'content-length': data ? Buffer.byteLength(data) : 0 },
      body: data ? Buffer.from(data) : null,
    })
    .catch(cause => {
      throw new AcmeError('unreachable', { detail: whyNot(cause), cause });
    });
  const problem = refusalIn(answer);
  if (problem) throw problem;
  const { status, headers, body } = answer;
  return { status, statusText: '', headers, data: body.toString(), config } as Awaited<ReturnType<Adapter>>;
};

const plain = (headers: object): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  );

const problemShape = z.object({
  type: z.string().default(''),
  detail: z.string().default(''),
  subproblems: z
    .array(
      z.object({
        type: z.string().default(''),
        detail: z.string().default(''),
        identifier: z.object({ value: z.string() }).optional(),
      }),
    )
    .default([]),
});

/** A problem as an authority tells it, in an answer or in the state of an order. */
export function readProblem(told: unknown): ProblemDocument {
  const { data } = problemShape.safeParse(told ?? {});
  if (!data) return { type: '', detail: 'it gave no reason', subproblems: [] };
  const subproblems = data.subproblems.map(({ type, detail, identifier }) => ({
    ...{ type, detail },
    domain: identifier?.value ?? null,
  }));
  return { type: data.type, detail: data.detail || 'it gave no reason', subproblems };
}

/** A nonce that has been used up is no refusal: the library takes the new one and asks again. */
function refusalIn({ status, headers, body }: Incoming): AcmeError | null {
  if (status < 400) return null;
  const document = readProblem(parsed(body.toString()));
  if (document.type.endsWith(':badNonce')) return null;
  const after = Number(headers['retry-after']) * 1000;
  const retryAfterMs = after > 0 ? after : null;
  if (document.type !== '') return refusalOf(document, { retryAfterMs });
  if (status === 429) return new AcmeError('rate-limited', { detail: '', retryAfterMs });
  return new AcmeError('unreachable', { detail: `it answers with status ${status}`, retryAfterMs });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** In the words that administrators know. */
function whyNot(error: unknown): string {
  if (!(error instanceof FetchError)) return String(error);
  const { problem, cause } = error;
  if (problem === 'unreachable') return cause instanceof Error ? cause.message : 'it does not answer';
  const words = {
    'not-allowed': 'that is no https address of a server',
    'not-public': 'its name leads into a private network',
    'too-slow': 'it did not answer in time',
    'too-large': 'its answer is too long',
  } as const;
  return words[problem];
}
