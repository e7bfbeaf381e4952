/** What of a page's HTML decides whether the button works on it. Pure. */
import { type DefaultTreeAdapterTypes, html, parse } from 'parse5';

type Element = DefaultTreeAdapterTypes.Element;

/** The button's script, or one that puts it into the page. `nonce`: what a policy may allow it by; empty for none. */
type ScriptTag = { src: URL; nonce: string };
type InlineScript = { text: string; nonce: string };

export type PageParts = {
  /** Script tags of a button, of whichever server. */
  scripts: ScriptTag[];
  /** Scripts in the page itself that load one, as code for tag managers does. */
  loaders: InlineScript[];
  /** The `site` of each button's tag; null where it has none. */
  tags: (string | null)[];
  /** Of `<meta http-equiv="Content-Security-Policy">`. */
  policies: string[];
};

/** The file that shops load. */
export const scriptPath = '/talk-to-us.js';

/** @param url where the page is, for what it names relatively */
export function readParts(text: string, url: URL): PageParts {
  const parts: PageParts = { scripts: [], loaders: [], tags: [], policies: [] };
  let base = url;
  for (const element of elementsOf(parse(text))) {
    const attribute = (name: string) => element.attrs.find(one => one.name === name)?.value ?? null;
    switch (element.tagName) {
      case 'base':
        base = URL.parse(attribute('href') ?? '', url) ?? base;
        break;
      case 'meta':
        if (attribute('http-equiv')?.toLowerCase() === 'content-security-policy')
          parts.policies.push(attribute('content') ?? '');
        break;
      case 'script': {
        const nonce = attribute('nonce') ?? '';
        const src = attribute('src');
        const at = src === null ? null : URL.parse(src.trim(), base);
        if (at?.pathname.endsWith(scriptPath)) parts.scripts.push({ src: at, nonce });
        const inside = src === null ? textOf(element) : '';
        if (inside.includes(scriptPath)) parts.loaders.push({ text: inside, nonce });
        break;
      }
      case 'talk-to-us':
        parts.tags.push(attribute('site')?.trim() || null);
        break;
    }
  }
  return parts;
}

/** In the order of the page, by a list instead of calls within calls: a page may be nested as deep as it is long. */
function* elementsOf(document: DefaultTreeAdapterTypes.Document): Generator<Element> {
  const ahead: DefaultTreeAdapterTypes.ChildNode[] = document.childNodes.toReversed();
  for (let node = ahead.pop(); node; node = ahead.pop()) {
    if (!('tagName' in node)) continue;
    if (node.namespaceURI === html.NS.HTML) yield node;
    // What is in a template stands in no page.
    for (let i = node.childNodes.length - 1; i >= 0; i--) ahead.push(node.childNodes[i]!);
  }
}

const textOf = ({ childNodes }: Element): string =>
  childNodes.map(node => ('value' in node ? node.value : '')).join('');
