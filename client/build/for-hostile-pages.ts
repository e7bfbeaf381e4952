import { join } from 'node:path';
import type { Plugin } from 'vite';

const builtIns = join(import.meta.dirname, 'built-ins.ts');
const trustedTypes = join(import.meta.dirname, '../talk-to-us/trusted-types.ts');

const names = ['JSON', 'Map', 'Set', 'WeakMap', 'URL', 'CustomEvent', 'Promise'];
const mentioned = (code: string) => names.filter(name => new RegExp(`\\b${name}\\b`).test(code)).join();

/** `from` (end of the file's path): the text and what it becomes. */
type Change = { from: string; text: string; becomes: string; before?: string };

const changes: Change[] = [
  // A policy of our own name: a shop that has Lit itself has made this one, and only one is allowed.
  {
    from: 'lit-html/lit-html.js',
    text: 's?s.createPolicy("lit-html",{createHTML:t=>t}):void 0',
    becomes: 'ownPolicy',
    before: `import { policy as ownPolicy } from ${JSON.stringify(trustedTypes)};\n`,
  },
  // Translators put elements in the place of texts; then the text is made anew rather than set where nobody reads it.
  {
    from: 'lit-html/lit-html.js',
    text: 'a(this._$AH)?this._$AA.nextSibling.data=t',
    becomes: 'a(this._$AH)&&3===this._$AA.nextSibling?.nodeType?this._$AA.nextSibling.data=t',
  },
  // Old versions of Prototype have another `reduce`.
  {
    from: 'sdp-transform/lib/parser.js',
    text: 'return str.split(/;\\s?/).reduce(paramReducer, {});',
    becomes: 'const all = {}; for (const one of str.split(/;\\s?/)) paramReducer(all, one); return all;',
  },
];

/**
 * Our code and libraries as they have to be on pages of others: with built-ins of their own, see `built-ins.ts`, and a
 * few changes. Where upstream changes such a text, the build fails. See decision 0075.
 */
export function forHostilePages(): Plugin {
  return {
    name: 'for-hostile-pages',
    enforce: 'pre',
    transform(code, id) {
      const file = id.replaceAll('\\', '/');
      if (file === builtIns || !/\.[jt]s$/.test(file)) return null;
      let changed = code;
      for (const { from, text, becomes, before = '' } of changes) {
        if (!file.endsWith(from)) continue;
        if (!changed.includes(text)) this.error(`${from} changed: it has no ${text}`);
        changed = before + changed.replace(text, () => becomes);
      }
      const library = file.includes('/node_modules/');
      // Prototype and MooTools have another `from`, which takes no iterators.
      if (library) changed = changed.replace(/\bArray\.from\(([^()]*(?:\(\))?)\)/g, '[...$1]');
      const used = mentioned(changed);
      if (used === '') return changed;
      // What a library asks for with `require` must not import either, or the bundler delays all that is imported.
      return /small-emitter\.ts$/.test(file) || (library && /\bexports\./.test(code))
        ? `const {${used}} = globalThis[Symbol.for('talk-to-us')];${changed}`
        : `import {${used}} from ${JSON.stringify(builtIns)};${changed}`;
    },
  };
}
