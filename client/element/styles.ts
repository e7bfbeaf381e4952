import { css } from 'lit';

/**
 * The button and what it shares with the panel. Loaded for every visitor, so kept small.
 *
 * @csspart button - the button; `badge`, `label`, `reach` inside it
 * @csspart panel - the call window; `header`, `title`, `collapse`, `body`, `figure`, `headline`, `estimate`,
 *   `timer`, `detail`, `announcements`, `notice`, `controls`, `mute`, `hang-up`, `leave`, `cancel`, `again`, `close` inside it
 *
 * @cssprop --talk-to-us-accent - main colour; with `--talk-to-us-on-accent` for what is written on it
 * @cssprop --talk-to-us-surface - background; with `--talk-to-us-ink` for text
 * @cssprop --talk-to-us-font - font family
 * @cssprop --talk-to-us-radius - corners of the panel
 * @cssprop --talk-to-us-edge - distance to the edge of the window
 * @cssprop --talk-to-us-layer - z-index of the button, which without it is in the browser's top layer
 *
 * Nothing of the page's looks may come in: `:host` stops what the page hands down, and what is directly below begins
 * anew once more, because a rule of the page with `!important` reaches the host itself. Only `visibility` is the page's.
 * The direction of writing is that of the language that is shown.
 */
export const styles = css`
  :host { all: initial; direction: ltr; display: inline-flex; }
  :host > * {
    all: initial;
    direction: ltr;
    visibility: inherit;
    --surface: var(--talk-to-us-surface, #fff);
    --ink: var(--talk-to-us-ink, #14211b);
    --muted: #55645c;
    --line: #e1e8e4;
    --field: #f2f6f4;
    --accent: var(--talk-to-us-accent, var(--own-accent, #0b7657));
    --on-accent: var(--talk-to-us-on-accent, var(--readable));
    --shadow: 0 1px 2px #0d2a1e14, 0 18px 48px -12px #0d2a1e47;
    --edge: var(--talk-to-us-edge, var(--own-edge, 20px));
    --bottom: var(--talk-to-us-edge, var(--own-bottom, 20px));
    font: 400 15px/1.45 var(--talk-to-us-font, -apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif);
    color: var(--ink);
    color-scheme: light;
    -webkit-font-smoothing: antialiased;
  }
  :host > [dir='rtl'] { direction: rtl; }
  :host([data-look='dark']) > * {
    --surface: var(--talk-to-us-surface, #1a231f);
    --ink: var(--talk-to-us-ink, #eef4f0);
    --muted: #a8b8af;
    --line: #33413a;
    --field: #26312c;
    --accent: var(--talk-to-us-accent, var(--own-accent, #46d3a0));
    --shadow: 0 1px 2px #0006, 0 18px 48px -12px #000c;
    color-scheme: dark;
  }
  :host([hidden]), [hidden] { display: none !important; }

  *, *::before { box-sizing: border-box; }
  button {
    font: inherit;
    color: inherit;
    border: 0;
    margin: 0;
    cursor: pointer;
    touch-action: manipulation;
    -webkit-tap-highlight-color: transparent;
  }
  button:focus-visible, [part='panel']:focus-visible {
    outline: 3px solid var(--accent);
    outline-offset: 3px;
  }
  .icon {
    inline-size: 1em;
    block-size: 1em;
    flex: none;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.9;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .quiet { background: var(--accent); }
  .quiet, .bare [part='badge'] + span {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  [part='button'] {
    display: inline-flex;
    align-items: center;
    gap: 12px;
    min-block-size: 56px;
    max-inline-size: calc(100vw - 2 * var(--edge));
    padding: 8px;
    padding-inline-end: 22px;
    border-radius: var(--corner, 28px);
    background: var(--surface);
    border: 1px solid var(--line);
    box-shadow: var(--shadow);
    text-align: start;
    transition: transform 0.18s ease, box-shadow 0.18s ease;
  }
  [part='button'][popover] {
    position: fixed;
    z-index: var(--talk-to-us-layer, 2147483000);
    inset-block-end: calc(var(--bottom) + env(safe-area-inset-bottom, 0px));
    inset-inline: var(--start, auto) var(--end, var(--edge));
  }
  [part='button']:hover { transform: translateY(-2px); }
  [part='button']:active { transform: none; }
  .bare { min-block-size: 0; padding: 7px; }
  [part='badge'] {
    position: relative;
    display: grid;
    place-items: center;
    flex: none;
    inline-size: 40px;
    block-size: 40px;
    border-radius: var(--badge, 50%);
    background: var(--accent);
    color: var(--on-accent);
    font-size: 21px;
  }
  img {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
    border-radius: inherit;
    object-fit: cover;
  }
  [part='badge'] img { object-fit: contain; background: #fff; }
  .away [part='badge'] { background: var(--field); color: var(--muted); }
  [part='badge'] + span { min-inline-size: 0; }
  [part='label'], [part='reach'] { display: block; overflow-wrap: anywhere; text-wrap: balance; }
  [part='label'] { font-weight: 650; line-height: 1.25; letter-spacing: -0.01em; }
  [part='reach'] { font-size: 13px; line-height: 1.35; color: var(--muted); font-variant-numeric: tabular-nums; }
  .dot {
    display: inline-block;
    inline-size: 8px;
    block-size: 8px;
    margin-inline-end: 6px;
    border-radius: 50%;
    background: var(--accent);
  }
  .dot.away { background: none; box-shadow: inset 0 0 0 2px var(--muted); }
  .busy .icon { animation: wait 1s ease-in-out infinite alternate; }
  @keyframes wait { to { opacity: 0.35; } }

  @media (prefers-reduced-motion: reduce) {
    *, *::before, *::after { animation: none !important; transition: none !important; }
  }
  @media (forced-colors: active) {
    [part='button'] { border-color: ButtonBorder; }
    [part='badge'] { border: 1px solid; }
    .dot { background: Highlight; forced-color-adjust: none; }
  }
`;
