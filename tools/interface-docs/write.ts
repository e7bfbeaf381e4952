/** `npm run docs`: writes what is made from the code of the socket protocol and of the HTTP routes into `docs/`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { apiReference } from '../../server/http/api/reference.ts';
import { asyncApi } from './asyncapi.ts';
import { withSections } from './markdown.ts';

const guide = 'docs/protocol.md';

/** File -> what it holds, as the code is now. To be called in the project's folder. */
export const interfaceDocs = (): Record<string, string> => ({
  'docs/asyncapi.json': `${JSON.stringify(asyncApi(), null, 2)}\n`,
  'docs/api.md': apiReference(),
  [guide]: withSections(readFileSync(guide, 'utf8')),
});

if (import.meta.main) for (const [file, text] of Object.entries(interfaceDocs())) writeFileSync(file, text);
