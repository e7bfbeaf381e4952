import type { Plugin, Rolldown } from 'vite';

/**
 * Names the scripts of the console in its page, so that they come side by side while the words are fetched. Vite's own way
 * is code in front of each `import()` that lists what it will need: more bytes than it is worth for pages opened later.
 */
export function preloadConsole(): Plugin {
  return {
    name: 'preload-console',
    transformIndexHtml: {
      order: 'post',
      handler(_html, { bundle, filename }) {
        if (!bundle || !filename.replaceAll('\\', '/').endsWith('console/index.html')) return [];
        return scriptsOf(bundle, 'client/console/app.ts').map(file => ({
          tag: 'link',
          attrs: { rel: 'modulepreload', href: `/${file}` },
          injectTo: 'head',
        }));
      },
    },
  };
}

/** The file of that module and all that it imports, each once. */
function scriptsOf(bundle: Rolldown.OutputBundle, module: string): string[] {
  const chunks = Object.values(bundle).filter(output => output.type === 'chunk');
  const first = chunks.find(({ facadeModuleId }) => facadeModuleId?.replaceAll('\\', '/').endsWith(module));
  if (!first) throw new Error(`The build has no file for ${module}.`);
  const files = new Set<string>();
  const add = (file: string): void => {
    if (files.has(file)) return;
    files.add(file);
    for (const next of chunks.find(({ fileName }) => fileName === file)?.imports ?? []) add(next);
  };
  add(first.fileName);
  return [...files];
}
