/**
 * A modal dialog makes all that is outside of it unreachable, by mouse and keyboard, even what lies above it. While one
 * is open in a call, an element like ours stands in for it inside; fetched when there is such a page.
 */

/** Looked through from the inside out, over the borders of shadow trees. */
function* around(element: Element | null): Generator<Element> {
  for (let at = element; at; at = at.parentElement ?? (at.getRootNode() as Partial<ShadowRoot>).host ?? null)
    yield at;
}

/** What lies over that point, inside shadow trees too. */
function hitAt(x: number, y: number): Element | null {
  let hit = document.elementFromPoint(x, y);
  for (;;) {
    const inner = hit?.shadowRoot?.elementFromPoint(x, y) ?? null;
    if (!inner || inner === hit) return hit;
    hit = inner;
  }
}

/** Where the stand-in has to be, given the middle of what cannot be reached; `undefined` where none would help. */
export function placeFor(host: Element, x: number, y: number): Element | undefined {
  for (const at of around(hitAt(x, y))) {
    // Full screen takes nothing out of reach: being raised is enough.
    if (at === document.fullscreenElement) return undefined;
    if (at.matches(':modal, [aria-modal=true]')) return at;
  }
  const open = document.querySelectorAll('dialog:modal');
  return open[open.length - 1] ?? (host.closest('[inert]') ? document.documentElement : undefined);
}
