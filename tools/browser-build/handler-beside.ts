import type { Plugin } from 'vite';

/** In `client/element/fetch-in-call.ts`. */
const placeholder = '__chromiumHandler__';

/**
 * Puts the address of Chromium's handler, relative to the element's own script, where the element fetches it side by side
 * with the voice code. An `import()` that the bundler sees would take what both use into a third file, which each would
 * find out about only when it is there.
 */
export function handlerBeside(): Plugin {
  return {
    name: 'handler-beside',
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter(one => one.type === 'chunk');
      const handler = chunks.find(({ facadeModuleId }) =>
        facadeModuleId?.replaceAll('\\', '/').endsWith('/handlers/Chrome111.js'),
      );
      const asking = chunks.filter(({ code }) => code.includes(placeholder));
      const [entry] = asking;
      if (!handler || !entry?.isEntry || asking.length > 1)
        this.error(`${placeholder} has no handler, or is not in the element's own script.`);
      entry.code = entry.code.replace(placeholder, () => JSON.stringify(`./${handler.fileName}`));
    },
  };
}
