import { limits } from '../../shared/limits.ts';
import type { RequestInput } from '../../shared/protocol.ts';

/** What the page tells about the visit; see `callContext` in `shared/protocol.ts`. */
export type CallContextInput = NonNullable<RequestInput<'call.start'>['context']>;

const clip = (text: string, length: number = limits.maxTextLength) => String(text).slice(0, length);
const webUrl = (url: string | undefined) =>
  url && /^https?:\/\//i.test(url) && url.length <= limits.maxUrlLength ? url : undefined;

/**
 * The page's own context with the page's address and title and the shopper's language filled in, cut to what the server accepts: a long
 * title or an odd link in a shop's data must never be the reason that somebody cannot call.
 */
export function completeContext(
  context: CallContextInput,
  page: { url: string; title: string },
  language?: string,
): CallContextInput {
  // Without its query an address that is too long still says where the shopper is.
  const url =
    webUrl(context.page?.url ?? page.url) ?? webUrl((context.page?.url ?? page.url).split(/[?#]/)[0]);
  const complete: CallContextInput = {};
  if (language && language.length <= limits.maxLanguageTagLength) complete.language = language;
  if (url) complete.page = { url, title: clip(context.page?.title ?? page.title) };
  if (context.cart) {
    complete.cart = {
      items: context.cart.items.slice(0, limits.maxContextItems).map(item => ({
        name: clip(item.name),
        quantity: Math.min(100_000, Math.max(1, Math.round(item.quantity) || 1)),
        ...(item.price === undefined ? {} : { price: clip(item.price) }),
        ...(webUrl(item.url) ? { url: item.url } : {}),
      })),
      ...(context.cart.total === undefined ? {} : { total: clip(context.cart.total) }),
    };
  }
  if (context.name) complete.name = clip(context.name, 80);
  if (context.fields) {
    complete.fields = context.fields
      .slice(0, 20)
      .map(field => ({ label: clip(field.label, 80), value: clip(field.value) }));
  }
  return complete;
}
