/**
 * The bus of one process. Listeners are called in a later turn of the event loop, in the order of their subscription:
 * whoever made the change is answered before others are told of it.
 */
import type { Bus, SiteChanged } from './bus.ts';

export function createInProcessBus(): Bus {
  const listeners = new Set<(change: SiteChanged) => void>();
  return {
    publish(change) {
      setImmediate(() => {
        for (const listener of listeners) listener(change);
      });
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async close() {
      listeners.clear();
    },
  };
}
