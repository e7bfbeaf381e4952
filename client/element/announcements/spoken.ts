import type { ClipSlot } from '../../../shared/domain.ts';
import type { Spoken } from './spoken-words.ts';

/** One chunk for each, so that nobody fetches words that they do not hear. */
const catalogues = {
  en: () => import('./spoken-en.ts'),
  de: () => import('./spoken-de.ts'),
  es: () => import('./spoken-es.ts'),
  fr: () => import('./spoken-fr.ts'),
  it: () => import('./spoken-it.ts'),
  nl: () => import('./spoken-nl.ts'),
} satisfies Record<string, () => Promise<{ spoken: Spoken }>>;

export type SpokenLanguage = keyof typeof catalogues;
export const spokenLanguages = Object.keys(catalogues) as SpokenLanguage[];

/** The language in which somebody with this tag, such as `de-AT`, is spoken to; English where there are no words. */
export const spokenLanguage = (tag: string): SpokenLanguage =>
  spokenLanguages.find(language => language === primary(tag)) ?? 'en';

/** The language of a tag without its region; some voices write `de_DE`. */
export const primary = (tag: string): string => tag.toLowerCase().split(/[-_]/)[0] ?? '';

export const loadSpoken = async (language: SpokenLanguage): Promise<Spoken> =>
  (await catalogues[language]()).spoken;

export function sentence(spoken: Spoken, slot: ClipSlot): string {
  switch (slot) {
    case 'greeting':
    case 'next':
      return spoken[slot];
    case 'place-more':
      return spoken.placeMore;
    case 'wait-1':
      return spoken.waitMinute;
    case 'wait-more':
      return spoken.waitMore;
    default: {
      const [kind, figure] = slot.split('-') as ['place' | 'wait', string];
      return spoken[kind](Number(figure));
    }
  }
}
