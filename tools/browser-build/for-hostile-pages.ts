import { join, posix } from 'node:path';
import type { Plugin } from 'vite';

const trustedTypes = join(import.meta.dirname, '../../client/element/trusted-types.ts');

/** What `built-ins.ts` gives. */
const names = [
  ...['Array', 'Boolean', 'CustomEvent', 'Date', 'Error', 'Intl', 'JSON', 'Map', 'Math', 'Number', 'Object'],
  ...[
    'Promise',
    'Reflect',
    'RegExp',
    'Set',
    'String',
    'Symbol',
    'TypeError',
    'URL',
    'WeakMap',
    'performance',
  ],
];
const mentioned = (code: string) =>
  names.filter(name => new RegExp(`(?<![.\\w$])${name}\\b`).test(code)).join();

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
 *
 * @param builtIns the built file, relative to the output
 */
export function forHostilePages(builtIns: string): Plugin {
  return {
    name: 'for-hostile-pages',
    enforce: 'pre',
    transform(code, id) {
      const file = id.replaceAll('\\', '/');
      let changed = code;
      for (const { from, text, becomes, before = '' } of changes) {
        if (!file.endsWith(from)) continue;
        if (!changed.includes(text)) this.error(`${from} changed: it has no ${text}`);
        changed = before + changed.replace(text, () => becomes);
      }
      return changed === code ? null : changed;
    },
    // Whole chunks: with libraries of every kind in them, and with what the bundler adds itself.
    renderChunk(code, { fileName }) {
      const used = mentioned(code);
      const path = posix.relative(posix.dirname(fileName), builtIns);
      return used === '' ? null : `import{${used}}from"${path.startsWith('.') ? path : `./${path}`}";${code}`;
    },
  };
}
