import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { SetupError } from '../support/errors.mjs';

/**
 * What has to change in mediasoup's sources for a build against the system's libraries. Files are
 * relative to the package's worker/ folder.
 *
 * DtlsTransport.cpp: OpenSSL asks a BIO's callback before each operation and hands it the result
 * after it (the BIO_CB_RETURN bit, together with the operation). mediasoup's callback answers 1 to
 * everything but a bare BIO_CB_RETURN, so the result of "is kernel TLS on?" comes back as yes. In
 * OpenSSL builds with kernel TLS, Debian's among them, no write buffer is then allocated and the
 * first DTLS handshake writes to address 0.
 */
export const patches = [
  {
    file: 'src/RTC/DtlsTransport.cpp',
    find: '(operationType == BIO_CB_RETURN) ? static_cast<long>(ret) : 1;',
    replacement: '((operationType & BIO_CB_RETURN) != 0) ? static_cast<long>(ret) : 1;',
  },
];

/**
 * @param {string} text
 * @param {string} find
 * @param {string} replacement
 * @param {string} name  of the file, for the message
 * @returns {string} `text` with the one occurrence replaced
 * @throws {SetupError} when there is none, or more than one: the upgrade that changed it has to be looked at
 */
export function replaceOnce(text, find, replacement, name) {
  const count = text.split(find).length - 1;
  if (count !== 1) {
    throw new SetupError(
      `mediasoup's ${name} has changed: the line to patch was found ${count} times instead of once.\n` +
        'This version of mediasoup needs tools/media-worker/patch.mjs to be revised. Until then, point\n' +
        'MEDIASOUP_WORKER_BIN at a worker of this version, or go back to the version in package-lock.json.',
    );
  }
  return text.replace(find, () => replacement);
}

/**
 * Writes patched copies, leaving the package itself as it is.
 * @param {string} source  the package's worker/ folder
 * @param {string} target  where the copies go, under the same relative paths
 * @throws {SetupError} when a file does not hold the expected text exactly once
 */
export function writePatchedSources(source, target) {
  for (const { file, find, replacement } of patches) {
    const patched = replaceOnce(readFileSync(join(source, file), 'utf8'), find, replacement, file);
    mkdirSync(dirname(join(target, file)), { recursive: true });
    writeFileSync(join(target, file), patched);
  }
}
