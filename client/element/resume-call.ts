import type { PageCall } from './page-call.ts';
import type { ShopperCall } from './shopper-call.ts';

/**
 * Shows the call that this tab has: kept by the page, or by the server.
 *
 * @param load fetches what a call needs; resolves with nothing where that failed
 */
export function resumeCall(page: PageCall, load: () => Promise<ShopperCall | undefined>): void {
  /** @param follow a call of another tab, whose window is not opened here unasked */
  const rejoin = async (follow = false) => {
    const call = await load();
    if (!call || page.live) return;
    page.open = !follow;
    await (follow ? call.follow() : call.rejoin());
  };
  // What is only loaded in case that somebody comes must not take the call from whom they come from.
  if ((document as Document & { prerendering?: boolean }).prerendering)
    document.addEventListener('prerenderingchange', () => resumeCall(page, load), { once: true });
  else if (page.live) return;
  else if (page.memory.inCall) void rejoin();
  else if (page.memory.shared) void rejoin(true);
  else if (page.memory.kept)
    void import('./callback/push.ts').then(async ({ takeUp: takeUpCallback }) => {
      const call = await load();
      if (call && (await takeUpCallback(call.host.memory))) await rejoin();
    });
}
