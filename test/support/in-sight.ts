import type { Locator } from 'playwright-core';

/** Why it is not wholly seen; empty where it is. */
const hiddenBy = (place: Locator): Promise<string> =>
  place.evaluate(element => {
    const { left, right, top, bottom } = element.getBoundingClientRect();
    if (top < 0 || left < 0 || bottom > innerHeight || right > innerWidth)
      return `is out of the window: ${Math.round(top)} to ${Math.round(bottom)} of ${innerHeight}`;
    const [x, y] = [(left + right) / 2, (top + bottom) / 2];
    const points = [
      ...([
        [x, y],
        [left + 2, y],
        [right - 2, y],
      ] as const),
      ...([
        [x, top + 2],
        [x, bottom - 2],
      ] as const),
    ];
    for (const [across, down] of points) {
      let hit = document.elementFromPoint(across, down);
      for (;;) {
        const inner = hit?.shadowRoot?.elementFromPoint(across, down);
        if (!inner || inner === hit) break;
        hit = inner;
      }
      if (!element.contains(hit)) return `lies below ${hit?.localName}.${hit?.className}`;
    }
    return '';
  });

/**
 * Gives each of the controls the focus, from the first to the last and back. One line for each that is then not wholly
 * seen, or together with which `shown` is not.
 */
export async function outOfSight(controls: Locator, shown: Locator): Promise<string[]> {
  const found: string[] = [];
  const all = await controls.all();
  if (all.length === 0) throw new Error('There is nothing to be focused.');
  for (const control of [...all, ...all.toReversed()]) {
    await control.focus();
    const name = await control.evaluate(
      element => `${element.id || element.className} ${element.getAttribute('value') ?? ''}`,
    );
    for (const [what, place] of [
      ['itself', control],
      ['what is shown', shown],
    ] as const) {
      const why = await hiddenBy(place);
      if (why) found.push(`${name}: ${what} ${why}`);
    }
  }
  return found;
}
