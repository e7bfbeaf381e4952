import type { ReachReport } from '../../../shared/api/server.ts';
import { wordsOf } from '../../ui/words.ts';

const words = wordsOf('reach');

/** The words of the page that checks whether shoppers reach the shop. `network`: the address there, where one is known. */
export const reachTexts = {
  ...words,
  onlyComputer: (network: string | null): string =>
    network ? words.onlyComputerNetwork({ network }) : words.onlyComputer,
  setPublicUrl: (network: string | null): string =>
    network ? words.setPublicUrlNetwork({ network }) : words.setPublicUrl,
  /** What of the server cannot be used, and why; a newer one may have parts or problems of which this page has no words. */
  notReady: ({ part, problem = '', params }: ReachReport['notReady'][number]): string => {
    const { other, ...parts } = words.notReady;
    if (part === 'media' && problem === 'no-answer') return words.media['no-answer'];
    const { dead, all } = params ?? {};
    if (part === 'media' && problem === 'workers' && dead !== undefined && all !== undefined)
      return words.media.workers({ dead, all });
    if (part === 'database' && Object.hasOwn(words.database, problem))
      return words.database[problem as keyof typeof words.database];
    return Object.hasOwn(parts, part) ? parts[part as keyof typeof parts] : other({ part });
  },
} as const;
