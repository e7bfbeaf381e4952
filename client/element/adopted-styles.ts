import type { CSSResult } from 'lit';

/** Adds what was fetched later to what a shadow tree looks like, once. */
export function adopt({ adoptedStyleSheets }: ShadowRoot, { styleSheet }: CSSResult): void {
  if (styleSheet && !adoptedStyleSheets.includes(styleSheet)) adoptedStyleSheets.push(styleSheet);
}

/** After a move to another document, say that of a frame: constructed style sheets belong to one. */
export function adoptAnew(root: ShadowRoot, styles: readonly CSSResult[]): void {
  const { defaultView } = root.ownerDocument;
  if (!defaultView) return;
  root.adoptedStyleSheets = styles.map(({ cssText }) => {
    const sheet = new defaultView.CSSStyleSheet();
    sheet.replaceSync(cssText);
    return sheet;
  });
}
