import type { ErrorCode, ErrorParams } from '../../shared/protocol.ts';

/** A command that was refused for a reason the asker can understand; nothing has changed. */
export class CallError extends Error {
  readonly code: ErrorCode;
  readonly params: ErrorParams | undefined;
  constructor(code: ErrorCode, message: string, params?: ErrorParams) {
    super(message);
    this.name = 'CallError';
    this.code = code;
    this.params = params;
  }
}
