/** The rep console's entry: appearance and language before anything is drawn, then the element that is the whole page. */
import { tellNotLoaded } from '../ui/not-loaded.ts';
import { applyTheme } from '../ui/theme.ts';
import { direction, loadWords, tag } from '../ui/words.ts';

applyTheme();
document.documentElement.lang = tag;
document.documentElement.dir = direction;
try {
  await loadWords('phone');
  await import('./app.ts');
} catch {
  tellNotLoaded();
}
