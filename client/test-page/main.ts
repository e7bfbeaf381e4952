/** A page with the button of the site that the address names, for an owner's test call: language first, as on the console. */
import { tellNotLoaded } from '../ui/not-loaded.ts';
import { direction, loadWords, tag } from '../ui/words.ts';

document.documentElement.lang = tag;
document.documentElement.dir = direction;
try {
  await loadWords('test-page');
  await import('./test-page.ts');
} catch {
  tellNotLoaded();
}
