import type { HttpErrorCode } from '../../shared/api/errors.ts';
import type { AnswerOf, RouteName, Wanted } from '../../shared/api/routes.ts';
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
      // The server's own words, which name the field that it did not accept.
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
  if (!response.ok || answer === null) throw errorIn(answer, response.status);
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

/** What a refusing answer says. */
export function errorIn(answer: unknown, status: number): ApiError {
  const error = answer && typeof answer === 'object' && 'error' in answer ? answer.error : null;
  const read = (name: 'code' | 'message' | 'field') => {
    const value = error && typeof error === 'object' ? (error as Record<string, unknown>)[name] : null;
    return typeof value === 'string' ? value : '';
  };
  const code = read('code');
  if (code === '') return fromInBetween(status);
  if (status >= 502) return new ApiError('unreachable', texts.unreachable);
  // What went wrong on our side has no words that help.
  return new ApiError(code as HttpErrorCode, status < 500 ? read('message') : '', { field: read('field') });
}
