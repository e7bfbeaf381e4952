import type { Plugin } from 'vite';
import { consoleLanguages, fileOfPart, groupExpression, groups, partsOf } from '../i18n/console.ts';

/** In `client/ui/words.ts`. */
const placeholder = '__consoleWords__';

const prefix = 'console-words-';
/** A file name of the build is made of the module's. */
const moduleOf = (group: string, language: string) => `${prefix}${group}-${language}`;

/** Compiles the catalogues of console and settings: a chunk for each language and group, fetched when it is asked for. */
export function consoleWords(): Plugin {
  return {
    name: 'console-words',
    enforce: 'pre',
    resolveId(id) {
      return id.startsWith(prefix) ? id : null;
    },
    load(id) {
      const [, group, language] = /^console-words-(.+)-(\w+)$/.exec(id) ?? [];
      if (!group || !language) return null;
      for (const part of partsOf(group))
        for (const from of ['en', language]) this.addWatchFile(fileOfPart(from, group, part));
      return `export default ${groupExpression(language, group)};`;
    },
    transform(code, id) {
      if (!id.replaceAll('\\', '/').endsWith('client/ui/words.ts')) return null;
      const table = consoleLanguages().map(language => {
        const fetched = groups().map(
          group => `${JSON.stringify(group)}:()=>import(${JSON.stringify(moduleOf(group, language))})`,
        );
        return `${language}:{${fetched.join()}}`;
      });
      return code
        .replace(/declare const __\w+: [^;]+;/g, '')
        .replaceAll(placeholder, () => `{${table.join()}}`);
    },
  };
}
