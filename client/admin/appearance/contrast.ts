/** Whether a colour is seen, and what is written on it read: contrast as WCAG 2.2 has it. */
import { clampChroma, formatHex, modeLrgb, modeOklch, modeRgb, useMode, wcagContrast } from 'culori/fn';
import type { Appearance } from '../../../shared/appearance.ts';

useMode(modeRgb);
useMode(modeLrgb);
const oklch = useMode(modeOklch);

/** The least ratios: of text, and of a shape that one has to see (1.4.3 and 1.4.11). */
export const least = { text: 4.5, shape: 3 } as const;
/** What the button stands on: its own background on light and on dark pages. */
const grounds = { light: '#ffffff', dark: '#1a231f' } as const;
export type Ground = keyof typeof grounds;

export type Judgement = {
  /** What the element writes with on that colour: black or white, whichever has more contrast. */
  text: '#000000' | '#ffffff';
  textRatio: number;
  /** Of the shape, on each ground that the theme allows. */
  shape: { on: Ground; ratio: number; passes: boolean }[];
  passes: boolean;
};

export function judge(accent: string, theme: Appearance['theme']): Judgement {
  const [black, white] = [wcagContrast(accent, '#000000'), wcagContrast(accent, '#ffffff')];
  const textRatio = Math.max(black, white);
  const on: Ground[] = theme === 'auto' ? ['light', 'dark'] : [theme];
  const shape = on.map(ground => {
    const ratio = wcagContrast(accent, grounds[ground]);
    return { on: ground, ratio, passes: ratio >= least.shape };
  });
  return {
    text: black > white ? '#000000' : '#ffffff',
    textRatio,
    shape,
    passes: textRatio >= least.text && shape.every(({ passes }) => passes),
  };
}

/** How fine lightness is tried, of 1. */
const step = 0.004;

/** The colour that passes and is the nearest in lightness, of the same hue and as colourful as screens can show it. */
export function nearestThatPasses(accent: string, theme: Appearance['theme']): string {
  const from = oklch(accent);
  if (!from) return accent;
  for (let away = 0; away <= 1; away += step)
    for (const l of [from.l - away, from.l + away]) {
      if (l < 0 || l > 1) continue;
      const tried = formatHex(clampChroma({ ...from, l }, 'oklch'));
      if (judge(tried, theme).passes) return tried;
    }
  return accent;
}
