/** What is known of one HTTP route. */
import { z } from 'zod';
import type { Permission } from '../permissions.ts';
import type { HttpErrorCode } from './errors.ts';

export type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';

/** What is answered or sent as it is, not as JSON. */
export type Raw = { contentType: string };

export type Route = {
  /** What it does, in one sentence. */
  does: string;
  /** Null for everybody, signed in or not. */
  may: Permission | null;
  /** Also for who has signed in with a password only, where the team asks for a second factor. */
  beforeTwoFactor?: true;
  params?: z.ZodObject;
  query?: z.ZodObject;
  /** A file's bytes, or a schema of JSON. */
  body?: z.ZodType | Raw;
  answer: z.ZodType | Raw;
  /** Status of a good answer; 200 when left out. */
  status?: number;
  /** What it may refuse with, besides what any route may: see `everyRoute`. */
  errors?: readonly HttpErrorCode[];
};
export type Routes = Readonly<Record<`${Method} /${string}`, Route>>;

/** What any route may be refused with: the first ones where there is something to be checked. */
export const everyRoute = {
  input: 'bad-request',
  signedIn: ['sign-in-needed', 'not-allowed'],
  changing: ['origin-not-allowed', 'json-needed', 'too-large'],
  always: ['too-many', 'internal', 'store-down', 'busy'],
} as const;

export const isRaw = (one: z.ZodType | Raw | undefined): one is Raw =>
  one !== undefined && 'contentType' in one;

/** A `Refusal`. */
export const refusal = z.strictObject({
  reason: z.string().describe('What it is, for programs and for who puts it into words'),
  params: z
    .record(z.string(), z.union([z.string(), z.number()]))
    .optional()
    .describe('What the words name; a name that ends in `Ms` or `Bytes` is a number of these'),
});

/** Milliseconds UTC. */
export const moment = z.number().int().describe('Milliseconds since 1970, UTC');
export const durationMs = z.number().describe('Milliseconds');
/** In a query, where all is text. */
export const momentQuery = z.coerce.number().int().min(0).max(9e15).describe('Milliseconds since 1970, UTC');
/** An answer that says only that it is done. */
export const done = z.strictObject({});
