/** Made by `npm run format` from `shared/i18n/element/en.json`. */
import type { Message } from '../message.ts';

export const mute = 0 as Message<'spoken', object>;
export const speak = 1 as Message<'spoken', object>;
export const greeting = 2 as Message<'spoken', object>;
export const next = 3 as Message<'spoken', object>;
export const place = 4 as Message<'spoken', { place: number }>;
export const placeMore = 5 as Message<'spoken', object>;
export const waitMinute = 6 as Message<'spoken', object>;
export const wait = 7 as Message<'spoken', { minutes: number }>;
export const waitMore = 8 as Message<'spoken', object>;
