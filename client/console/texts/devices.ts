import { wordsOf } from '../../ui/words.ts';
/** The words about microphone, speaker and their trial. */
export const deviceTexts = wordsOf('devices');
