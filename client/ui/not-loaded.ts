import { language } from './words.ts';

/** In no catalogue, since it is shown where none could be had. */
const sentences: Record<string, string> = {
  en: 'This page could not be loaded. Check your connection, then reload it.',
  de: 'Diese Seite konnte nicht geladen werden. Bitte prüfen Sie Ihre Verbindung, und laden Sie sie neu.',
  fr: 'Cette page n’a pas pu être chargée. Vérifiez votre connexion, puis rechargez-la.',
  es: 'No se ha podido cargar esta página. Compruebe su conexión y vuelva a cargarla.',
  ar: 'تعذّر تحميل هذه الصفحة. يُرجى التحقق من الاتصال ثم إعادة تحميلها.',
};

/** Instead of the page, whose words or code did not come. */
export function tellNotLoaded(): void {
  document.body.textContent = sentences[language]!;
}
