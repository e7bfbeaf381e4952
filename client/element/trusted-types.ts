import { diagnosis } from './load-diagnosis.ts';

type Policy = { createHTML(html: string): string; createScriptURL(url: string): string };
type Policies = { createPolicy(name: string, policy: Policy): Policy };

/**
 * The one policy that the element needs where a page enforces Trusted Types: for its own templates (the build gives
 * it to Lit in place of one that a shop with Lit has made already) and for the shop's own service worker.
 * `undefined` where a browser has none, or the page's policy allows none of this name.
 */
export const policy = makePolicy();

function makePolicy(): Policy | undefined {
  const same = (text: string) => text;
  try {
    return (globalThis as { trustedTypes?: Policies }).trustedTypes?.createPolicy('talk-to-us', {
      createHTML: same,
      createScriptURL: same,
    });
  } catch {
    diagnosis(({ explainTrustedTypes }) => explainTrustedTypes());
    return undefined;
  }
}
