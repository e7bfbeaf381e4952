import { limits } from '../../shared/limits.ts';

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

  /**
   * Taken once by the page that comes next in this tab: the connection of the one before, as which it goes on. Written
   * only when a page is left, so that a tab that is copied from a living one does not pass for it.
   */
  takeFormer(): string | undefined {
    const id = this.#read('former') ?? undefined;
    this.former = undefined;
    return id;
  }

  set former(id: string | undefined) {
    this.#write('former', id);
  }

  /** The shopper wants no announcements. */
  get quiet(): boolean {
    return this.#read('quiet') !== null;
  }

  set quiet(value: boolean) {
    this.#write('quiet', value ? '1' : undefined);
  }

  /**
   * The token of the shopper who is in line or talks in a tab of this browser, for the other tabs of the shop: they
   * show that call. Kept only while the call lasts.
   */
  get shared(): string | undefined {
    return this.#read('shared', () => localStorage) ?? undefined;
  }

  set shared(token: string | undefined) {
    this.#write('shared', token, () => localStorage);
  }

  /**
   * One tab of the shop after the other. Where the browser has no locks, or one is held for longer than an honest tab
   * takes, without waiting. Rejects as `work` does.
   */
  async inTurn<T>(work: () => Promise<T>): Promise<T> {
    let begun = false;
    const begin = () => {
      begun = true;
      return work();
    };
    try {
      const signal = AbortSignal.timeout(limits.requestTimeoutMs);
      return await navigator.locks.request(this.key, { signal }, begin);
    } catch (error) {
      if (begun) throw error;
      return begin();
    }
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

  #write(what: string, value: string | undefined, storage = () => sessionStorage): void {
    try {
      if (value === undefined) storage().removeItem(`${this.key} ${what}`);
      else storage().setItem(`${this.key} ${what}`, value);
    } catch {
      // Private modes and sandboxed frames refuse storage.
    }
  }
}
