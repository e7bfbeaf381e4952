import { createHash } from 'node:crypto';
import type { Plugin } from 'vite';
import { languages } from '../../shared/i18n/languages.ts';
import { faces } from '../../shared/i18n/message.ts';
import { fileOf, readCatalogue } from '../i18n/catalogues.ts';
import { compile, expressionOf } from '../i18n/compile.ts';

/** In `client/element/vocabulary.ts`, the second in `client/admin/queue/announcement-script.ts` too. */
const button = '__englishButton__';
const version = '__wordsVersion__';

/** In `client/element/callback/service-worker.ts`. */
const ringing = '__englishRinging__';

/** Puts the words of a notification into the script of the shop's service worker, for where the page left none. */
export function ringingWords(): Plugin {
  return {
    name: 'ringing-words',
    enforce: 'pre',
    transform(code, id) {
      if (!id.replaceAll('\\', '/').endsWith('callback/service-worker.ts')) return null;
      const english = readCatalogue('en');
      const words = { title: english['callback.ringing'], detail: english['callback.ringingDetail'] };
      const text = JSON.stringify({ ...words, lang: 'en', dir: 'ltr' });
      return code.replace(/declare const __\w+: [^;]+;/g, '').replace(ringing, () => text);
    },
  };
}

/** What the files with the words of this build have in their names, and what is in them. */
function compiled() {
  const english = readCatalogue('en');
  const files = languages.flatMap(language =>
    faces.map(face => [`${face}-${language}`, compile(readCatalogue(language), face, english)] as const),
  );
  const hash = createHash('sha256').update(files.flat().join('\n')).digest('base64url').slice(0, 7);
  // The letter marks it as a name that its content decides, see `server/http/static-files.ts`.
  return { files, hash: `V${hash}`, button: expressionOf(english, 'button', english) };
}

/** Puts in by what name the settings fetch the words of announcements, which the build of the element has written. */
export function wordsBeside(): Plugin {
  return {
    name: 'words-beside',
    enforce: 'pre',
    transform(code, id) {
      if (!id.replaceAll('\\', '/').endsWith('client/admin/queue/announcement-script.ts')) return null;
      for (const language of languages) this.addWatchFile(fileOf(language));
      return code
        .replace(/declare const __\w+: [^;]+;/g, '')
        .replace(version, () => JSON.stringify(compiled().hash));
    },
  };
}

/**
 * Compiles the catalogues of the element: a file for each language and face, `assets/words-<face>-<language>-<version>.js`.
 * All names end alike, or the element would have to bring a hundred and sixty hashes along. The button in English is
 * put into the element's own script.
 */
export function words(): Plugin {
  let built: ReturnType<typeof compiled>;
  let used = 0;
  return {
    name: 'words',
    enforce: 'pre',
    buildStart() {
      built = compiled();
      used = 0;
      for (const language of languages) this.addWatchFile(fileOf(language));
    },
    transform(code, id) {
      if (!id.replaceAll('\\', '/').endsWith('client/element/vocabulary.ts')) return null;
      used++;
      return code
        .replace(/declare const __\w+: [^;]+;/g, '')
        .replace(button, () => built.button)
        .replace(version, () => JSON.stringify(built.hash));
    },
    generateBundle(_options, bundle) {
      const entry = Object.values(bundle).find(one => one.type === 'chunk' && one.isEntry);
      if (used !== 1 || entry?.type !== 'chunk' || !entry.code.includes(built.hash))
        this.error('The words are not in the script of the element.');
      for (const [name, source] of built.files)
        this.emitFile({ type: 'asset', fileName: `assets/words-${name}-${built.hash}.js`, source });
    },
  };
}
