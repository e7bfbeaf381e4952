import type { Reason } from '../refusals.ts';

/** What can be wrong with a request over HTTP: code -> status. Its words are those of the reason of the same name. */
export const httpErrors = {
  'bad-request': 400,
  'sign-in-needed': 401,
  'wrong-credentials': 401,
  'code-needed': 401,
  'wrong-code': 401,
  disabled: 403,
  'origin-not-allowed': 403,
  'not-allowed': 403,
  'not-found': 404,
  'unknown-site': 404,
  'method-not-allowed': 405,
  'email-taken': 409,
  'last-admin': 409,
  'not-yours': 409,
  'two-factor-required': 409,
  'link-gone': 410,
  'too-large': 413,
  'changed-meanwhile': 409,
  'in-use': 409,
  'no-room': 409,
  'json-needed': 415,
  'file-needed': 415,
  'too-many': 429,
  internal: 500,
  'store-down': 503,
  busy: 503,
  'not-ready': 503,
} as const satisfies Partial<Record<Reason, number>>;
export type HttpErrorCode = keyof typeof httpErrors;
