/** Resolves when what was drawn is on the screen. */
export const painted = (): Promise<void> =>
  new Promise(resolve => {
    requestAnimationFrame(() => requestAnimationFrame(() => resolve()));
    // Hidden pages paint nothing.
    setTimeout(resolve, 250);
  });
