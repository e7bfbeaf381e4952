import type { ErrorCode, ErrorParams } from '../../shared/protocol.ts';
import type { Refusal } from '../../shared/refusals.ts';
import { inEnglish } from '../../shared/refusals-in-english.ts';

/** A command that was refused for a reason the asker can understand; nothing has changed. */
export class CallError extends Error {
  readonly code: ErrorCode;
  readonly params: ErrorParams | undefined;
  /** For who asked by HTTP: what the code alone does not say. */
  readonly refusal: Refusal | undefined;

  /** @param why for developers, since clients word the code; or what is put into words for who asks by HTTP */
  constructor(code: ErrorCode, why: string | Refusal, params?: ErrorParams) {
    super(typeof why === 'string' ? why : inEnglish(why));
    this.name = 'CallError';
    this.code = code;
    this.params = params;
    this.refusal = typeof why === 'string' ? undefined : why;
  }
}
