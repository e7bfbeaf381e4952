/** Words for tests of console and settings outside of a browser: English, all of them. */

import { loadWords } from '../../client/ui/words.ts';
import type { Group } from '../../shared/i18n/console/words.ts';
import { groups } from '../../tools/i18n/console.ts';

for (const group of groups()) await loadWords(group as Group);
