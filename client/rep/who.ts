import type { CallContext } from '../../shared/call-context.ts';
import { texts } from './texts.ts';

/** What to call the shopper: their own name, else the page they are on, else just "Shopper". */
export function whoIs(context: CallContext): string {
  const name = context.name?.trim();
  if (name) return name;
  const title = context.page?.title.trim();
  return title ? texts.shopperOn(title) : texts.shopper;
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
