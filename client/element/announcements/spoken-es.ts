import type { Spoken } from './spoken-words.ts';

export const spoken: Spoken = {
  greeting: 'Gracias por esperar.',
  next: 'Usted es la siguiente persona de la fila.',
  place: place => `Está en el puesto ${place} de la fila.`,
  placeMore: 'Todavía hay al menos 9 personas antes que usted.',
  waitMinute: 'Esperamos atenderle en menos de un minuto.',
  wait: minutes => `Esperamos atenderle en menos de ${minutes} minutos.`,
  waitMore: 'La espera puede superar los 20 minutos.',
};
