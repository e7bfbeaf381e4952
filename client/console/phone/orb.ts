import { css, html, nothing, svg, type TemplateResult } from 'lit';

/** Radius of the ring in a view box of 100; `pathLength` makes its length 100 as well. */
const radius = 47;

/**
 * The round picture in the middle of the phone. `left` (1..0) draws a ring around it that runs out;
 * `null` draws none. Decoration: whatever it says is also there in words.
 */
export function orb(
  content: TemplateResult | string,
  left: number | null,
  mood: 'still' | 'calm' | 'urgent',
): TemplateResult {
  return html`<div class="orb" data-mood=${mood} aria-hidden="true">
    ${
      left === null
        ? nothing
        : html`<svg class="ring" viewBox="0 0 100 100">
            ${svg`<circle class="track" cx="50" cy="50" r=${radius} />
            <circle class="left" cx="50" cy="50" r=${radius} pathLength="100" stroke-dasharray="100"
              stroke-dashoffset=${100 - 100 * left} />`}
          </svg>`
    }
    <div class="face">${content}</div>
  </div>`;
}

export const orbStyles = css`
  .orb {
    position: relative;
    display: grid;
    place-items: center;
    width: 8.5rem;
    height: 8.5rem;
    margin: 0.75rem auto 1.25rem;
  }

  .orb > * {
    position: relative;
    z-index: 1;
    grid-area: 1 / 1;
  }

  .face {
    display: grid;
    place-items: center;
    width: 6.75rem;
    height: 6.75rem;
    border-radius: 50%;
    background: var(--card);
    box-shadow: 0 0 0 1px color-mix(in srgb, var(--tone) 24%, transparent), var(--shadow-1);
    color: var(--tone);
    font-size: 2.125rem;
    font-weight: 600;
    letter-spacing: -0.02em;
  }

  .face .icon {
    width: 2.75rem;
    height: 2.75rem;
    stroke-width: 1.4;
  }

  .ring {
    width: 100%;
    height: 100%;
    fill: none;
    stroke-width: 4;
    transform: rotate(-90deg);
  }

  .ring .track {
    stroke: color-mix(in srgb, var(--tone) 18%, transparent);
  }

  .ring .left {
    stroke: var(--tone);
    stroke-linecap: round;
    transition: stroke-dashoffset 260ms linear;
  }

  .orb[data-mood='calm']::before,
  .orb[data-mood='urgent']::before {
    width: 6.75rem;
    height: 6.75rem;
    border-radius: 50%;
    background: var(--tone);
    opacity: 0;
    content: '';
    animation: breathe 3.6s ease-out infinite;
  }

  .orb[data-mood='urgent']::before {
    animation-duration: 1.5s;
  }

  .orb::before {
    z-index: 0;
    grid-area: 1 / 1;
  }

  .orb[data-mood='urgent'] .face .icon {
    animation: shake 1.5s ease-in-out infinite;
  }

  @keyframes breathe {
    from {
      opacity: 0.22;
      transform: scale(1);
    }

    to {
      opacity: 0;
      transform: scale(1.36);
    }
  }

  @keyframes shake {
    0%,
    50%,
    100% {
      transform: none;
    }

    8%,
    24%,
    40% {
      transform: rotate(-11deg);
    }

    16%,
    32% {
      transform: rotate(11deg);
    }
  }

  @media (prefers-reduced-motion: reduce) {
    .orb[data-mood]::before,
    .orb[data-mood] .face .icon {
      animation: none;
    }

    .ring .left {
      transition: none;
    }
  }

  @media (forced-colors: active) {
    .face {
      border: 2px solid CanvasText;
    }

    .ring .left {
      stroke: Highlight;
    }
  }
`;
