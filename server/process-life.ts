/** How the process ends: by a signal, cleanly; or at the start, with words that say what to change. */

import type { Logger } from 'pino';
import { ConfigError } from './config.ts';
import { ListenError } from './http/servers.ts';
import { TlsError } from './http/tls.ts';
import { SecretsError } from './identity/secrets.ts';
import { MediaSetupError } from './media/setup-error.ts';
import { StoreDown, StoreError } from './store/store-error.ts';

/** Everything must be closed by then, ms; the rest is cut off. */
const closeWithinMs = 900;
/** `Ctrl-C` reaches the process from the terminal and again from npm; only a later signal means impatience, ms. */
const sameSignalMs = 300;

/**
 * SIGINT and SIGTERM close the server and end the process; a second one ends it at once. To be called after
 * mediasoup is loaded, whose own listener would end the process before anything is closed: it is removed.
 */
export function endOnSignals(server: { close(): Promise<void> }, log: Logger): void {
  let since: number | undefined;
  const end = (signal: NodeJS.Signals) => {
    if (since !== undefined) {
      if (performance.now() - since > sameSignalMs) process.exit(130);
      return;
    }
    since = performance.now();
    log.info({ signal }, 'closing');
    setTimeout(() => {
      log.warn('not everything closed in time');
      process.exit(1);
    }, closeWithinMs).unref();
    server.close().then(
      () => process.exit(0),
      error => {
        log.error({ err: error }, 'closing failed');
        process.exit(1);
      },
    );
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.removeAllListeners(signal);
    process.on(signal, end);
  }
}

/** What to show when the server could not start. Known problems are told in their own plain words. */
export function explainFailure(error: unknown): string {
  const known =
    error instanceof ConfigError ||
    error instanceof ListenError ||
    error instanceof TlsError ||
    error instanceof SecretsError ||
    error instanceof MediaSetupError ||
    error instanceof StoreError ||
    error instanceof StoreDown;
  const words = known ? error.message : aboutTheMachine(error);
  if (words !== null) return `\nTalk to Us could not start.\n\n${words}\n\n`;
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `\nTalk to Us could not start, for a reason it does not know:\n\n${detail}\n\n`;
}

/** What the operating system refused, and what to do; null for an error that it has no part in. */
function aboutTheMachine(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  const { code = '', path } = error as NodeJS.ErrnoException;
  const place = path ?? 'A file or folder';
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return 'The disk is full. Make some room and start again.';
    case 'EACCES':
    case 'EPERM':
      return `${place} may not be used by the user who runs this server. Give it to that user, and start again.`;
    case 'EROFS':
      return `${place} cannot be written, since its disk is mounted read-only. Mount it writable, or name another folder with DATA_DIR or CERTS_DIR.`;
    case 'ENOTDIR':
    case 'EISDIR':
    case 'EEXIST':
    case 'ELOOP':
    case 'ENAMETOOLONG':
      return `${place} cannot be used: a file stands where a folder is needed, or a folder where a file is. Move it away, or name another folder with DATA_DIR or CERTS_DIR.`;
    case 'EMFILE':
    case 'ENFILE':
      return 'This machine has too many files open. Raise the limit (ulimit -n, or LimitNOFILE of systemd) and start again.';
    case 'ENOMEM':
    case 'EAGAIN':
      return 'This machine has no memory or processes left. End other programs, or start with fewer WORKERS.';
    default:
      return null;
  }
}
