import { css } from 'lit';

/** The panel; arrives with the voice code. */
export const panelStyles = css`
  :host > * {
    --danger: #c42f3a;
    --on-danger: #fff;
    --warn: #fff3db;
    --warn-ink: #714600;
    --radius: var(--talk-to-us-radius, 22px);
  }
  :host([data-look='dark']) > * {
    --danger: #ff7a7d;
    --on-danger: #2c0507;
    --warn: #33280f;
    --warn-ink: #ffd690;
  }
  [part='panel'] {
    position: fixed;
    z-index: var(--talk-to-us-layer, 2147483000);
    inset-block-end: calc(var(--bottom) + env(safe-area-inset-bottom, 0px));
    inset-inline: var(--start, auto) var(--end, var(--edge));
    display: flex;
    flex-direction: column;
    inline-size: 360px;
    max-block-size: calc(100dvh - 2 * var(--edge));
    overflow: hidden;
    box-sizing: border-box;
    border: 1px solid var(--line);
    border-radius: var(--radius);
    background: var(--surface);
    color: var(--ink);
    box-shadow: var(--shadow);
    animation: rise 0.28s cubic-bezier(0.2, 0.9, 0.3, 1);
  }
  [part='panel']:focus { outline: none; }
  @keyframes rise { from { opacity: 0; transform: translateY(16px) scale(0.985); } }

  [part='header'] {
    display: flex;
    align-items: center;
    gap: 10px;
    padding: 14px 14px 0 20px;
    padding-inline: 20px 14px;
  }
  [part='title'] {
    flex: 1;
    min-inline-size: 0;
    margin: 0;
    font-size: 14px;
    font-weight: 600;
    color: var(--muted);
    overflow-wrap: anywhere;
  }
  .small {
    display: grid;
    place-items: center;
    inline-size: 36px;
    block-size: 36px;
    padding: 0;
    border-radius: 50%;
    background: none;
    color: var(--muted);
    font-size: 20px;
  }
  .small:hover { background: var(--field); color: var(--ink); }

  [part='body'] {
    display: flex;
    flex-direction: column;
    align-items: center;
    min-block-size: 0;
    padding: 4px 24px 2px;
    overflow: auto;
    overscroll-behavior: contain;
    text-align: center;
    text-wrap: balance;
  }
  .stage {
    position: relative;
    display: grid;
    place-items: center;
    inline-size: 96px;
    block-size: 96px;
    flex: none;
    margin: 22px 0 24px;
  }
  [part='figure'] {
    position: relative;
    display: grid;
    place-items: center;
    inline-size: 88px;
    block-size: 88px;
    border-radius: 50%;
    background: var(--accent);
    color: var(--on-accent);
    font-size: 36px;
    font-weight: 650;
    letter-spacing: -0.02em;
    line-height: 1;
    font-variant-numeric: tabular-nums;
  }
  [part='figure'] small { font-size: 20px; font-weight: 600; opacity: 0.85; }
  .stage.calm [part='figure'] { background: var(--field); color: var(--accent); }
  .stage.warn [part='figure'] { background: var(--warn); color: var(--warn-ink); }

  .ripple {
    position: absolute;
    inset: 4px;
    border-radius: 50%;
    border: 2px solid var(--accent);
    opacity: 0;
    animation: ripple 3s cubic-bezier(0.2, 0.6, 0.4, 1) infinite;
  }
  .ripple + .ripple { animation-delay: 1.5s; }
  @keyframes ripple { 0% { opacity: 0.55; transform: scale(1); } 100% { opacity: 0; transform: scale(1.5); } }
  .orbit {
    position: absolute;
    inset: -3px;
    border-radius: 50%;
    border: 3px solid transparent;
    border-block-start-color: var(--accent);
    animation: orbit 1s linear infinite;
  }
  @keyframes orbit { to { transform: rotate(1turn); } }
  .ringing [part='figure'] .icon { animation: ring 0.9s ease-in-out infinite; }
  @keyframes ring { 0%, 60%, 100% { transform: none; } 10%, 30%, 50% { transform: rotate(-13deg); } 20%, 40% { transform: rotate(13deg); } }
  .halo {
    position: absolute;
    inset: 4px;
    border-radius: 50%;
    background: var(--accent);
    opacity: 0.2;
    transform: scale(calc(1 + var(--level, 0) * 0.42));
    transition: transform 0.12s linear;
  }

  [part='headline'] { margin: 0; font-size: 21px; font-weight: 680; line-height: 1.25; letter-spacing: -0.018em; overflow-wrap: anywhere; }
  [part='detail'] { margin: 8px 0 0; max-inline-size: 290px; color: var(--muted); }
  [part='timer'] { margin: 6px 0 0; font-size: 17px; color: var(--muted); font-variant-numeric: tabular-nums; }
  [part='estimate'] {
    display: inline-flex;
    align-items: center;
    gap: 8px;
    margin: 14px 0 0;
    padding: 6px 14px;
    border-radius: 999px;
    background: var(--field);
    font-size: 14px;
    font-weight: 550;
  }
  [part='announcements'] { margin: 12px 0 0; padding: 5px 10px; border-radius: 8px; background: none; color: var(--muted); font-size: 13px; text-decoration: underline; }
  .promise { margin: 14px 0 0; font-size: 13px; color: var(--muted); }

  .waves { display: flex; align-items: center; justify-content: center; gap: 4px; block-size: 28px; margin: 14px 0 0; }
  .waves i {
    inline-size: 4px;
    block-size: calc(4px + 24px * var(--level, 0));
    border-radius: 2px;
    background: var(--accent);
    transition: block-size 0.1s linear;
  }

  [part='notice'] {
    display: flex;
    flex-direction: column;
    align-items: center;
    gap: 10px;
    inline-size: 100%;
    margin: 18px 0 0;
    padding: 11px 14px;
    border-radius: 14px;
    background: var(--warn);
    color: var(--warn-ink);
    font-size: 14px;
  }
  [part='notice'] button { padding: 8px 16px; border-radius: 999px; border: 1.5px solid; background: none; font-weight: 600; }

  [part='controls'] { display: flex; flex-wrap: wrap; justify-content: center; gap: 12px; padding: 24px; }
  .wide {
    flex: 1 0 auto;
    max-inline-size: 100%;
    min-block-size: 48px;
    padding: 10px 20px;
    border-radius: 24px;
    font-weight: 620;
    background: var(--field);
    transition: filter 0.15s ease;
  }
  .wide.main { background: var(--accent); color: var(--on-accent); }
  .wide:hover, .round:hover span { filter: brightness(0.95); }
  .round { display: grid; justify-items: center; gap: 8px; min-inline-size: 84px; padding: 0; background: none; font-size: 13px; font-weight: 550; border-radius: 16px; }
  .round span {
    display: grid;
    place-items: center;
    inline-size: 60px;
    block-size: 60px;
    border-radius: 50%;
    background: var(--field);
    font-size: 26px;
    transition: background 0.15s ease, color 0.15s ease;
  }
  .round[aria-pressed='true'] span { background: var(--ink); color: var(--surface); }
  [part='hang-up'] span { background: var(--danger); color: var(--on-danger); }
  [part='hang-up'] .icon { transform: rotate(135deg); }

  .footer { margin: 0; }
  ::slotted([slot='footer']), .footer { display: block; padding: 12px 20px; border-block-start: 1px solid var(--line); font-size: 12.5px; color: var(--muted); text-align: center; }

  @media (max-width: 480px) {
    [part='panel'] {
      inset-inline: 0;
      inset-block-end: 0;
      inline-size: auto;
      max-block-size: 92dvh;
      border-end-start-radius: 0;
      border-end-end-radius: 0;
      border-inline: 0;
      border-block-end: 0;
      padding-block-end: env(safe-area-inset-bottom, 0px);
      animation-name: sheet;
    }
    @keyframes sheet { from { transform: translateY(100%); } }
  }
  @media (max-height: 560px) {
    .stage { margin: 6px 0 12px; }
    [part='controls'] { padding-block: 14px 18px; }
  }
  @media (max-height: 480px) {
    .stage, .waves { display: none; }
    [part='controls'] { padding-block: 10px 12px; }
    .round span { inline-size: 44px; block-size: 44px; font-size: 20px; }
  }
  @media (forced-colors: active) {
    [part='figure'], .round span, .wide, [part='notice'] { border: 1px solid; }
    .waves i { background: CanvasText; }
    .halo { display: none; }
  }
`;
