/** The sounds that a queue's settings name: which, and whether each is there to be played. */
import type { Kysely } from 'kysely';
import type { SiteId, SoundId } from '../../shared/ids.ts';
import { refuse } from '../../shared/refusals.ts';
import type { QueueSettings } from '../../shared/settings.ts';
import type { Database } from '../store/schema.ts';
import { readySounds } from '../store/sounds.ts';
import { HttpError } from './errors.ts';

/** Every sound by the path of the setting that names it. */
const named = ({ music, announcements }: QueueSettings): [field: string, SoundId][] => [
  ...(music === null ? [] : [['music', music] satisfies [string, SoundId]]),
  ...Object.entries(announcements.clips).map(([slot, sound]): [string, SoundId] => [
    `announcements.clips.${slot}`,
    sound,
  ]),
];

export const soundsIn = (settings: QueueSettings): Set<SoundId> =>
  new Set(named(settings).map(([, sound]) => sound));

/** Throws `HttpError` `bad-request`, with its field, for a sound that is not of this site or cannot be played. */
export async function checkSounds(
  db: Kysely<Database>,
  siteId: SiteId,
  settings: QueueSettings,
): Promise<void> {
  const sounds = named(settings);
  if (sounds.length === 0) return;
  const ready = await readySounds(db, siteId);
  for (const [field, sound] of sounds)
    if (!ready.has(sound)) throw new HttpError('bad-request', refuse('soundUnplayable'), { field });
}
