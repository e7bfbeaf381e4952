import { wordsOf } from '../../ui/words.ts';
/** Every word about uploaded sounds. */
export const soundTexts = {
  ...wordsOf('sounds'),
  tooLarge: (bytes: number) => `That file is too large: at most ${Math.floor(bytes / 1024 / 1024)} MB.`,
  removeAsk: (name: string) => ({
    title: `Delete “${name}”?`,
    lead: 'A sound that a queue still uses stays. This cannot be undone.',
    yes: 'Delete sound',
    no: 'Keep it',
  }),
} as const;
