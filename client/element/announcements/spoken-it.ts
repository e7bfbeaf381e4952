import type { Spoken } from './spoken-words.ts';

export const spoken: Spoken = {
  greeting: 'Grazie per l’attesa.',
  next: 'Il prossimo turno è il suo.',
  place: place => `Si trova in posizione ${place} nella coda.`,
  placeMore: 'Ci sono ancora almeno 9 persone prima di lei.',
  waitMinute: 'Contiamo di risponderle entro un minuto.',
  wait: minutes => `Contiamo di risponderle entro ${minutes} minuti.`,
  waitMore: 'L’attesa può superare i 20 minuti.',
};
