import type { TemplateResult } from 'lit';
import { countWords, ownWords } from '../form/own-words.ts';
import { group } from './group.ts';
import type { QueueForm } from './queue-form.ts';
import { queueTexts as texts } from './texts.ts';

type Where = keyof typeof texts.wordsOf;
const slots = (Object.keys(texts.wordsOf) as Where[]).map(slot => ({
  ...{ slot, label: texts.wordsOf[slot], most: 200 },
}));

/** What shoppers read instead of our own words. */
export function words(form: QueueForm): TemplateResult {
  const { settings, problem, words } = form;
  return group({
    id: 'words',
    title: texts.words,
    lead: texts.wordsLead,
    now: texts.wordsNow({ n: countWords(settings.texts) }),
    content: ownWords({
      ...{ path: 'texts', words: settings.texts, slots, problem, ...words },
      set: changed => form.set({ texts: changed }),
    }),
  });
}
