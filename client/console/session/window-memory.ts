const key = 'talk-to-us.rep.session';

/**
 * The connection of the page that was in this tab before: after a reload this page goes on as that one, even if the
 * server has not noticed yet that it is gone. It is written only when a page is left, and read once, so that a tab that
 * was copied from a living one has none and does not pass for it.
 */
export function takeFormerSession(): string | undefined {
  try {
    const id = sessionStorage.getItem(key);
    sessionStorage.removeItem(key);
    return id ?? undefined;
  } catch {
    // Blocked storage: the page before this one is gone when the server notices.
    return undefined;
  }
}

/** Call when the page is left. */
export function leaveSession(id: string | undefined): void {
  try {
    if (id) sessionStorage.setItem(key, id);
  } catch {
    // See above.
  }
}
