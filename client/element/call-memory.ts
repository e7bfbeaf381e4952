import { limits } from '../../shared/limits.ts';
import { TabMemory } from './tab-memory.ts';

/** What this tab remembers of its call across reloads and pages of the shop: who the shopper is to the server, and more. */
export class CallMemory extends TabMemory {
  #unlock: (() => void) | undefined;

  get token(): string | undefined {
    return this.read('token') ?? undefined;
  }

  set token(token: string | undefined) {
    this.#write('token', token);
  }

  override get inCall(): boolean {
    return super.inCall;
  }

  override set inCall(value: boolean) {
    this.#write('call', value ? '1' : undefined);
  }

  /**
   * Taken once by the page that comes next in this tab: the connection of the one before, as which it goes on. Written
   * only when a page is left, so that a tab that is copied from a living one does not pass for it.
   */
  takeFormer(): string | undefined {
    const id = this.read('former') ?? undefined;
    this.former = undefined;
    return id;
  }

  set former(id: string | undefined) {
    this.#write('former', id);
  }

  /** The shopper wants no announcements. */
  get quiet(): boolean {
    return this.read('quiet') !== null;
  }

  set quiet(value: boolean) {
    this.#write('quiet', value ? '1' : undefined);
  }

  override get shared(): string | undefined {
    return super.shared;
  }

  /**
   * The tab that has the call holds a lock with the token in its name, too: another process of the browser sees that at
   * once, and what is stored a moment later.
   */
  override set shared(token: string | undefined) {
    this.#write('shared', token, () => localStorage);
    if (!token) this.release();
    else if (!this.#unlock) {
      const released = new Promise<void>(resolve => {
        this.#unlock = resolve;
      });
      navigator.locks?.request(`${this.key} ${token}`, { mode: 'shared' }, () => released).catch(() => {});
    }
  }

  /** This page has the call no longer, whoever has it next. A page that holds a lock is not kept by the browser. */
  release(): void {
    this.#unlock?.();
    this.#unlock = undefined;
  }

  /**
   * One tab of the shop after the other. Where the browser has no locks, or one is held for longer than an honest tab
   * takes, without waiting. Rejects as `work` does, which is given the token of whoever has a call already.
   */
  async inTurn<T>(work: (holder: string | undefined) => Promise<T>): Promise<T> {
    let begun = false;
    const begin = (holder = this.shared) => {
      begun = true;
      return work(holder);
    };
    try {
      const { locks } = navigator;
      const signal = AbortSignal.timeout(limits.requestTimeoutMs);
      return await locks.request(this.key, { signal }, async () => {
        const { held } = await locks.query();
        const named = held?.find(({ name }) => name?.startsWith(`${this.key} `))?.name;
        return begin(named?.slice(this.key.length + 1));
      });
    } catch (error) {
      if (begun) throw error;
      return begin();
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
