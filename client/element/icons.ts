import { svg, type TemplateResult } from 'lit';

const icon = (content: TemplateResult): TemplateResult => svg`
  <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">${content}</svg>`;

const handset = svg`<path
  d="M6.4 3.6h2a1 1 0 0 1 1 .7l1 3a1 1 0 0 1-.3 1.1L8.6 9.7a12.5 12.5 0 0 0 5.7 5.7l1.3-1.5a1 1 0 0 1 1.1-.3l3 1a1 1 0 0 1 .7 1v2a2.7 2.7 0 0 1-2.9 2.7A15.9 15.9 0 0 1 3.7 6.5a2.7 2.7 0 0 1 2.7-2.9z"/>`;

/** A handset; turned by CSS it also hangs up. */
export const phone = icon(handset);

/** Nobody would answer. */
export const phoneOff = icon(svg`${handset}<path d="M20 4 4 20"/>`);
