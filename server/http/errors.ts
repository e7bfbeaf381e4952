/** What a request was refused with, and what was thrown as such a refusal. */
import { type HttpErrorCode, httpErrors } from '../../shared/api/errors.ts';
import { type Refusal, refuse } from '../../shared/refusals.ts';
import { inEnglish } from '../../shared/refusals-in-english.ts';
import { CallError } from '../calls/errors.ts';
import { StoreDown } from '../store/store-error.ts';

/** Thrown anywhere below a route; the app turns it into `{error: {code, reason?, params?, field?, message}}`. */
export class HttpError extends Error {
  readonly code: HttpErrorCode;
  readonly status: number;
  /** More than the code says, in words; that of the code itself where there is nothing more. */
  readonly refusal: Refusal;
  /** Which input of a form is meant. */
  readonly field: string | undefined;
  /** Seconds until another try can succeed. */
  readonly retryAfterS: number | undefined;
  constructor(
    code: HttpErrorCode,
    refusal: Refusal = refuse(code),
    details: { field?: string | undefined; retryAfterS?: number; cause?: unknown } = {},
  ) {
    super(inEnglish(refusal), details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'HttpError';
    this.code = code;
    this.status = httpErrors[code];
    this.refusal = refusal;
    this.field = details.field;
    this.retryAfterS = details.retryAfterS;
  }
}

/** What a command refused, with its own reason. */
export function callErrorAsHttp(error: unknown): never {
  if (!(error instanceof CallError)) throw error;
  const code = error.code === 'not-found' ? 'not-found' : 'bad-request';
  throw new HttpError(code, error.refusal, { cause: error });
}

/** Statuses that Koa and its middleware throw by themselves, as our own errors. */
const byStatus: Partial<Record<number, HttpErrorCode>> = {
  400: 'bad-request',
  404: 'not-found',
  405: 'method-not-allowed',
  413: 'too-large',
  415: 'json-needed',
};

/** Seconds after which it is worth another try: the store is tried out more often than that. */
const storeRetryS = 5;
export const storeDown = (cause?: unknown) =>
  new HttpError('store-down', undefined, { cause, retryAfterS: storeRetryS });

/** Any thrown value as an `HttpError`; what we did not foresee becomes `internal` with the cause kept. */
export function asHttpError(error: unknown): HttpError {
  if (error instanceof HttpError) return error;
  if (error instanceof StoreDown) return storeDown(error);
  if (error instanceof Error && 'status' in error && typeof error.status === 'number') {
    const code = byStatus[error.status];
    if (code) return new HttpError(code, undefined, { cause: error });
  }
  return new HttpError('internal', undefined, { cause: error });
}
