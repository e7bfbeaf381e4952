/** Made by `npm run format` from `shared/i18n/element/en.json`. */
import type { Message } from '../message.ts';

export const label = 0 as Message<'button', object>;
export const unknown = 1 as Message<'button', object>;
export const open = 2 as Message<'button', object>;
export const busy = 3 as Message<'button', object>;
export const closed = 4 as Message<'button', object>;
export const noRep = 5 as Message<'button', object>;
export const queueFull = 6 as Message<'button', object>;
export const notSetUp = 7 as Message<'button', object>;
export const storeDown = 8 as Message<'button', object>;
export const waiting = 9 as Message<'button', { waiting: number }>;
export const waitingUpTo = 10 as Message<'button', { waiting: number; minutes: number }>;
export const busyUpTo = 11 as Message<'button', { minutes: number }>;
export const opens = 12 as Message<'button', { at: number }>;
export const loading = 13 as Message<'button', object>;
export const stuck = 14 as Message<'button', object>;
