import type { QueueDraft } from './queue-form.ts';

/** As much of a queue as it takes to tell. */
type Shared = {
  settings: Pick<QueueDraft['settings'], 'strategy' | 'skills' | 'preferredRepMs'>;
  members: readonly Pick<QueueDraft['members'][number], 'tier' | 'penalty'>[];
};

/**
 * Whether more than one person answers, or somebody has set before how calls are shared: the ways of sharing them are shown
 * then. What is only being tried out by one person moves nothing on their page.
 */
export const sharesCalls = ({ members, saved }: Pick<Shared, 'members'> & { saved: Shared }): boolean =>
  members.length > 1 ||
  saved.settings.strategy !== 'longest-idle' ||
  saved.settings.skills.length > 0 ||
  saved.settings.preferredRepMs > 0 ||
  saved.members.some(({ tier, penalty }) => tier > 1 || penalty > 0);
