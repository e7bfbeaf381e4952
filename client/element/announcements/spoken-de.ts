import type { Spoken } from './spoken-words.ts';

export const spoken: Spoken = {
  greeting: 'Danke, dass Sie warten.',
  next: 'Sie sind als Nächstes an der Reihe.',
  place: place => `Sie sind auf Platz ${place} in der Warteschlange.`,
  placeMore: 'Vor Ihnen warten noch mindestens 9 Personen.',
  waitMinute: 'Voraussichtlich sind wir in spätestens einer Minute für Sie da.',
  wait: minutes => `Voraussichtlich sind wir in spätestens ${minutes} Minuten für Sie da.`,
  waitMore: 'Es kann länger als 20 Minuten dauern.',
};
