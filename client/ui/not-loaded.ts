import { language } from './words.ts';

/** Not in a catalogue: shown where none could be had. */
const sentences: Record<string, string> = {
  en: 'This page could not be loaded. Please reload it.',
  de: 'Diese Seite konnte nicht geladen werden. Bitte laden Sie sie neu.',
  fr: 'Cette page n’a pas pu être chargée. Veuillez la recharger.',
  es: 'No se ha podido cargar esta página. Vuelva a cargarla, por favor.',
  ar: 'تعذّر تحميل هذه الصفحة. يُرجى إعادة تحميلها.',
};

/** Instead of the page, whose words or code did not come. */
export function tellNotLoaded(): void {
  document.body.textContent = sentences[language]!;
}
