/**
 * What set-up says to the person at the terminal. Its output is its user interface, so it goes to
 * standard output as plain sentences and not through the server's structured log.
 */

/** How often a step that runs unseen (output not a terminal) says that it is still at work, ms. */
const QUIET_INTERVAL = 15_000;

/** How often the elapsed time is redrawn on a terminal, ms. */
const REDRAW_INTERVAL = 1_000;

/** The text of the step being drawn in place, if any: other lines have to go above it. */
let inPlace = '';

/**
 * Says one line.
 * @param {string} text
 */
export function say(text) {
  const above = inPlace ? '\r\x1b[2K' : '';
  process.stdout.write(`${above}${text}\n${inPlace}`);
}

/**
 * Says what went wrong, on standard error.
 * @param {string} text
 */
export function complain(text) {
  process.stderr.write(`${text}\n`);
}

/**
 * @param {number} ms
 * @returns {string} for example `8 s` or `3 min 20 s`
 */
export function duration(ms) {
  const seconds = Math.round(ms / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/**
 * Runs a long step and shows that it is at work: in place on a terminal, as occasional lines otherwise.
 * @template T
 * @param {string} label  what is being done, for example `Compiling the media worker`
 * @param {(update: (detail: string) => void) => Promise<T>} work  `update` says how far it has come
 * @returns {Promise<T>} what `work` returned
 */
export async function withProgress(label, work) {
  const started = Date.now();
  const terminal = process.stdout.isTTY === true;
  let detail = '';
  const text = () => `${label}${detail ? `: ${detail}` : ' …'} (${duration(Date.now() - started)})`;
  const draw = () => {
    inPlace = text().slice(0, (process.stdout.columns || 80) - 1);
    process.stdout.write(`\r\x1b[2K${inPlace}`);
  };
  if (terminal) draw();
  else say(`${label} …`);
  const timer = setInterval(
    () => (terminal ? draw() : say(text())),
    terminal ? REDRAW_INTERVAL : QUIET_INTERVAL,
  );
  try {
    const result = await work(next => {
      detail = next;
      if (terminal) draw();
    });
    clearLine();
    say(`${label}: done in ${duration(Date.now() - started)}.`);
    return result;
  } finally {
    clearInterval(timer);
    clearLine();
  }
}

function clearLine() {
  if (inPlace) process.stdout.write('\r\x1b[2K');
  inPlace = '';
}
