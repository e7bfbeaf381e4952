import type { Plugin } from 'vite';

/** `from` (end of the file's path): the texts and what they become. */
const table: { from: string; changes: [text: string, becomes: string][] }[] = [
  {
    from: '@lit/reactive-element/css-tag.js',
    changes: [
      [
        'e=t.ShadowRoot&&(void 0===t.ShadyCSS||t.ShadyCSS.nativeShadow)&&"adoptedStyleSheets"in Document.prototype&&"replace"in CSSStyleSheet.prototype',
        'e=!0',
      ],
      [
        'if(e)s.adoptedStyleSheets=o.map(t=>t instanceof CSSStyleSheet?t:t.styleSheet);else for(const e of o){const o=document.createElement("style"),n=t.litNonce;void 0!==n&&o.setAttribute("nonce",n),o.textContent=e.cssText,s.appendChild(o)}',
        's.adoptedStyleSheets=o.map(t=>t instanceof CSSStyleSheet?t:t.styleSheet)',
      ],
      [
        'c=e?t=>t:t=>t instanceof CSSStyleSheet?(t=>{let e="";for(const s of t.cssRules)e+=s.cssText;return r(e)})(t):t;',
        'c=t=>t;',
      ],
      ['Error("CSSResult is not constructable. Use `unsafeCSS` or `css` instead.")', 'Error()'],
      [
        `Error("Value passed to 'css' function must be a 'css' function result: "+t+". Use 'unsafeCSS' to pass non-literal values, but take care to ensure page security.")`,
        'Error()',
      ],
    ],
  },
  {
    from: '@lit/reactive-element/reactive-element.js',
    changes: [
      [',p=a.reactiveElementPolyfillSupport', ''],
      ['p?.({ReactiveElement:y}),(a.reactiveElementVersions??=[]).push("2.1.2");', '0;'],
    ],
  },
  {
    from: 'lit-html/lit-html.js',
    changes: [
      ['B=t.litHtmlPolyfillSupport;B?.(S,k),(t.litHtmlVersions??=[]).push("3.3.3");', 'B=0;'],
      ['Error("invalid template strings array")', 'Error()'],
    ],
  },
  {
    from: 'lit-element/lit-element.js',
    changes: [
      ['s.litElementHydrateSupport?.({LitElement:i});', '0;'],
      ['const o=s.litElementPolyfillSupport;o?.({LitElement:i});', ''],
      ['(s.litElementVersions??=[]).push("4.2.2");', ''],
    ],
  },
];

/**
 * Lit without what is for browsers that cannot run ours anyway, for drawing on a server, and for noticing a second Lit
 * while developing. Where upstream changes such a text, the build fails rather than grows.
 */
export function slimLit(): Plugin {
  return {
    name: 'slim-lit',
    enforce: 'pre',
    transform(code, id) {
      const file = id.replaceAll('\\', '/');
      const changes = table.find(({ from }) => file.endsWith(`/node_modules/${from}`))?.changes;
      if (!changes) return null;
      return changes.reduce((slim, [text, becomes]) => {
        if (!slim.includes(text)) this.error(`${file} changed: it has no ${text}`);
        return slim.replace(text, () => becomes);
      }, code);
    },
  };
}
