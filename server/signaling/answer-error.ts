/** The one table from what went wrong to what the client is told. */
import type { Logger } from 'pino';
import type { Answer } from '../../shared/protocol.ts';
import type { ErrorCode } from '../../shared/wire.ts';
import { CallError } from '../calls/errors.ts';
import { MediaError } from '../media/plane.ts';
import { StoreDown } from '../store/store-error.ts';

type AnswerError = Extract<Answer, { ok: false }>['error'];

const ofMedia: Record<MediaError['reason'], ErrorCode> = {
  'no-leg': 'not-found',
  'no-transport': 'not-found',
  refused: 'media-refused',
  closed: 'media-refused',
};

/** Errors that the client can understand keep their words; anything else is logged and told as `internal`. */
export function answerError(error: unknown, log: Logger): AnswerError {
  if (error instanceof CallError) {
    const { code, message, params } = error;
    return { code, message, ...(params && { params }) };
  }
  if (error instanceof MediaError) {
    log.debug({ err: error }, 'media request refused');
    return { code: ofMedia[error.reason], message: error.message };
  }
  // The store's monitor has told why, once.
  if (error instanceof StoreDown)
    return {
      code: 'store-down',
      message: 'We cannot look anything up at the moment. Please try again in a minute.',
    };
  log.error({ err: error }, 'request failed');
  return { code: 'internal', message: 'Something went wrong on our side. Please try again.' };
}
