/** Writes `shared/i18n/messages/*.ts`, `shared/i18n/console/words.ts` and `english-refusals.ts`, by which the code names messages: `node tools/i18n/names.ts`. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { faces } from '../../shared/i18n/message.ts';
import { readCatalogue } from './catalogues.ts';
import { namesOf } from './compile.ts';
import { consoleFolder, englishRefusals, wordTypes } from './console.ts';

const english = readCatalogue('en');
for (const face of faces)
  writeFileSync(join(import.meta.dirname, `../../shared/i18n/messages/${face}.ts`), namesOf(english, face));
writeFileSync(join(consoleFolder, 'words.ts'), wordTypes());
writeFileSync(join(consoleFolder, 'english-refusals.ts'), englishRefusals());
