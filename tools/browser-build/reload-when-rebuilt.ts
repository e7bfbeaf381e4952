import type { Plugin } from 'vite';

/** Runs in the page: asks for the build's number every second, and reloads when it is another one. */
const script = `
let known;
setInterval(async () => {
  try {
    const now = await (await fetch('/assets/build-number.txt', { cache: 'no-store' })).text();
    if (known !== undefined && now !== known) location.reload();
    known = now;
  } catch {}
}, 1000);
`;

/** For development only: pages reload by themselves after a build. Needs nothing of the server. */
export function reloadWhenRebuilt(): Plugin {
  return {
    name: 'reload-when-rebuilt',
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: 'assets/reload.js', source: script });
      this.emitFile({ type: 'asset', fileName: 'assets/build-number.txt', source: String(Date.now()) });
    },
    transformIndexHtml() {
      return [{ tag: 'script', attrs: { type: 'module', src: '/assets/reload.js' }, injectTo: 'head' }];
    },
  };
}
