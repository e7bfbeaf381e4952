import type { Plugin } from 'vite';

/** Takes the indentation out of Lit styles, which no minifier touches since they are strings: `*styles.ts`. */
export function squeezeStyles(): Plugin {
  return {
    name: 'squeeze-styles',
    enforce: 'pre',
    transform(code, id) {
      if (!/styles\.ts$/.test(id)) return null;
      return code.replace(/(css|unsafeCSS\()`[^`]*`/g, text =>
        text
          .replace(/\/\*.*?\*\//gs, '')
          .replace(/\s+/g, ' ')
          .replace(/ ?([{};,]) ?/g, '$1'),
      );
    },
  };
}
