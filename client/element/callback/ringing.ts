/** What the page and the service worker of a shop have in common. */

/** Marks our notifications among those of the shop; a newer one takes the place of an older. */
export const ringingTag = 'talk-to-us';
/** Begins the name of the lock that the tab holds in which a callback is waited for. */
export const lockPrefix = 'talk-to-us callback ';

/** Where the page leaves the words for the worker, which may have to ring when no page is open: a cache and what it keeps there. */
export const wordsCache = 'talk-to-us';
export const wordsKey = '/talk-to-us-words';

/** In the language that the shopper read. `title` has `repPlace` where the name of who rings belongs. */
export type RingingWords = { title: string; detail: string; lang: string; dir: 'ltr' | 'rtl' };
export const repPlace = '{rep}';

export const titleOf = ({ title }: RingingWords, rep: string): string => title.replace(repPlace, () => rep);

/** `renotify`: a second try rings again, although the notification of the first may still be there. */
export const ringingOptions = ({
  detail: body,
  lang,
  dir,
}: RingingWords): NotificationOptions & { renotify: boolean; vibrate: number[] } => ({
  ...{ body, lang, dir },
  tag: ringingTag,
  requireInteraction: true,
  renotify: true,
  vibrate: [400, 200, 400, 200, 400],
});
