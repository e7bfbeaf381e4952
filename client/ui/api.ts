import type { HttpErrorCode } from '../../shared/api/errors.ts';
import type { AnswerOf, RouteName, Wanted } from '../../shared/api/routes.ts';
import type { Refusal } from '../../shared/refusals.ts';
import { loadRefusalWords, refusalText } from './refusals.ts';
import { commonTexts as texts } from './texts.ts';

/** The server's code, or `unreachable` where no answer of ours came at all. */
type ApiErrorCode = HttpErrorCode | 'unreachable' | 'other';

export class ApiError extends Error {
  readonly code: ApiErrorCode;
  /** The input that is meant, as a path such as `wrapUp.ms`; empty for none. */
  readonly field: string;

  constructor(code: ApiErrorCode, message: string, details: { field?: string; cause?: unknown } = {}) {
    super(message, { cause: details.cause });
    this.name = 'ApiError';
    this.code = code;
    this.field = details.field ?? '';
  }
}

/** The words for an error of this file, whatever was thrown. */
export function apiErrorText(error: unknown): string {
  if (!(error instanceof ApiError)) return texts.unexpected;
  switch (error.code) {
    case 'sign-in-needed':
      return texts.signedOutElsewhere;
    case 'wrong-credentials':
      return texts.wrongCredentials;
    case 'too-many':
      return texts.tooMany;
    case 'link-gone':
      return texts.linkGoneLead;
    default:
      // What the server refused, which tells what it did not accept.
      return error.message || texts.unexpected;
  }
}

/** The address of a route: its path with the parameters in their places, and the query; what is left out or empty is not sent. */
export function addressOf(path: string, { params = {}, query = {} }: Inputs): string {
  const written = path.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(params[name])));
  const asked = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    if (value !== undefined && value !== '') asked.set(name, String(value));
  return asked.size > 0 ? `${written}?${asked}` : written;
}
type Inputs = { params?: Record<string, unknown>; query?: Record<string, unknown>; body?: unknown };

/** One request, by method and path as the table of routes has them, with JSON both ways. Rejects with `ApiError`. */
export async function ask<Name extends RouteName>(
  route: Name,
  ...[wanted]: Record<never, never> extends Wanted<Name> ? [Wanted<Name>?] : [Wanted<Name>]
): Promise<AnswerOf<Name>> {
  const inputs: Inputs = wanted ?? {};
  const [method = '', path = ''] = route.split(' ');
  const response = await fetch(addressOf(path, inputs), {
    method,
    ...(inputs.body === undefined
      ? {}
      : { body: JSON.stringify(inputs.body), headers: { 'content-type': 'application/json' } }),
  }).catch((cause: unknown) => {
    throw unreachable(cause);
  });
  const answer: unknown = await response.json().catch(() => null);
  // Ours always answers with JSON: a page that says "200" instead is a proxy's, or that of a hotel's network.
  if (!response.ok || answer === null) throw await errorIn(answer, response.status);
  // The server is ours and of the same version: its answers are trusted to have the documented shape.
  return answer as AnswerOf<Name>;
}

/** No answer came at all. */
export const unreachable = (cause?: unknown): ApiError =>
  new ApiError('unreachable', navigator.onLine === false ? texts.offline : texts.unreachable, { cause });

/** The connection broke while a file was on its way. */
export const uploadBroken = (): ApiError =>
  navigator.onLine === false ? unreachable() : new ApiError('unreachable', texts.uploadBroken);

/** What a web server in front of ours says by its status alone, since its page is not meant for us. */
function fromInBetween(status: number): ApiError {
  switch (status) {
    case 413:
      return new ApiError('other', texts.tooLargeInBetween);
    case 401:
    case 403:
    case 407:
      return new ApiError('other', texts.refusedInBetween({ status: String(status) }));
    case 429:
      return new ApiError('too-many', '');
    default:
      return status >= 502
        ? new ApiError('unreachable', texts.noAnswerInBetween)
        : new ApiError('other', texts.answerInBetween({ status: String(status) }));
  }
}

/** What a refusing answer says, in the person's language; in English where those words cannot be fetched. */
export async function errorIn(answer: unknown, status: number): Promise<ApiError> {
  const error = recordIn(recordIn(answer).error);
  const read = (name: string) => (typeof error[name] === 'string' ? error[name] : '');
  const code = read('code');
  if (code === '') return fromInBetween(status);
  if (status >= 502) return new ApiError('unreachable', texts.unreachable);
  // What went wrong on our side has no words that help.
  const message = status < 500 ? await wordsOfRefusal(error, read('message')) : '';
  return new ApiError(code as HttpErrorCode, message, { field: read('field') });
}

const recordIn = (value: unknown) =>
  (value && typeof value === 'object' ? value : {}) as Record<string, unknown>;

async function wordsOfRefusal(error: Record<string, unknown>, english: string): Promise<string> {
  try {
    await loadRefusalWords();
  } catch {
    return english;
  }
  // The server is ours: where there are parameters, they are those of the reason.
  const { reason = error.code, params } = error as { reason?: string } & Pick<Refusal, 'params'>;
  return refusalText({ reason: String(reason), ...(params ? { params } : {}) }, english);
}
