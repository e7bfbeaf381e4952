import { SignalingError } from '../voice/connection.ts';
import { UnsupportedBrowserError } from '../voice/device.ts';
import { MicrophoneError } from '../voice/devices.ts';
import type { Problem } from './states.ts';

/** The one table from what went wrong to what the shopper is shown. */
export function problemOf(error: unknown): Problem {
  if (error instanceof UnsupportedBrowserError) return 'unsupported';
  if (error instanceof MicrophoneError) {
    const { reason } = error;
    return reason === 'insecure' || reason === 'unsupported' ? reason : `microphone-${reason}`;
  }
  if (!(error instanceof SignalingError)) {
    // A chunk that could not be fetched fails as a TypeError in every browser.
    return error instanceof TypeError ? 'loading' : 'internal';
  }
  switch (error.code) {
    case 'closed':
    case 'no-rep':
    case 'queue-full':
    case 'blocked':
    case 'too-many':
    case 'unknown-site':
    case 'origin-not-allowed':
    case 'replaced':
      return error.code;
    case 'store-down':
      return 'shutting-down';
    case 'unknown-queue':
      return 'not-set-up';
    case 'timeout':
    case 'connection-lost':
      return 'connection';
    case 'unsupported-version':
      // The server is newer than this page: loading the page again brings the matching code.
      return 'loading';
    default:
      return 'internal';
  }
}
