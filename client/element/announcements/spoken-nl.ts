import type { Spoken } from './spoken-words.ts';

export const spoken: Spoken = {
  greeting: 'Bedankt voor het wachten.',
  next: 'U bent als volgende aan de beurt.',
  place: place => `U bent nummer ${place} in de wachtrij.`,
  placeMore: 'Er zijn nog minstens 9 mensen voor u.',
  waitMinute: 'We verwachten u binnen een minuut te woord te staan.',
  wait: minutes => `We verwachten u binnen ${minutes} minuten te woord te staan.`,
  waitMore: 'Het kan langer dan 20 minuten duren.',
};
