import type { CallContext } from '../../shared/call-context.ts';
import type { CallCard } from '../../shared/views.ts';
import { safeLink } from './safe-link.ts';
import { commonTexts as texts } from './texts.ts';
import { isolated } from './words.ts';

/** Of a call, what says who calls; history has no number for those who waited. */
export type Caller = { context: CallContext; phone?: string | null };

/** What to call the shopper: their own name, else their number, else the page they are on, else just "Shopper". */
export function whoIs({ context, phone }: Caller): string {
  const name = context.name?.trim() || phone;
  if (name) return isolated(name);
  const title = context.page?.title.trim();
  return title ? texts.shopperOn({ title }) : texts.shopper;
}

/**
 * What tells callers apart beside `whoIs`, the most telling first; nothing that `whoIs` says already.
 *
 * @param at from when the call before is looked back at: now, or for a call that is over its beginning
 * @param ago how that is said
 */
export function marksOf(
  call: Caller & Partial<Pick<CallCard, 'cart' | 'lastCall' | 'callback'>>,
  at: number,
  ago: (ms: number) => string = texts.ago,
): string[] {
  const { context, phone, cart, lastCall, callback } = call;
  const name = context.name?.trim();
  const title = context.page?.title.trim();
  const host = safeLink(context.page?.url)?.host;
  // The title stands in the name already when there is neither a name nor a number.
  const page = name || phone ? title || host : title ? undefined : host;
  return [
    callback ? texts.callbackMark[callback] : undefined,
    name && phone ? phone : undefined,
    lastCall ? texts.calledBefore(ago(at - lastCall.endedAt), lastCall.repName) : undefined,
    cart ? texts.cartMark(cart.items, cart.total) : undefined,
    page,
  ].filter((mark): mark is string => Boolean(mark));
}

/** One or two letters for the round picture, `null` when the shopper gave no name. */
export function initials(context: CallContext): string | null {
  const words = context.name?.trim().split(/\s+/).filter(Boolean) ?? [];
  const first = words[0];
  if (!first) return null;
  const last = words.length > 1 ? words.at(-1) : undefined;
  return [first, last]
    .filter(word => word !== undefined)
    .map(word => [...word][0]?.toUpperCase() ?? '')
    .join('');
}
