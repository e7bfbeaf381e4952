import type { RepStatus } from '../../shared/domain.ts';
import type { CallId, RepId } from '../../shared/ids.ts';
import type { Overview } from '../../shared/overview.ts';
import type { SkillNeed } from '../../shared/settings.ts';
import type { RepView } from '../../shared/views.ts';
import { commonTexts as texts } from './texts.ts';

export type Role = RepView['rep']['role'];
export type Rep = { id: RepId; name: string; email: string; role: Role };
/** `status_note`: the reason to be away that the rep chose; empty for none. */
export type TeamMember = Rep & { status: RepStatus; status_note: string; skills: SkillNeed[] };
export type LinkInfo = { purpose: 'set-up' | 'invitation'; email: string; name: string };

/** What can go wrong with the console's HTTP requests, by the server's code; `unreachable` never got there. */
export type ApiErrorCode =
  | 'sign-in-needed'
  | 'wrong-credentials'
  | 'too-many'
  | 'link-gone'
  /** Somebody else has changed the same since it was read. */
  | 'changed-meanwhile'
  | 'unreachable'
  | 'other';

const known: ReadonlySet<string> = new Set<ApiErrorCode>([
  'sign-in-needed',
  'wrong-credentials',
  'too-many',
  'link-gone',
  'changed-meanwhile',
]);
const isKnown = (code: string): code is ApiErrorCode => known.has(code);

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
    case 'changed-meanwhile':
    case 'unreachable':
    case 'other':
      // The server's own words, which name the field that it did not accept.
      return error.message || texts.unexpected;
  }
}

/** One request with JSON both ways. Rejects with `ApiError`. */
export async function ask<T>(
  method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE',
  path: string,
  body?: unknown,
): Promise<T> {
  const response = await fetch(path, {
    method,
    credentials: 'same-origin',
    ...(body === undefined
      ? {}
      : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  }).catch((cause: unknown) => {
    throw unreachable(cause);
  });
  const answer: unknown = await response.json().catch(() => null);
  // Ours always answers with JSON: a page that says "200" instead is a proxy's, or that of a hotel's network.
  if (!response.ok || answer === null) throw errorIn(answer, response.status);
  // The server is ours and of the same version: its answers are trusted to have the documented shape.
  return answer as T;
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
      return new ApiError('other', texts.refusedInBetween(status));
    case 429:
      return new ApiError('too-many', '');
    default:
      return status >= 502
        ? new ApiError('unreachable', texts.noAnswerInBetween)
        : new ApiError('other', texts.answerInBetween(status));
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
  if (isKnown(code)) return new ApiError(code, read('message'), { field: read('field') });
  if (status >= 502) return new ApiError('unreachable', texts.unreachable);
  return new ApiError('other', status < 500 ? read('message') : '', { field: read('field') });
}

/** The console's HTTP requests. Each rejects with `ApiError`. */
export const api = {
  me: () => ask<{ rep: Rep }>('GET', '/api/rep/me').then(a => a.rep),
  signIn: (email: string, password: string) =>
    ask<{ rep: Rep }>('POST', '/api/rep/sign-in', { email, password }).then(a => a.rep),
  signOut: () => ask<unknown>('POST', '/api/rep/sign-out'),
  /** A ticket for the socket's `hello`: works once, for half a minute. */
  ticket: () => ask<{ ticket: string }>('POST', '/api/rep/ticket').then(a => a.ticket),
  link: (token: string) => ask<LinkInfo>('POST', '/api/rep/links/look', { token }),
  useLink: (token: string, data: { name: string; email: string; password: string }) =>
    ask<{ rep: Rep }>('POST', '/api/rep/links/use', { token, ...data }).then(a => a.rep),
  /** @param from when the day began here, ms UTC */
  overview: (from: number) => ask<Overview>('GET', `/api/rep/overview?from=${from}`),
  team: () => ask<{ reps: TeamMember[] }>('GET', '/api/team').then(a => a.reps),
  /** Puts a call that waits before (1) its equals, or among them again (0). For admins and supervisors. */
  boost: (callId: CallId, boost: 0 | 1) =>
    ask<unknown>('PATCH', `/api/calls/${encodeURIComponent(callId)}`, { boost }),
  invite: (name: string, email: string) =>
    ask<{ url: string }>('POST', '/api/team/invitations', { name, email }).then(a => a.url),
};
