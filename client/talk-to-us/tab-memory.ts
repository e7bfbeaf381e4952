/**
 * What this tab remembers across reloads and pages of the shop: who the shopper is to the server, and
 * whether there was a call. Kept per server and site. Where storage is blocked, nothing is remembered
 * and all else works.
 */
export class TabMemory {
  readonly key: string;

  constructor(server: string, site: string) {
    this.key = `talk-to-us ${server} ${site}`;
  }

  get token(): string | undefined {
    return this.#read('token') ?? undefined;
  }

  set token(token: string | undefined) {
    this.#write('token', token);
  }

  /** A call was going on: after a reload it is taken up again without a click. */
  get inCall(): boolean {
    return this.#read('call') !== null;
  }

  set inCall(value: boolean) {
    this.#write('call', value ? '1' : undefined);
  }

  /** The shopper wants no announcements. */
  get quiet(): boolean {
    return this.#read('quiet') !== null;
  }

  set quiet(value: boolean) {
    this.#write('quiet', value ? '1' : undefined);
  }

  /** The token of a tab that waits for a callback, or did when it was closed. */
  get kept(): string | null {
    return this.#read('kept', () => localStorage);
  }

  /** Blocked storage throws at the first touch. */
  #read(what: string, storage = () => sessionStorage): string | null {
    try {
      return storage().getItem(`${this.key} ${what}`);
    } catch {
      return null;
    }
  }

  #write(what: string, value: string | undefined): void {
    try {
      if (value === undefined) sessionStorage.removeItem(`${this.key} ${what}`);
      else sessionStorage.setItem(`${this.key} ${what}`, value);
    } catch {
      // Private modes and sandboxed frames refuse storage.
    }
  }
}
