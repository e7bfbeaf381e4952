/** A page of a shop, as a shopper's browser would get it, through the guarded client. */
import { limits } from '../../shared/limits.ts';
import { FetchError, type FetchProblem, type GuardedClient, type Incoming } from '../net/guarded-client.ts';

export type Fetched =
  | { is: 'page'; url: URL; answer: Incoming }
  | { is: 'not-reached'; why: FetchProblem }
  /** `to`: where the last answer led on. */
  | { is: 'leads-on'; to: string };

/** Each step of a redirect is guarded as the first one is. */
export async function fetchPage(client: GuardedClient, typed: string): Promise<Fetched> {
  let url = URL.parse(/^[a-z][a-z\d+.-]*:\/\//i.test(typed) ? typed : `https://${typed}`);
  if (!url) return { is: 'not-reached', why: 'not-allowed' };
  try {
    for (let steps = 0; ; steps++) {
      // No server is sent it.
      url.hash = '';
      const answer = await client.send(url.href, {
        method: 'GET',
        headers: { accept: 'text/html', 'user-agent': 'TalkToUs-check' },
        body: null,
      });
      const leads = answer.status >= 300 && answer.status < 400 ? answer.headers.location : undefined;
      const next: URL | null = leads === undefined ? null : URL.parse(leads, url);
      if (!next) return { is: 'page', url, answer };
      if (steps === limits.shopPageRedirects) return { is: 'leads-on', to: next.href.slice(0, 500) };
      url = next;
    }
  } catch (error) {
    if (!(error instanceof FetchError)) throw error;
    return { is: 'not-reached', why: error.problem };
  }
}
