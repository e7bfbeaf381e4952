/**
 * What on a page has to be changed, and how exactly: for whoever put the element there, in the browser's console. Fetched
 * when something is wrong. In English; whoever calls reads other words, in their language.
 */
import type { Message } from '../../shared/i18n/message.ts';
import * as m from '../../shared/i18n/messages/problem.ts';
import { allowMicrophone } from './allow-microphone.ts';
import type { Problem } from './states.ts';
import { warnIntegrator } from './warn-integrator.ts';

const framed = () => globalThis.parent !== globalThis.self;
/** A sandboxed frame without an origin of its own. */
const isOpaque = () => globalThis.origin === 'null';

/** What the shopper can do; without `open` the words are all there is. */
export type WayOut = { detail: Message<'problem'>; action?: Message<'problem'>; open?: () => void };

/** For pages in frames. */
const alone = { detail: m.aloneDetail, action: m.alone };

/**
 * Where this browser allows a microphone again. In a frame that forbids what it needs, a page may be allowed it in a
 * window of its own.
 */
function findWayOut(problem: Problem, onWayOut: (wayOut: WayOut) => void): void {
  const detail = problem === 'microphone-denied' && allowMicrophone(navigator.userAgent);
  if (detail) onWayOut({ detail });
  const helps =
    problem === 'microphone-forbidden' ||
    (problem === 'insecure' && location.protocol === 'https:') ||
    (problem === 'origin-not-allowed' && isOpaque());
  if (!helps || !framed()) return;
  const open = () => {
    if (globalThis.open(location.href)) return;
    warnIntegrator(
      'could not open a window. The frame needs <iframe sandbox="allow-popups allow-popups-to-escape-sandbox">',
    );
    // What does not work is not offered again.
    onWayOut(alone);
  };
  onWayOut({ ...alone, open });
}

type Where = { server: string; site: string; queue: string };

/** Something stood in the way of a call. */
export function explain(problem: Problem, where: Where, onWayOut?: (wayOut: WayOut) => void): void {
  if (onWayOut) findWayOut(problem, onWayOut);
  if (isOpaque())
    warnIntegrator(
      'is in a sandboxed frame, which needs <iframe sandbox="allow-scripts allow-same-origin allow-popups">',
    );
  const words = wordsOn(problem, where);
  if (words) warnIntegrator(words);
}

function wordsOn(problem: Problem, { server, site, queue }: Where): string | undefined {
  switch (problem) {
    case 'microphone-forbidden':
      return framed()
        ? `gets no microphone in this frame. It needs <iframe allow="microphone">, and no Permissions-Policy around it but microphone=(self "${new URL(location.href).origin}")`
        : 'gets no microphone on this page. Its header has to be: Permissions-Policy: microphone=(self)';
    case 'insecure':
      return `gets no microphone on ${location.origin}. Serve the page by https, and every page around it`;
    case 'origin-not-allowed':
      return isOpaque()
        ? undefined
        : `is not allowed on ${globalThis.origin} by ${server}. Add that address there, under Settings, Shop, "Addresses of your shop"`;
    case 'unknown-site':
      return `has an attribute that ${server} does not know: site="${site}"`;
    case 'not-set-up':
      // Not in a catalogue: it stands in the browser's console, for whoever put the element into the page.
      return site
        ? `has an attribute that ${server} does not know: queue="${queue}"`
        : 'needs the attribute site="…"';
    default:
      return undefined;
  }
}

/** The one policy that the element needs where a page enforces Trusted Types. */
export const explainTrustedTypes = (): void =>
  warnIntegrator('needs in the Content-Security-Policy of this page: trusted-types talk-to-us');

/** A policy of the page kept it from something of the server. */
export function explainPolicy(effectiveDirective: string, server: string): void {
  const directive = effectiveDirective.replace(/-elem$/, '');
  const sockets = directive === 'connect-src' ? ` ${server.replace(/^http/, 'ws')}` : '';
  warnIntegrator(`needs in the Content-Security-Policy of this page: ${directive} ${server}${sockets}`);
}

/** The server could not be asked. Where it can be reached all the same, it does not let this page read its answer. */
export async function explainSilence(url: string): Promise<void> {
  const { origin: server } = new URL(url);
  const answers = (what: string, method: string) =>
    fetch(what, { method, credentials: 'omit', cache: 'no-store' }).then(
      () => true,
      () => false,
    );
  // Anybody may have the script. Without it the server is away, or kept away by a policy, which is told where it happens.
  if ((await answers(`${server}/talk-to-us.js`, 'HEAD')) && !(await answers(url, 'GET')))
    explain('origin-not-allowed', { server, site: '', queue: '' });
}
