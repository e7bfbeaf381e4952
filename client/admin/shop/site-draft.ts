import type { SiteSheet } from '../../../shared/api/sites.ts';

/** What of a shop is changed. `origins`: as typed, one a line. */
export type SiteDraft = Pick<SiteSheet, 'name' | 'retention' | 'languages' | 'words'> & { origins: string };

export const draftOf = ({ name, retention, languages, words, allowedOrigins }: SiteSheet): SiteDraft => ({
  name,
  retention,
  languages,
  words,
  origins: allowedOrigins.join('\n'),
});
