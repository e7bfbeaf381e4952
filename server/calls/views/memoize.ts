/** Readings that are shared: made when first asked for, and then had by all who ask. */

export function memoize<T>(read: () => Promise<T>): () => Promise<T> {
  let reading: Promise<T> | undefined;
  return () => {
    reading ??= read();
    return reading;
  };
}

/** The same of each of several things. */
export function memoizeEach<K, A extends unknown[], T>(
  keyOf: (...of: A) => K,
  read: (...of: A) => Promise<T>,
): (...of: A) => Promise<T> {
  const readings = new Map<K, Promise<T>>();
  return (...of) => {
    const key = keyOf(...of);
    let reading = readings.get(key);
    if (!reading) {
      reading = read(...of);
      readings.set(key, reading);
    }
    return reading;
  };
}
