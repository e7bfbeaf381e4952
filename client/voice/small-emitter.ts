type Listener = (...args: never[]) => unknown;
type Entry = { call: Listener; listener: Listener };

/**
 * What mediasoup-client uses of Node's `EventEmitter`; the build gives it this one in place of a complete imitation that
 * weighs several times as much (decision 0021). A listener that is added or removed during an event counts from the next.
 */
export class EventEmitter {
  readonly #listeners = new Map<string, Entry[]>();

  on(event: string, listener: Listener): this {
    return this.#add(event, listener, listener);
  }

  once(event: string, listener: Listener): this {
    let called = false;
    const call = (...args: never[]) => {
      // An event that a listener sends while one is going out may have come here before.
      if (called) return;
      called = true;
      // Itself and no other: the same listener may also have been added with `on`, and that one stays.
      this.#remove(event, one => one.call === call);
      listener(...args);
    };
    return this.#add(event, call, listener);
  }

  off(event: string, listener: Listener): this {
    return this.#remove(event, one => one.listener === listener);
  }

  /** True when anybody listened. */
  emit(event: string, ...args: never[]): boolean {
    const all = this.#listeners.get(event) ?? [];
    for (const { call } of all) call(...args);
    return all.length > 0;
  }

  listenerCount(event: string): number {
    return this.#listeners.get(event)?.length ?? 0;
  }

  removeAllListeners(event?: string): this {
    if (event === undefined) this.#listeners.clear();
    else this.#listeners.delete(event);
    return this;
  }

  /** The library asks for no limit, and here is none. */
  setMaxListeners(): this {
    return this;
  }

  /** The newest that is meant, as Node does. */
  #remove(event: string, isMeant: (entry: Entry) => boolean): this {
    const all = this.#listeners.get(event) ?? [];
    const index = all.findLastIndex(isMeant);
    this.#listeners.set(
      event,
      all.filter((_, i) => i !== index),
    );
    return this;
  }

  #add(event: string, call: Listener, listener: Listener): this {
    // A new list each time: an event that is going out goes through the one it began with.
    this.#listeners.set(event, [...(this.#listeners.get(event) ?? []), { call, listener }]);
    return this;
  }
}
