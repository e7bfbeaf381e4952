/** What is answered without encryption where the server has a certificate of its own: the authority's questions, and the way to https. */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { probes } from './concurrency-caps.ts';

const challengePath = '/.well-known/acme-challenge/';

type Keeper = { answerTo(token: string): string | null; pair(): unknown };
type Options = {
  keeper: Keeper;
  config: { acmeDomains: readonly string[]; publicUrl: string | null; trustProxy: boolean };
};

/**
 * A listener for the plain port. Pages asked for by the public name go to https once there is a certificate: without it a page gets no
 * microphone. Behind a proxy that is the proxy's to say, since only it knows how it was asked.
 */
export function onPlainHttp(
  handler: RequestListener,
  { keeper, config: { acmeDomains, publicUrl, trustProxy } }: Options,
): RequestListener {
  const moved = ({ method, headers, url = '/' }: IncomingMessage): string | null => {
    if (trustProxy || keeper.pair() === null || (method !== 'GET' && method !== 'HEAD')) return null;
    const name = URL.parse(`http://${headers.host}`)?.hostname ?? '';
    if (!acmeDomains.includes(name) || !url.startsWith('/') || probes.has(url)) return null;
    const isHome = publicUrl !== null && new URL(publicUrl).hostname === name;
    return (isHome ? publicUrl : `https://${name}`) + url;
  };

  return (req, res) => {
    if (req.url?.startsWith(challengePath))
      return answer(res, keeper.answerTo(req.url.slice(challengePath.length)));
    const target = moved(req);
    if (target === null) return handler(req, res);
    // A shop's page may load the button from here, and follows only where every answer on the way lets it.
    const headers = { location: target, 'access-control-allow-origin': '*', 'content-length': 0 };
    res.writeHead(308, headers).end();
  };
}

function answer(res: ServerResponse, text: string | null): void {
  const body = text ?? 'This server did not ask for that.\n';
  res
    .writeHead(text === null ? 404 : 200, {
      'content-type': 'application/octet-stream',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      'content-length': Buffer.byteLength(body),
    })
    .end(body);
}
