import type { Plugin } from 'vite';

const helper = '\0vite/preload-helper.js';

/**
 * A plain `import()` in the place of the helper that preloads a chunk's style sheets and dependencies first. The element
 * has no style sheets, and preloads nothing: that helper was a twentieth of what every visitor loads.
 * Where the bundler does it otherwise, the build fails rather than grows.
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
    generateBundle(_options, bundle) {
      const wrapped = Object.values(bundle).some(
        one => one.type === 'chunk' && one.code.includes('preloadError'),
      );
      if (wrapped || !used) this.error(`The bundler does not load ${helper} any more.`);
    },
  };
}
