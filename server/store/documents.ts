/** Settings that the database keeps as one document. */
import type { z } from 'zod';

/** Distinct documents are about as many as queues and sites; this bound only guards the memory. */
const mostDocuments = 1_000;

/** Reads documents by their schema, each distinct one once. What it returns must never be changed in place. */
export function documentReader<T>(schema: z.ZodType<T>): (text: string) => T {
  const known = new Map<string, T>();
  return text => {
    let read = known.get(text);
    if (read === undefined) {
      if (known.size >= mostDocuments) known.clear();
      read = schema.parse(JSON.parse(text));
      known.set(text, read);
    }
    return read;
  };
}
