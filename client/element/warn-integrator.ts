const warned = new Set<string>();

/** To whoever put the element on the page, once: in the browser's console, which some pages take away. */
export function warnIntegrator(text: string): void {
  if (warned.has(text)) return;
  warned.add(text);
  // biome-ignore lint/suspicious/noConsole: the one place where integrators look.
  globalThis.console?.warn?.(`<talk-to-us> ${text}`);
}
