import type { CSSResult } from 'lit';

/**
 * Gives a shadow tree these looks and no others. After a move to another document, say that of a frame, it needs them
 * made anew: constructed style sheets belong to one.
 */
export function adopt(root: ShadowRoot, styles: readonly CSSResult[]): void {
  const { defaultView } = root.ownerDocument;
  if (!defaultView) return;
  root.adoptedStyleSheets = styles.map(({ styleSheet, cssText }) => {
    if (styleSheet && defaultView === window) return styleSheet;
    const sheet = new defaultView.CSSStyleSheet();
    sheet.replaceSync(cssText);
    return sheet;
  });
}
