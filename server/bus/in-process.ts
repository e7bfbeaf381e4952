/** The bus of one process: listeners are called at once, in the order of their subscription. */
import type { Bus, SiteChanged } from './bus.ts';

export function createInProcessBus(): Bus {
  const listeners = new Set<(change: SiteChanged) => void>();
  return {
    publish(change) {
      for (const listener of listeners) listener(change);
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
