/** Counts in memory that go to the store together, so that no stranger's request is a write. */
import type { Logger } from 'pino';

export type Batches<T> = {
  /** Add to what is under `key`; dropped when there are too many keys already. */
  add(key: string, value: T): void;
  /** Write what has gathered. Resolves also when that failed: it is kept for the next time. */
  flush(): Promise<void>;
  /** The last write. Idempotent. */
  close(): Promise<void>;
};

/**
 * @param options.merge both counts of one key as one
 * @param options.write all or nothing; when it throws, all is kept
 */
export function createBatches<T>(options: {
  everyMs: number;
  most: number;
  merge: (old: T, more: T) => T;
  write: (values: T[]) => Promise<void>;
  log: Logger;
  what: string;
}): Batches<T> {
  const { most, merge, write, log, what } = options;
  let gathered = new Map<string, T>();
  let writing: Promise<void> = Promise.resolve();

  const add = (key: string, value: T) => {
    const old = gathered.get(key);
    if (old !== undefined) gathered.set(key, merge(old, value));
    else if (gathered.size < most) gathered.set(key, value);
  };
  const flush = () => {
    writing = writing.then(async () => {
      if (gathered.size === 0) return;
      const now = gathered;
      gathered = new Map();
      try {
        await write([...now.values()]);
      } catch (err) {
        log.warn({ err, what }, 'counts could not be written, trying again later');
        for (const [key, value] of now) add(key, value);
      }
    });
    return writing;
  };
  const timer = setInterval(() => void flush(), options.everyMs).unref();
  return {
    add,
    flush,
    async close() {
      clearInterval(timer);
      await flush();
    },
  };
}
