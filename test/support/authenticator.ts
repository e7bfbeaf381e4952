/** An authenticator app, as far as tests need one. */
import { Secret, TOTP } from 'otpauth';

/** The code that is shown at that time, ms UTC; `secret` in base 32. */
export const codeAt = (secret: string, timestamp: number): string =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp });
