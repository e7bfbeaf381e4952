import { wordsOf } from '../../ui/words.ts';

/** The words that remind an owner of a set-up that is not finished. */
export const firstRunReminderTexts = wordsOf('reminder');
