import { svg, type TemplateResult } from 'lit';

const icon = (content: TemplateResult): TemplateResult => svg`
  <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">${content}</svg>`;

export const microphone = icon(svg`<rect x="9" y="3" width="6" height="11" rx="3"/>
  <path d="M5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v3M9 21h6"/>`);
export const microphoneOff = icon(svg`<path d="M9 7.5V6a3 3 0 0 1 6 0v5m-1.2 2.4A3 3 0 0 1 9 11.3V10"/>
  <path d="M5.5 11.5a6.5 6.5 0 0 0 10.8 4.9m1.9-2.7c.2-.7.3-1.4.3-2.2M12 18v3M9 21h6M4 4l16 16"/>`);
export const collapse = icon(svg`<path d="m6 9.5 6 6 6-6"/>`);
export const close = icon(svg`<path d="m6.5 6.5 11 11m0-11-11 11"/>`);
export const alert = icon(svg`<path d="M12 7.5v6"/><path d="M12 17v.01"/>`);
export const done = icon(svg`<path d="m6 12.8 4 4 8-9"/>`);
