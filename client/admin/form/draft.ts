/** Equal in every part; the order of an object's keys does not count. */
export function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [before, after] = [Object.entries(a), new Map(Object.entries(b))];
  return (
    before.length === after.size &&
    before.every(([key, value]) => after.has(key) && same(value, after.get(key)))
  );
}

/** The entries of `draft` that differ from `saved`: all that has to be sent. */
export function changed<T extends object>(saved: T, draft: T): Partial<T> {
  const change: Partial<T> = {};
  for (const key of Object.keys(draft) as (keyof T)[])
    if (!same(saved[key], draft[key])) change[key] = draft[key];
  return change;
}

/** `list` with the entry at `index` replaced, or taken out where there is nothing to replace it with. */
export const replaced = <T>(list: readonly T[], index: number, ...by: T[]): T[] =>
  list.toSpliced(index, 1, ...by);

/** `list` with the entry at `index` moved up (-1) or down (1); at the edge it stays. */
export function moved<T>(list: readonly T[], index: number, by: -1 | 1): T[] {
  const entry = list[index];
  const target = index + by;
  if (entry === undefined || target < 0 || target >= list.length) return [...list];
  return list.toSpliced(index, 1).toSpliced(target, 0, entry);
}
