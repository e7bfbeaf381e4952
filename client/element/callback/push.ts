/**
 * What a shop's own service worker adds to being called back: a notification that a phone shows too, and a push that
 * rings this browser when the page is closed. Whoever keeps the call holds a lock, by which other tabs and the
 * service worker can tell whether it is in good hands.
 */
import type { CallId } from '../../../shared/ids.ts';
import type { CallMemory } from '../call-memory.ts';
import type { ShownCall } from '../shown-call.ts';
import { policy } from '../trusted-types.ts';
import {
  lockPrefix,
  type RingingWords,
  ringingOptions,
  ringingTag,
  titleOf,
  wordsCache,
  wordsKey,
} from './ringing.ts';

/** True where a closed page could be rung, if the shopper allows notifications. */
export const canPush = (workerUrl: string): boolean =>
  workerUrl !== '' &&
  'serviceWorker' in navigator &&
  'PushManager' in window &&
  'locks' in navigator &&
  'Notification' in window &&
  Notification.permission !== 'denied';

/** Subscribes this browser and tells the server. Rejects where a browser or its push service will not have it. */
export async function allowPush(
  call: ShownCall,
  callId: CallId,
  pushKey: string,
  words: RingingWords,
): Promise<void> {
  const registration = await navigator.serviceWorker.register(trusted(call.host.serviceWorker()));
  await untilActive(registration);
  const subscription = await registration.pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: pushKey,
  });
  await leaveWords(words);
  const { endpoint, keys } = subscription.toJSON();
  const { p256dh = '', auth = '' } = keys ?? {};
  await call.ask('callback.push', {
    callId,
    subscription: { endpoint: endpoint ?? '', keys: { p256dh, auth } },
  });
}

/** For the worker, which can fetch nothing of ours when a push comes. */
async function leaveWords(words: RingingWords): Promise<void> {
  try {
    await (await caches.open(wordsCache)).put(wordsKey, new Response(JSON.stringify(words)));
  } catch {
    // Where storage is blocked or full, a closed page is rung in English.
  }
}

const trusted = (url: string) => policy?.createScriptURL(url) ?? url;

/** Subscribing needs a worker that runs already. */
function untilActive({ active, installing, waiting }: ServiceWorkerRegistration): Promise<void> {
  const worker = installing ?? waiting;
  if (active || !worker) return Promise.resolve();
  return new Promise(resolve => {
    worker.addEventListener('statechange', () => {
      if (worker.state === 'activated' || worker.state === 'redundant') resolve();
    });
  });
}

let letGo: (() => void) | undefined;

/** This tab keeps the call; if it is closed, whichever the notification opens takes it up. */
export function keep(memory: CallMemory): void {
  if (letGo || !memory.token) return;
  const until = new Promise<void>(resolve => {
    letGo = resolve;
  });
  write(memory, memory.token);
  void navigator.locks.request(lockPrefix + memory.key, () => until);
}

/** The callback is over. */
export function forget(memory: CallMemory): void {
  if (!letGo) return;
  letGo();
  letGo = undefined;
  write(memory, undefined);
}

/** Takes up the call of a tab that is closed; false when another one still has it. */
export async function takeUp(memory: CallMemory): Promise<boolean> {
  return navigator.locks.request(lockPrefix + memory.key, { ifAvailable: true }, lock => {
    const token = lock && memory.kept;
    if (!token) return false;
    // Once only: when it turns out to be over, the next tab must not come to see that again.
    write(memory, undefined);
    memory.token = token;
    memory.inCall = true;
    return true;
  });
}

const keptKey = ({ key }: CallMemory) => `${key} kept`;

function write(memory: CallMemory, token: string | undefined): void {
  try {
    if (token === undefined) localStorage.removeItem(keptKey(memory));
    else localStorage.setItem(keptKey(memory), token);
  } catch {
    // Where storage is blocked, a closed page is not taken up again.
  }
}

/** Shows the notification of a page that nobody looks at; returns how to take it away. */
export function notify(workerUrl: string, words: RingingWords, repName: string): () => void {
  const shown = show(workerUrl, words, repName);
  // Android allows them from service workers only; without one the page itself still rings.
  shown.catch(() => {});
  return () => void shown.then(takeAway => takeAway()).catch(() => {});
}

/** By the shop's service worker where it has one for us, else by the page. */
async function show(
  workerUrl: string,
  words: RingingWords,
  repName: string,
): Promise<() => Promise<void> | void> {
  const title = titleOf(words, repName);
  const options = ringingOptions(words);
  const registration =
    workerUrl && 'serviceWorker' in navigator
      ? await navigator.serviceWorker.getRegistration(new URL('.', new URL(workerUrl, location.href)).href)
      : undefined;
  if (registration?.active) {
    await registration.showNotification(title, { ...options, data: { page: location.href } });
    return async () => {
      for (const one of await registration.getNotifications({ tag: ringingTag })) one.close();
    };
  }
  const notification = new Notification(title, options);
  notification.onclick = () => {
    window.focus();
    notification.close();
  };
  return () => notification.close();
}
