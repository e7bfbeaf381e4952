/** Security headers per kind of route: what helmet sets for all would break an embedded element and plain HTTP. */
import type { IncomingMessage } from 'node:http';
import type { Context, Middleware } from 'koa';
import helmet from 'koa-helmet';
import type { HttpDeps } from './deps.ts';

type HelmetOptions = NonNullable<Parameters<typeof helmet>[0]>;

/** One year, as browsers expect for their lists. */
const hstsS = 31_536_000;

/**
 * Common to all. HSTS is only promised for an https PUBLIC_URL: with our own certificate, or on localhost, it
 * would lock people out.
 */
const common = {
  strictTransportSecurity: false,
  originAgentCluster: false,
  crossOriginEmbedderPolicy: false,
  crossOriginOpenerPolicy: false,
  referrerPolicy: { policy: 'no-referrer' },
} satisfies HelmetOptions;

export type SecurityHeaders = {
  /** Pages of ours; `framed`: by whom they may be framed. */
  page: (framed: "'self'" | "'none'") => Middleware;
  /** The element and its chunks: any shop may load them. */
  embeddable: Middleware;
  /** JSON and text: nothing to run, nothing to frame. */
  data: Middleware;
  /** For every answer. */
  transport: Middleware;
};

export function createSecurityHeaders(deps: Pick<HttpDeps, 'config' | 'ownOrigins'>): SecurityHeaders {
  const { publicUrl } = deps.config;
  const connections = (req: IncomingMessage) =>
    connectionSources(req.headers.host, deps.ownOrigins(), publicUrl);

  return {
    page(framed) {
      const headers = helmet({
        ...common,
        xFrameOptions: { action: framed === "'self'" ? 'sameorigin' : 'deny' },
        contentSecurityPolicy: {
          useDefaults: false,
          directives: {
            defaultSrc: ["'none'"],
            scriptSrc: ["'self'"],
            styleSrc: ["'self'"],
            imgSrc: ["'self'", 'data:'],
            fontSrc: ["'self'"],
            mediaSrc: ["'self'", 'blob:'],
            frameSrc: ["'self'"],
            workerSrc: ["'self'"],
            manifestSrc: ["'self'"],
            connectSrc: [connections],
            formAction: ["'self'"],
            baseUri: ["'none'"],
            frameAncestors: [framed],
          },
        },
      });
      return async (ctx, next) => {
        ctx.set('permissions-policy', 'microphone=(self), camera=(), geolocation=(), payment=(), usb=()');
        await headers(ctx, next);
      };
    },

    embeddable: async (ctx, next) => {
      ctx.set({
        'access-control-allow-origin': '*',
        'cross-origin-resource-policy': 'cross-origin',
        'x-content-type-options': 'nosniff',
      });
      await next();
    },

    data: helmet({
      ...common,
      contentSecurityPolicy: {
        useDefaults: false,
        directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
      },
    }),

    transport: async (ctx: Context, next) => {
      if (publicUrl?.startsWith('https:') && ctx.secure && ctx.host === new URL(publicUrl).host) {
        ctx.set('strict-transport-security', `max-age=${hstsS}`);
      }
      await next();
    },
  };
}

/**
 * What a page may connect to: this server, its sockets named too, since `'self'` covers those in newer browsers
 * only. The name the page was asked for is taken only if it is one of ours.
 */
function connectionSources(
  host: string | undefined,
  ownOrigins: ReadonlySet<string>,
  publicUrl: string | null,
): string {
  const sources = ["'self'"];
  if (host && ownOrigins.has(`http://${host}`)) sources.push(`ws://${host}`);
  if (host && ownOrigins.has(`https://${host}`)) sources.push(`wss://${host}`);
  if (publicUrl) sources.push(publicUrl.replace(/^http/, 'ws'));
  return [...new Set(sources)].join(' ');
}
