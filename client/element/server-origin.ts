/** The voice server that this very script came from. */
export const ownServer = new URL(import.meta.url).origin;

/** Of the voice server at that address, as the page writes it; our own where that is none. */
export function serverOrigin(server: string): string {
  try {
    return new URL(server, location.href).origin;
  } catch {
    return ownServer;
  }
}
