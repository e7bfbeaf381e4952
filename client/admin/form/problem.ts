import { ApiError, apiErrorText } from '../../ui/api.ts';

/** What the server did not accept. `field`: path of the input that is meant, as the form names it; empty for none. */
export type Problem = { message: string; field: string };

/** The server's path of a queue's setting begins with `settings.` where the whole body was at fault. */
export const problemOf = (error: unknown): Problem => ({
  message: apiErrorText(error),
  field: error instanceof ApiError ? error.field.replace(/^settings\./, '') : '',
});

/** To be thrown again: with whose field is meant, where the server names only the field. */
export const within =
  (owner: string) =>
  (error: unknown): never => {
    if (!(error instanceof ApiError) || !error.field) throw error;
    const { code, message, field, cause } = error;
    throw new ApiError(code, message, { field: `${owner}.${field}`, cause });
  };

/** The message for the input at `path`; empty where another one is meant. `wide`: for everything beneath it too. */
export function messageAt(problem: Problem | null, path: string, wide = false): string {
  if (!problem) return '';
  return problem.field === path || (wide && problem.field.startsWith(`${path}.`)) ? problem.message : '';
}

/** The paths to look for in a form, the nearest first: `a.0.b`, `a.0`, `a`. */
export function nearest(field: string): string[] {
  const parts = field.split('.').filter(Boolean);
  return parts.map((_, i) => parts.slice(0, parts.length - i).join('.'));
}
