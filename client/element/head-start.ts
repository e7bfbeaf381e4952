/** A call's first requests have this head start over drawing its window: two frames. */
const headStartMs = 32;

/** Where all is here, the call begins in the click's own task, and what it asks for leaves before the window is drawn. */
export class HeadStart {
  #over: Promise<void> | undefined;

  begin(): void {
    this.#over = new Promise<void>(resolve => setTimeout(resolve, headStartMs)).then(() => {
      this.#over = undefined;
    });
  }

  /** At once, or when the head start is over. */
  draw(draw: () => unknown): Promise<unknown> | undefined {
    if (this.#over) return this.#over.then(draw);
    draw();
    return undefined;
  }
}
