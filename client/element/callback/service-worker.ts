/**
 * The part of a shop's service worker that rings a shopper whose page is closed: a shop names this script in its own
 * worker, `importScripts('https://voice.example/talk-to-us-worker.js')`. It leaves all events of others alone.
 */
import type { PushMessage } from '../../../shared/protocol.ts';
import {
  lockPrefix,
  type RingingWords,
  ringingOptions,
  ringingTag,
  titleOf,
  wordsCache,
  wordsKey,
} from './ringing.ts';

/** As much of a worker's world as is needed; the types of pages and of workers cannot be had together. */
type Extended = Event & { waitUntil(work: Promise<unknown>): void };
type Page = { id: string; focus(): Promise<unknown> };
type World = {
  registration: ServiceWorkerRegistration;
  clients: {
    matchAll(options: { type: 'window'; includeUncontrolled: true }): Promise<Page[]>;
    openWindow(url: string): Promise<unknown>;
  };
  addEventListener<E extends Event>(type: string, listener: (event: E) => void): void;
  skipWaiting(): Promise<void>;
};
type PushEvent = Extended & { data: { json(): unknown } | null };
type NotificationClick = Extended & { notification: Notification };

/** Put in by the build, see `tools/browser-build/words.ts`. */
declare const __englishRinging__: RingingWords;

const world = self as unknown as World;

world.addEventListener<Extended>('install', event => event.waitUntil(world.skipWaiting()));

world.addEventListener<PushEvent>('push', event => {
  const message = read(event);
  if (!message) return;
  event.waitUntil(ring(message));
});

world.addEventListener<NotificationClick>('notificationclick', event => {
  const { notification } = event;
  if (notification.tag !== ringingTag) return;
  notification.close();
  event.waitUntil(comeBack((notification.data as { page: string | null }).page));
});

async function ring({ repName, page }: PushMessage): Promise<void> {
  const words = await wordsLeft();
  await world.registration.showNotification(titleOf(words, repName), {
    ...ringingOptions(words),
    data: { page },
  });
}

/** What the page left; where it could not, or the browser has forgotten it, English. */
async function wordsLeft(): Promise<RingingWords> {
  const kept = await caches.match(wordsKey, { cacheName: wordsCache }).catch(() => undefined);
  return kept ? await kept.json() : __englishRinging__;
}

/** To the tab that has the call, or to a new one that takes it up. */
async function comeBack(page: string | null): Promise<void> {
  const { held = [] } = await navigator.locks.query();
  const holder = held.find(lock => lock.name?.startsWith(lockPrefix))?.clientId;
  const pages = await world.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const open = pages.find(({ id }) => id === holder);
  if (open) await open.focus();
  else await world.clients.openWindow(ownPage(page));
}

/** Only ever to the shop itself, whatever the message says. */
function ownPage(page: string | null): string {
  // `URL.parse` is too new for some of the browsers that can do all else.
  const url = page !== null && URL.canParse(page) ? new URL(page) : null;
  return url?.origin === location.origin ? url.href : '/';
}

function read(event: PushEvent): PushMessage | undefined {
  try {
    const message = event.data?.json() as Partial<PushMessage> | null | undefined;
    return message?.talkToUs === 'calling-back' ? (message as PushMessage) : undefined;
  } catch {
    // The shop's own, in a format of its own.
    return undefined;
  }
}
