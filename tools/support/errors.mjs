/**
 * Set-up cannot go on, for a reason that the person can act on. The message is shown as it is, so it
 * says what happened and what to run or change.
 */
export class SetupError extends Error {
  /** @override */
  name = 'SetupError';
}

/** Set-up was told to stop (Ctrl-C, SIGTERM, or the process that started it is gone). */
export class Interrupted extends Error {
  /** @override */
  name = 'Interrupted';

  /** @param {NodeJS.Signals} signal */
  constructor(signal) {
    super(`stopped by ${signal}`);
    this.signal = signal;
  }
}

/** A command could not be started or did not exit with 0. */
export class CommandFailed extends Error {
  /** @override */
  name = 'CommandFailed';

  /**
   * @param {string} command  as a person would type it
   * @param {number | NodeJS.Signals | 'missing'} outcome  exit code, signal, or that there is no such command
   * @param {string[]} output  its last lines
   */
  constructor(command, outcome, output) {
    super(`\`${command}\` failed (${outcome})`);
    this.outcome = outcome;
    this.output = output;
  }
}
