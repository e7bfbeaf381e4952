/** Settings of queues, as the database keeps them. */
import { type QueueSettings, queueSettings, type SkillNeed } from '../../shared/settings.ts';
import type { QueueRow } from './schema.ts';

/** Distinct documents are about as many as queues; this bound only guards the memory. */
const mostDocuments = 1_000;
const documents = new Map<string, QueueSettings>();

/** The queue's settings, whole: what an older version did not write has its default. Never to be changed in place. */
export function readQueueSettings({ settings }: Pick<QueueRow, 'settings'>): QueueSettings {
  let read = documents.get(settings);
  if (!read) {
    if (documents.size >= mostDocuments) documents.clear();
    read = queueSettings.parse(JSON.parse(settings));
    documents.set(settings, read);
  }
  return read;
}

/** Needs as text, the same for the same needs in any order: `german:3,returns:1`. */
export const writeNeeds = (needs: readonly SkillNeed[]): string =>
  needs
    .map(({ skill, level }) => `${skill}:${level}`)
    .sort()
    .join(',');

export const readNeeds = (text: string): SkillNeed[] =>
  text === ''
    ? []
    : text.split(',').map(need => {
        const [skill = '', level] = need.split(':');
        return { skill, level: Number(level) };
      });
