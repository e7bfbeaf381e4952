/** Settings of queues, as the database keeps them. */
import type { Language } from '../../shared/i18n/languages.ts';
import { type QueueSettings, queueSettings, type SkillNeed } from '../../shared/settings.ts';
import { documentReader } from './documents.ts';
import type { QueueRow } from './schema.ts';

const read = documentReader<QueueSettings>(queueSettings);

/** The queue's settings, whole: what an older version did not write has its default. Never to be changed in place. */
export function readQueueSettings({ settings }: Pick<QueueRow, 'settings'>): QueueSettings {
  return read(settings);
}

/** What a call asks of a rep. `language`: to be spoken; null where that does not matter. */
export type Needs = { skills: readonly SkillNeed[]; language: Language | null };

/** Needs as text, the same for the same needs in any order: `:de,german:3,returns:1`. No skill is without a name. */
const writeNeeds = ({ skills, language }: Needs): string =>
  [...skills.map(({ skill, level }) => `${skill}:${level}`), ...(language === null ? [] : [`:${language}`])]
    .sort()
    .join(',');

export function readNeeds(text: string): Needs {
  const skills: SkillNeed[] = [];
  let language: Language | null = null;
  for (const need of text === '' ? [] : text.split(',')) {
    const [skill = '', level = ''] = need.split(':');
    if (skill) skills.push({ skill, level: Number(level) });
    else language = level as Language;
  }
  return { skills, language };
}

/** What the queue asks of whoever takes a call in that language, as text. */
export const needsIn = ({ skills, preferLanguageMs }: QueueSettings, language: Language | ''): string =>
  writeNeeds({ skills, language: preferLanguageMs > 0 && language ? language : null });
