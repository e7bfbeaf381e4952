/**
 * Every HTTP route of the server, once: the router, the browser's typed client (which imports types alone), the OpenAPI
 * description and the test of permissions are made from this table.
 */
import type { z } from 'zod';
import { boardRoutes } from './board.ts';
import { callRoutes } from './calls.ts';
import { firstRunRoutes } from './first-run.ts';
import { imageRoutes } from './images.ts';
import { peopleRoutes } from './people.ts';
import { privacyRoutes } from './privacy.ts';
import { queueRoutes } from './queues.ts';
import { reportRoutes } from './reports.ts';
import type { Route } from './route.ts';
import { serverRoutes } from './server.ts';
import { siteRoutes } from './sites.ts';
import { soundRoutes } from './sounds.ts';

export const routes = {
  ...serverRoutes,
  ...peopleRoutes,
  ...firstRunRoutes,
  ...queueRoutes,
  ...siteRoutes,
  ...callRoutes,
  ...reportRoutes,
  ...boardRoutes,
  ...soundRoutes,
  ...imageRoutes,
  ...privacyRoutes,
} as const;

type Table = typeof routes;
/** Method and path, such as `GET /api/queues/:queueId`. */
export type RouteName = keyof Table;

type In<Schema> = Schema extends z.ZodType ? z.input<Schema> : undefined;
type Out<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined;
type Part<Name extends RouteName, Key extends keyof Route> =
  Table[Name] extends Record<Key, infer Schema> ? Schema : undefined;

/** What a handler is given. */
export type Given<Name extends RouteName> = {
  params: Out<Part<Name, 'params'>>;
  query: Out<Part<Name, 'query'>>;
  body: Out<Part<Name, 'body'>>;
};
type Inputs = 'params' | 'query' | 'body';
type Nothing = Record<never, never>;
/** What whoever asks writes; what may be empty may be left out. */
export type Wanted<Name extends RouteName> = {
  [Key in Inputs as In<Part<Name, Key>> extends undefined
    ? never
    : Nothing extends In<Part<Name, Key>>
      ? never
      : Key]: In<Part<Name, Key>>;
} & {
  [Key in Inputs as In<Part<Name, Key>> extends undefined ? never : Key]?: In<Part<Name, Key>>;
};
/** The data of a good answer; undefined for what is not JSON. */
export type AnswerOf<Name extends RouteName> = Out<Part<Name, 'answer'>>;
