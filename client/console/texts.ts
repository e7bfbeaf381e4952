import type { RepStatus, StatusReason } from '../../shared/domain.ts';
import { product } from '../ui/product.ts';
import { commonTexts } from '../ui/texts.ts';
import { wordsOf } from '../ui/words.ts';
import { attentionTexts } from './texts/attention.ts';
import { deviceTexts } from './texts/devices.ts';

const words = wordsOf('phone');

/** Every word the console shows, in one place and one voice: short, plain, friendly. */
export const texts = {
  ...words,
  ...commonTexts,
  ...deviceTexts,
  ...attentionTexts,
  product,
  idleLead: (status: RepStatus, reason: StatusReason): string => {
    if (status === 'available') return words.idleAvailable;
    if (reason !== 'chosen' && reason !== 'signed-out') return words.idleBecause[reason];
    return status === 'away' ? words.idleAway : words.idleOffline;
  },
  keyName: (key: string): string => (words.key as Partial<Record<string, string>>)[key] ?? key,
  sayStatus: (status: RepStatus, reason: StatusReason): string =>
    reason === 'chosen' || status === 'available'
      ? words.sayStatusIs[status]
      : texts.idleLead(status, reason),
} as const;
