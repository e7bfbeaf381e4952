import type { RepView } from '../../../shared/views.ts';

/** What the icon of the installed console says: how many wait, and a call that was missed. 0 for nothing. */
export const badgeOf = (view: RepView | null): number =>
  view ? view.waitingTotal + (view.missed && view.work.state === 'idle' ? 1 : 0) : 0;

/** Shows that on the icon, where the browser can; `null` when the console ends. */
export function showBadge(view: RepView | null): void {
  const count = badgeOf(view);
  // Refused where the console is not installed, which is no matter.
  const shown = count > 0 ? navigator.setAppBadge?.(count) : navigator.clearAppBadge?.();
  shown?.catch(() => undefined);
}
