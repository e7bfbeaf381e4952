import type { Spoken } from './spoken-words.ts';

export const spoken: Spoken = {
  greeting: 'Merci de patienter.',
  next: 'C’est bientôt à vous : vous êtes en tête de la file.',
  place: place => `Vous êtes en position ${place} dans la file d’attente.`,
  placeMore: 'Il y a encore au moins 9 personnes avant vous.',
  waitMinute: 'Nous pensons vous répondre d’ici une minute.',
  wait: minutes => `Nous pensons vous répondre d’ici ${minutes} minutes.`,
  waitMore: 'L’attente peut dépasser 20 minutes.',
};
