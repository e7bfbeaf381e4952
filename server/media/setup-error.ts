/**
 * Something about this machine or its settings keeps the media plane from starting. The message is for the
 * person at the terminal: what is wrong, and what to change.
 */
export class MediaSetupError extends Error {
  readonly reason: 'announced-address' | 'listen-address' | 'port' | 'worker-missing' | 'worker-broken';
  constructor(reason: MediaSetupError['reason'], message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'MediaSetupError';
    this.reason = reason;
  }
}
