import type { ErrorCode } from '../../shared/protocol.ts';

/** A command that was refused for a reason the asker can understand; nothing has changed. */
export class CallError extends Error {
  readonly code: ErrorCode;
  constructor(code: ErrorCode, message: string) {
    super(message);
    this.name = 'CallError';
    this.code = code;
  }
}
