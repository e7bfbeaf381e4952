/**
 * When to speak next, ms of the server's clock: every `everyMs` since the shopper came into the line, the first time
 * after a whole one. A reload changes neither figure, and so does not begin anew.
 * @param after the first such moment later than this
 */
export function nextAt(since: number, everyMs: number, after: number): number {
  const passed = Math.max(0, Math.floor((after - since) / everyMs));
  return since + (passed + 1) * everyMs;
}
