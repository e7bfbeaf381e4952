/** The Koa application: every route of the server, one place for errors. */
import type { RequestListener } from 'node:http';
import { bodyParser } from '@koa/bodyparser';
import Router from '@koa/router';
import Koa, { type Context, type Middleware } from 'koa';
import { refuse } from '../../shared/refusals.ts';
import { auditHandlers } from './api/audit.ts';
import { boardHandlers } from './api/board.ts';
import { callHandlers } from './api/calls.ts';
import { firstRunHandlers } from './api/first-run.ts';
import { imageHandlers } from './api/images.ts';
import { linkHandlers } from './api/links.ts';
import { mountRoutes } from './api/mount.ts';
import { oidcHandlers } from './api/oidc.ts';
import { oneselfHandlers } from './api/oneself.ts';
import { createOwnAccountChanges } from './api/own-account-changes.ts';
import { privacyHandlers } from './api/privacy.ts';
import { queueHandlers } from './api/queues.ts';
import { reachHandlers } from './api/reach.ts';
import { referenceHandlers } from './api/reference.ts';
import { repHandlers } from './api/rep.ts';
import { reportHandlers } from './api/reports.ts';
import { siteHandlers } from './api/sites.ts';
import { soundHandlers } from './api/sounds.ts';
import { teamHandlers } from './api/team.ts';
import { twoFactorHandlers } from './api/two-factor.ts';
import { createAvailabilityCache } from './availability-cache.ts';
import { createConcurrencyCaps } from './concurrency-caps.ts';
import type { HttpDeps } from './deps.ts';
import { asHttpError, HttpError } from './errors.ts';
import { healthHandlers } from './health.ts';
import { imageFileRoutes } from './image-files.ts';
import { httpLimits } from './limits.ts';
import { metricsHandlers } from './metrics-route.ts';
import { pageRoutes } from './pages.ts';
import { createProxyWatch } from './proxy-watch.ts';
import { knownBrowser } from './rep-session.ts';
import { arrivesInTime, isReadInTime, ownPagesOnly, uploadPaths } from './request-rules.ts';
import { createSecurityHeaders } from './security-headers.ts';
import { sendNotFound } from './server-pages.ts';
import { createSignInLimiter } from './sign-in-limiter.ts';
import { soundFileRoutes } from './sound-files.ts';
import { createStaticFiles } from './static-files.ts';

/** A handler for Node's servers. It holds nothing open, so there is nothing to close. */
export function createHttp(deps: HttpDeps): RequestListener {
  const app = new Koa({ proxy: deps.config.trustProxy, maxIpsCount: 1 });
  const headers = createSecurityHeaders(deps);
  const limiter = createSignInLimiter();
  const ownDeeds = createOwnAccountChanges(deps, limiter);
  const proxy = createProxyWatch(deps.config, deps.log);
  const concurrencyCaps = createConcurrencyCaps(ctx => knownBrowser(ctx, deps) !== null, deps.inHandCaps);

  const quick = createAvailabilityCache({ ...deps, proxy, concurrencyCaps });

  const pages = new Router();
  pageRoutes(pages, headers, createStaticFiles(deps.distDir));
  soundFileRoutes(pages, headers, deps, concurrencyCaps);
  imageFileRoutes(pages, headers, deps, concurrencyCaps);

  const data = new Router();
  data.post([...uploadPaths], async (ctx, next) => {
    concurrencyCaps.upload(ctx);
    await next();
  });
  mountRoutes(data, deps, {
    ...healthHandlers(deps),
    ...metricsHandlers(deps),
    ...repHandlers(deps, limiter),
    ...oneselfHandlers(deps, ownDeeds),
    ...twoFactorHandlers(deps, ownDeeds),
    ...oidcHandlers(deps),
    ...linkHandlers(deps, limiter),
    ...teamHandlers(deps),
    ...firstRunHandlers(deps),
    ...auditHandlers(deps),
    ...queueHandlers(deps),
    ...siteHandlers(deps, quick),
    ...callHandlers(deps),
    ...reportHandlers(deps),
    ...boardHandlers(deps),
    ...soundHandlers(deps),
    ...imageHandlers(deps),
    ...privacyHandlers(deps),
    ...reachHandlers(deps),
    ...referenceHandlers,
    'GET /api/server-notices': () => ({ notices: proxy.notices() }),
  });

  app.use(plainAddress);
  app.use(arrivesInTime());
  app.use(isReadInTime());
  app.use(proxy.middleware);
  app.use(headers.transport);
  app.use(errorsInWords(deps));
  app.use(concurrencyCaps.strangers);
  app.use(pages.routes());
  app.use(headers.data);
  app.use(neverKept);
  app.use(ownPagesOnly(deps));
  app.use(
    bodyParser({
      enableTypes: ['json'],
      jsonLimit: httpLimits.maxBodyBytes,
      onError(cause) {
        if ('status' in cause && cause.status === 413) throw new HttpError('too-large');
        // The parser takes no body that could change what all objects have.
        if (/forbidden prototype/.test(cause.message)) {
          const field = '__proto__';
          throw new HttpError('bad-request', refuse('unknownField', { names: field }), { field, cause });
        }
        throw new HttpError('bad-request', refuse('jsonUnreadable'), { cause });
      },
    }),
  );
  app.use(data.routes());
  app.use(data.allowedMethods({ throw: true }));
  // What Koa itself reports after our own handling: a client that went away in the middle of an answer.
  app.on('error', err => deps.log.debug({ err }, 'an answer could not be finished'));
  const koa = app.callback();
  return (req, res) => {
    if (!quick.answer(req, res)) void koa(req, res);
  };
}

/**
 * Control characters in a path or query would reach the store, which PostgreSQL takes as a fault of ours. They become
 * what no name holds: taken out, what is left and right of them could join to another one.
 */
const plainAddress: Middleware = async (ctx, next) => {
  ctx.url = ctx.url.replaceAll(/%(?:0[0-8bcef]|1[\da-f]|7f)/gi, encodeURIComponent('\ufffd'));
  await next();
};

/** Answers about people and calls are kept by no browser and no proxy. */
const neverKept: Middleware = async (ctx, next) => {
  if (ctx.path.startsWith('/api/')) ctx.set('cache-control', 'no-store');
  await next();
};

function errorsInWords({ log }: Pick<HttpDeps, 'log'>): Middleware {
  return async (ctx, next) => {
    try {
      await next();
      if (ctx.respond !== false && ctx.status === 404 && ctx.body == null) throw new HttpError('not-found');
    } catch (thrown) {
      const error = asHttpError(thrown);
      if (error.code === 'internal') {
        // The pattern, not the path: a path can hold a one-time token.
        log.error({ err: error.cause, method: ctx.method, route: ctx._matchedRoute }, 'a request failed');
      }
      answer(ctx, error);
    }
  };
}

function answer(ctx: Context, error: HttpError): void {
  ctx.status = error.status;
  if (error.retryAfterS !== undefined) ctx.set('retry-after', String(error.retryAfterS));
  if (error.code === 'not-found' && !ctx.path.startsWith('/api/')) {
    sendNotFound(ctx);
    return;
  }
  const { code, refusal, message, field } = error;
  ctx.body = {
    error: {
      code,
      ...(refusal.reason === code ? {} : refusal),
      ...(field === undefined ? {} : { field }),
      message,
    },
  };
}
