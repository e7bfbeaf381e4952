/**
 * What a page finds when it is loaded: whether there is a call in this tab or another one. Kept per server and site; what
 * is remembered is in `call-memory.ts`. Where storage is blocked, nothing is remembered and all else works.
 */
export class TabMemory {
  readonly key: string;

  constructor(server: string, site: string) {
    this.key = `talk-to-us ${server} ${site}`;
  }

  /** A call was going on: after a reload it is taken up again without a click. */
  get inCall(): boolean {
    return this.read('call') !== null;
  }

  /**
   * The token of the shopper who is in line or talks in a tab of this browser, for the other tabs of the shop: they
   * show that call. Kept only while the call lasts.
   */
  get shared(): string | undefined {
    return this.read('shared', () => localStorage) ?? undefined;
  }

  /** The token of a tab that waits for a callback, or did when it was closed. */
  get kept(): string | null {
    return this.read('kept', () => localStorage);
  }

  /** Blocked storage throws at the first touch. */
  protected read(what: string, storage = () => sessionStorage): string | null {
    try {
      return storage().getItem(`${this.key} ${what}`);
    } catch {
      return null;
    }
  }
}
