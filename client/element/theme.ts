import { type AppearanceSource, placeOf } from './appearance.ts';

/** How light a computed colour is, 0 to 1; `undefined` when one sees through it. */
export function lightness(color: string): number | undefined {
  const numbers = color.replace(/^color\(\S+/, '').match(/[\d.]+/g) ?? [];
  const [first = 0, second = 0, third = 0, alpha = 1] = numbers.map(Number);
  if (alpha < 0.5) return undefined;
  const grey = first * 0.3 + second * 0.59 + third * 0.11;
  if (/^[rc]/.test(color)) return color[0] === 'r' ? grey / 255 : grey;
  // `lab`, `lch` and their newer kin begin with it.
  return color[0] === 'o' ? first : first / 100;
}

/** Black or white: which has more contrast with a computed colour (WCAG 2.2; the two are equal at a luminance of 0.179). */
export function readableOn(color: string): string {
  const [red = 0, green = 0, blue = 0] = (color.match(/[\d.]+/g) ?? []).map(text => {
    const part = +text / 255;
    return part > 0.04045 ? ((part + 0.055) / 1.055) ** 2.4 : part / 12.92;
  });
  const light =
    color[0] === 'r' ? red * 0.2126 + green * 0.7152 + blue * 0.0722 : (lightness(color) ?? 0) ** 3;
  return light > 0.179 ? '#000' : '#fff';
}

/** Of what lies behind an element. */
function behind(from: Node | null): number | undefined {
  for (let at = from; at; at = at.parentNode ?? (at as Partial<ShadowRoot>).host ?? null) {
    const light = at.nodeType === 1 ? lightness(getComputedStyle(at as Element).backgroundColor) : undefined;
    if (light !== undefined) return light;
  }
  return undefined;
}

/** What was chosen for an element, else what suits the page around it. */
export function lookOf(element: HTMLElement & AppearanceSource): string {
  const theme = element.theme || element.appearance?.theme;
  if (theme === 'light' || theme === 'dark') return theme;
  return pageIsDark(element, placeOf(element) === 'inline') ? 'dark' : 'light';
}

/** Whether the page around an element is dark: by what one sees there, else by the page's `color-scheme`. */
function pageIsDark(element: HTMLElement, inline: boolean): boolean {
  const light = inline
    ? behind(element.parentNode)
    : (behind(document.body) ?? behind(document.elementFromPoint(innerWidth / 2, innerHeight / 2)));
  if (light !== undefined) return light < 0.5;
  const { colorScheme } = getComputedStyle(document.documentElement);
  const scheme =
    colorScheme === 'normal'
      ? document.querySelector<HTMLMetaElement>('meta[name=color-scheme]')?.content
      : colorScheme;
  return /dark/.test(scheme ?? '') && (!/light/.test(scheme ?? '') || darkSystem().matches);
}

const darkSystem = () => matchMedia('(prefers-color-scheme: dark)');

/** Calls back when the page may have changed its colours; returns how to stop that. */
export function watchColours(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  for (const one of [document.documentElement, document.body]) observer.observe(one, { attributes: true });
  const system = darkSystem();
  const watch = (how: 'addEventListener' | 'removeEventListener') => {
    system[how]('change', changed);
    // Style sheets come late, and colours fade.
    window[how]('load', changed);
    window[how]('transitionend', changed);
  };
  watch('addEventListener');
  return () => {
    observer.disconnect();
    watch('removeEventListener');
  };
}
