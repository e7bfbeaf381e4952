import type { Plugin } from 'vite';

const helper = '\0vite/preload-helper.js';

/** How the bundler wraps an `import()`, once with what is used of it and once without; where paths are relative it says to what. */
const end = String.raw`, __VITE_PRELOAD__(?:, import\.meta\.url)?\)`;
const wrappers = [
  new RegExp(
    String.raw`__vitePreload\(async \(\) => \{\s*const \{[^}]*\} = await (import\([^;]*\));\s*return \{[^}]*\};\s*\}${end}`,
    'g',
  ),
  new RegExp(String.raw`__vitePreload\(\(\) => (import\(.*?)${end}`, 'g'),
];

/**
 * A plain `import()` in the place of the helper that preloads a chunk's style sheets and dependencies first. No chunk has a
 * style sheet; the element preloads nothing, and the console's page names its scripts. That helper, and what calls it, were
 * a twentieth of what every visitor loads. Where the bundler does it otherwise, the build fails rather than grows.
 */
export function noPreloading(): Plugin {
  let used = false;
  return {
    name: 'no-preloading',
    enforce: 'pre',
    load(id) {
      used ||= id === helper;
      return id === helper ? 'export const __vitePreload = load => load();' : null;
    },
    renderChunk(code, { fileName }) {
      const plain = wrappers.reduce((text, wrapper) => text.replace(wrapper, '$1'), code);
      if (plain.includes('__VITE_PRELOAD__')) this.error(`${fileName} wraps an import() in another way.`);
      return plain === code ? null : plain;
    },
    generateBundle(_options, bundle) {
      const wrapped = Object.values(bundle).some(
        one => one.type === 'chunk' && one.code.includes('preloadError'),
      );
      if (wrapped || !used) this.error(`The bundler does not load ${helper} any more.`);
    },
  };
}
