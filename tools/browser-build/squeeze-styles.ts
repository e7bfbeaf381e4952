import type { Plugin } from 'vite';

/** Takes the indentation out of Lit styles, which no minifier touches since they are strings. */
export function squeezeStyles(): Plugin {
  return {
    name: 'squeeze-styles',
    enforce: 'pre',
    transform(code, id) {
      if (!/\/client\/.*\.ts$/.test(id) || !/(css|unsafeCSS\()`/.test(code)) return null;
      return code.replace(/(css|unsafeCSS\()`[^`]*`/g, text =>
        text
          .replace(/\/\*.*?\*\//gs, '')
          .replace(/\s+/g, ' ')
          .replace(/ ?([{};,]) ?/g, '$1'),
      );
    },
  };
}
