import { html, type TemplateResult } from 'lit';
import type { Appearance } from '../../shared/appearance.ts';

/** What the shop has set; left out where the server did not say. */
export type Chosen = Partial<Appearance>;

/** What decides: what stands on the tag before what the shop has set. */
export type AppearanceSource = {
  inline: boolean;
  place: string;
  shape: string;
  theme: string | undefined;
  appearance: Chosen | undefined;
};

/** `inline`, or the corner of the window. */
export const placeOf = ({ inline, place, appearance }: AppearanceSource): string | undefined =>
  inline ? 'inline' : place || appearance?.place;

export const shapeOf = ({ shape, appearance }: AppearanceSource): string | undefined =>
  shape || appearance?.shape;

const corners: Record<string, string> = {
  rounded: '--corner:14px;--badge:9px',
  square: '--corner:0;--badge:0',
};

/** The style sheet for it. A page's custom properties come before it, see `styles.ts`. `readable`: on the main colour. */
export function appearanceCss(source: AppearanceSource, readable: string): string {
  const { accent, side, bottom } = source.appearance ?? {};
  const start = placeOf(source) === 'start' ? '--start:var(--edge);--end:auto' : '';
  const own = accent ? `--own-accent:${accent}` : '';
  return `:host>*{${own};--own-edge:${side}px;--own-bottom:${bottom}px;--readable:${readable};${start};${corners[shapeOf(source)!] ?? ''}}`;
}

/**
 * Over what stands there without it. A page's policy may forbid it, and it may be gone: then it is as if there were none.
 *
 * @param name as the server calls it
 */
export const picture = (server: string, name: string): TemplateResult =>
  html`<img src="${server}/images/${name}" alt="" @load=${settle} @error=${settle}>`;

function settle({ target, type }: Event): void {
  (target as HTMLElement).hidden = type === 'error';
}
