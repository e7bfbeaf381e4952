import { html, type SVGTemplateResult, svg } from 'lit';

/**
 * 24 x 24, drawn in lines of the current colour; decoration only, so hidden from screen readers.
 * `onward`: turned around where one reads from right to left.
 */
export const icon = (paths: SVGTemplateResult, kind = '') => html`
  <svg class="icon ${kind}" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false"
    fill="none" stroke="currentColor"
    stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round">${paths}</svg>`;

const handset = svg`<path d="M6.6 3.5h2.1c.5 0 .9.3 1 .8l.8 3.2c.1.4 0 .8-.3 1.1L8.5 10.1a13 13 0 0 0 5.4 5.4l1.5-1.7c.3-.3.7-.4 1.1-.3l3.2.8c.5.1.8.5.8 1v2.1c0 1.7-1.4 3.1-3.1 3.1C10 20.5 3.5 14 3.5 6.6c0-1.7 1.4-3.1 3.1-3.1Z"/>`;

export const icons = {
  phone: icon(handset),
  phoneDown: icon(
    svg`<path d="M3.2 14.6l.3-2c.1-.8.6-1.5 1.3-1.8a17 17 0 0 1 14.4 0c.7.3 1.2 1 1.3 1.8l.3 2c.1.8-.5 1.5-1.3 1.5h-2.7c-.6 0-1.1-.4-1.3-1l-.4-1.8a12 12 0 0 0-6.2 0l-.4 1.8c-.2.6-.7 1-1.3 1H4.5c-.8 0-1.4-.7-1.3-1.5Z"/>`,
  ),
  microphone: icon(
    svg`<rect x="9" y="3" width="6" height="11" rx="3"/><path d="M5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v3"/>`,
  ),
  microphoneOff: icon(
    svg`<path d="M9 9.5V11a3 3 0 0 0 4.6 2.5M15 11.2V6a3 3 0 0 0-5.8-1.1M5.5 11.5a6.5 6.5 0 0 0 10.3 5.3M18.5 11.5c0 .9-.2 1.8-.5 2.6M12 18v3M4 4l16 16"/>`,
  ),
  speaker: icon(
    svg`<path d="M4 9.5v5h3.5L12 18.5v-13L7.5 9.5H4ZM15.5 9a4.2 4.2 0 0 1 0 6M18 6.5a7.8 7.8 0 0 1 0 11"/>`,
    'onward',
  ),
  window: icon(
    svg`<rect x="7" y="4" width="13" height="11" rx="2"/><path d="M7 8h13M4 9v8.5A1.5 1.5 0 0 0 5.5 19H16"/>`,
  ),
  headset: icon(
    svg`<path d="M4 14v-2a8 8 0 0 1 16 0v2M4 14.5c0-.8.7-1.5 1.5-1.5H7v6H5.5A1.5 1.5 0 0 1 4 17.5v-3ZM20 14.5c0-.8-.7-1.5-1.5-1.5H17v6h1.5a1.5 1.5 0 0 0 1.5-1.5v-3ZM18.5 19c0 1.1-1.2 2-2.6 2H13"/>`,
  ),
  cup: icon(
    svg`<path d="M5 9h11v6a4 4 0 0 1-4 4H9a4 4 0 0 1-4-4V9ZM16 10.5h1.5a2.5 2.5 0 0 1 0 5H16M8.5 3c-.7.9.7 1.6 0 3M12 3c-.7.9.7 1.6 0 3"/>`,
  ),
  moon: icon(svg`<path d="M20 14.2A8.3 8.3 0 0 1 9.8 4 8.3 8.3 0 1 0 20 14.2Z"/>`),
  pen: icon(svg`<path d="M4 20l1-4.2L15.8 5a2 2 0 0 1 2.8 0l.4.4a2 2 0 0 1 0 2.8L8.2 19 4 20ZM14 7l3 3"/>`),
  check: icon(svg`<path d="M5 12.5l4.5 4.5L19 7.5"/>`),
  cross: icon(svg`<path d="M6.5 6.5l11 11M17.5 6.5l-11 11"/>`),
  chevron: icon(svg`<path d="M7 10l5 5 5-5"/>`),
  bell: icon(
    svg`<path d="M12 4a5.5 5.5 0 0 0-5.5 5.5c0 4.5-2 6-2 6h15s-2-1.5-2-6A5.5 5.5 0 0 0 12 4ZM10 19a2.1 2.1 0 0 0 4 0"/>`,
  ),
  globe: icon(
    svg`<circle cx="12" cy="12" r="8.5"/><path d="M3.5 12h17M12 3.5c5 5 5 12 0 17M12 3.5c-5 5-5 12 0 17"/>`,
  ),
  pause: icon(svg`<path d="M8.5 6v12M15.5 6v12"/>`),
  warning: icon(svg`<path d="M12 4.5l8.5 15h-17l8.5-15ZM12 10.5v4M12 17.2v.1"/>`),
  info: icon(svg`<circle cx="12" cy="12" r="8.5"/><path d="M12 11.5v4.5M12 8v.1"/>`),
  wifiOff: icon(
    svg`<path d="M4 4l16 16M5 12.5a10 10 0 0 1 4-2.3M19 12.5a10 10 0 0 0-5.2-2.6M2.5 9a14 14 0 0 1 4-2.6M21.5 9a14 14 0 0 0-10.6-3.3M8.5 16a5 5 0 0 1 7 0M12 19.5v.1"/>`,
  ),
  people: icon(
    svg`<circle cx="9" cy="8" r="3.5"/><path d="M3 19.5c.4-3.4 2.8-5.5 6-5.5s5.6 2.1 6 5.5M15.5 4.8a3.5 3.5 0 0 1 0 6.4M17 14.3c2.3.6 3.7 2.5 4 5.2"/>`,
  ),
  keyboard: icon(
    svg`<rect x="3" y="6" width="18" height="12" rx="2.5"/><path d="M7 10v.1M10.3 10v.1M13.7 10v.1M17 10v.1M8 14h8"/>`,
  ),
  out: icon(
    svg`<path d="M14 5H7.5A1.5 1.5 0 0 0 6 6.5v11A1.5 1.5 0 0 0 7.5 19H14M11 12h9M17 9l3 3-3 3"/>`,
    'onward',
  ),
  page: icon(svg`<rect x="3.5" y="5" width="17" height="14" rx="2.5"/><path d="M3.5 9h17M6.5 7v.1M9 7v.1"/>`),
  cart: icon(
    svg`<path d="M3.5 4.5h2l2.2 10.2c.1.6.7 1 1.3 1h7.7c.6 0 1.1-.4 1.3-1L19.5 8H6.5M9.5 19.5v.1M16.5 19.5v.1"/>`,
    'onward',
  ),
  external: icon(
    svg`<path d="M13.5 5H19v5.5M19 5l-8 8M10 6H7a2 2 0 0 0-2 2v9a2 2 0 0 0 2 2h9a2 2 0 0 0 2-2v-3"/>`,
    'onward',
  ),
  clock: icon(svg`<circle cx="12" cy="12" r="8.5"/><path d="M12 7.5V12l3 2"/>`),
  gear: icon(
    svg`<circle cx="12" cy="12" r="3"/><path d="M10.3 4.2l.4-1.2h2.6l.4 1.2 1.9.8 1.2-.6 1.8 1.8-.6 1.2.8 1.9 1.2.4v2.6l-1.2.4-.8 1.9.6 1.2-1.8 1.8-1.2-.6-1.9.8-.4 1.2h-2.6l-.4-1.2-1.9-.8-1.2.6-1.8-1.8.6-1.2-.8-1.9-1.2-.4v-2.6l1.2-.4.8-1.9-.6-1.2 1.8-1.8 1.2.6 1.9-.8Z"/>`,
  ),
  line: icon(svg`<path d="M4 7h16M4 12h16M4 17h10"/>`, 'onward'),
  shop: icon(
    svg`<path d="M4.5 10.5V19a1 1 0 0 0 1 1h13a1 1 0 0 0 1-1v-8.5M3.5 9l1.6-4.4c.1-.4.5-.6.9-.6h12c.4 0 .8.2.9.6L20.5 9a2.8 2.8 0 0 1-5.6.2 2.9 2.9 0 0 1-5.8 0A2.8 2.8 0 0 1 3.5 9ZM10 20v-5h4v5"/>`,
  ),
  plus: icon(svg`<path d="M12 5v14M5 12h14"/>`),
  bin: icon(svg`<path d="M5 7h14M10 7V4.5h4V7M7 7l.8 12.5h8.4L17 7M10.5 10.5v6M13.5 10.5v6"/>`),
  music: icon(
    svg`<circle cx="7" cy="17.5" r="2.5"/><circle cx="17" cy="15.5" r="2.5"/><path d="M9.5 17.5v-12l10-2v12"/>`,
  ),
  upload: icon(
    svg`<path d="M12 15.5V4.5M7.5 9L12 4.5 16.5 9M4.5 15.5V18a1.5 1.5 0 0 0 1.5 1.5h12a1.5 1.5 0 0 0 1.5-1.5v-2.5"/>`,
  ),
  play: icon(svg`<path d="M8 5.5v13l10.5-6.5L8 5.5Z"/>`),
  logo: html`
    <svg class="logo" viewBox="0 0 32 32" width="32" height="32" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="9" class="logo-back"/>
      <path d="M9 11.5A4.5 4.5 0 0 1 13.5 7h5a4.5 4.5 0 0 1 4.5 4.5v4a4.5 4.5 0 0 1-4.5 4.5H16l-4.4 4.2c-.6.6-1.6.1-1.6-.7V19.3A4.5 4.5 0 0 1 9 16Z" fill="#fff"/>
      <path d="M13.3 12.3v3.4M16 11v6M18.7 12.3v3.4" class="logo-wave" stroke-width="1.6" stroke-linecap="round"/>
    </svg>`,
} as const;
