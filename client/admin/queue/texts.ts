import type { QueueSettings } from '../../../shared/settings.ts';
import { wordsOf } from '../../ui/words.ts';

type WrapUpKind = QueueSettings['wrapUp']['kind'];

/** Every word about one queue. */
export const queueTexts = {
  ...wordsOf('queue'),
  removeAsk: (name: string) => ({
    title: `Remove “${name}”?`,
    lead: 'Nobody can call this queue any more. This cannot be undone.',
    yes: 'Remove queue',
    no: 'Keep it',
  }),
  wrapUpMs: { fixed: 'Time for notes', open: 'Limit', none: '' } satisfies Record<WrapUpKind, string>,
  announceNow: (every: string) => `announcements every ${every.replace(/^1 /, '')}`,
} as const;
