/** What the page and the service worker of a shop have in common. */

/** Marks our notifications among those of the shop; a newer one takes the place of an older. */
export const ringingTag = 'talk-to-us';
/** Begins the name of the lock that the tab holds in which a callback is waited for. */
export const lockPrefix = 'talk-to-us callback ';

export const ringingTexts = {
  title: (rep: string) => `${rep} is calling you`,
  detail: 'Answer to talk. Your browser may ask for the microphone.',
};

/** `renotify`: a second try rings again, although the notification of the first may still be there. */
export const ringingOptions: NotificationOptions & { renotify: boolean; vibrate: number[] } = {
  body: ringingTexts.detail,
  tag: ringingTag,
  requireInteraction: true,
  renotify: true,
  vibrate: [400, 200, 400, 200, 400],
};
