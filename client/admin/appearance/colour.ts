import { css, html, nothing, type TemplateResult } from 'lit';
import type { Appearance } from '../../../shared/appearance.ts';
import { icons } from '../../ui/icons.ts';
import { isolated } from '../../ui/words.ts';
import { idOf, textInput } from '../form/controls.ts';
import type { Problem } from '../form/problem.ts';
import { judge, nearestThatPasses } from './contrast.ts';
import { appearanceTexts as texts } from './texts.ts';

/** Ours, as it is on light pages. */
const ours = '#0b7657';

type ColourField = {
  /** The name of the input in the server's answers. */
  path: string;
  accent: Appearance['accent'];
  theme: Appearance['theme'];
  problem: Problem | null;
  set: (accent: Appearance['accent']) => void;
};

const isColour = (text: string) => /^#[0-9a-f]{6}$/i.test(text);

/** The main colour of the button, picked or written, and what its contrast is, with the nearest that everybody sees. */
export function colourField({ path, accent, theme, problem, set }: ColourField): TemplateResult {
  // The button that was pressed goes; what it has changed stays.
  const take = (colour: Appearance['accent']) => (event: Event) => {
    set(colour);
    const root = (event.currentTarget as HTMLElement).getRootNode() as ShadowRoot;
    root.getElementById(idOf(path))?.focus({ preventScroll: true });
  };
  return html`<div class="colour">
      <input type="color" aria-label=${texts.colour} .value=${accent && isColour(accent) ? accent.toLowerCase() : ours}
        @input=${(event: Event) => set((event.target as HTMLInputElement).value)} />
      ${textInput({
        ...{
          path,
          label: texts.colourCode,
          hint: texts.colourCodeHint,
          problem,
          maxLength: 7,
          address: true,
        },
        value: accent ?? '',
        placeholder: ours,
        set: value => set(value.trim() === '' ? null : value.trim()),
      })}
      ${accent === null ? nothing : html`<button type="button" class="button small" @click=${take(null)}>${texts.ours}</button>`}
    </div>
    <div class="verdict" role="status">${accent && isColour(accent) ? verdict(accent, theme, take) : nothing}</div>`;
}

function verdict(
  accent: string,
  theme: Appearance['theme'],
  take: (colour: string) => (event: Event) => void,
): TemplateResult {
  const { textRatio, shape, passes } = judge(accent, theme);
  const better = passes ? '' : nearestThatPasses(accent, theme);
  return html`<ul>
      <li class="good">${icons.check}<span>${texts.textOn(textRatio)}</span></li>
      ${shape.map(({ on, ratio, passes }) =>
        passes
          ? html`<li class="good">${icons.check}<span>${texts.shapeOn[on](ratio)}</span></li>`
          : html`<li class="bad">${icons.warning}<span>${texts.shapeLost[on](ratio)}</span></li>`,
      )}
    </ul>
    ${
      better
        ? html`<p class="better"><span class="swatch" .style=${`background:${better}`}></span><span>${texts.nearest({ code: isolated(better) })}</span>
            <button type="button" class="button small" @click=${take(better)}>${texts.take({ code: isolated(better) })}</button></p>`
        : nothing
    }`;
}

export const colourStyles = css`
  .colour,
  .better {
    display: flex;
    flex-wrap: wrap;
    gap: 0.75rem 1rem;
    align-items: center;
  }

  .colour .field {
    flex: 1 1 12rem;
    min-width: 0;
  }

  [type='color'] {
    flex: none;
    width: 3.5rem;
    height: 3.5rem;
    padding: 0.25rem;
    cursor: pointer;
  }

  .verdict ul {
    display: grid;
    gap: 0.375rem;
  }

  .verdict li {
    display: flex;
    gap: 0.5rem;
    align-items: start;
  }

  .verdict .icon {
    flex: none;
    margin-top: 0.1875rem;
  }

  .verdict .good .icon {
    color: var(--go);
  }

  .verdict .bad {
    color: var(--stop);
    font-weight: 600;
  }

  .better {
    margin-top: 0.75rem;
  }

  .swatch {
    width: 1.5rem;
    height: 1.5rem;
    border: 1px solid var(--line);
    border-radius: 50%;
  }
`;
